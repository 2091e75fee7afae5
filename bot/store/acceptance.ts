import { mayAccept } from '#bot/domain/acceptance.ts';
import { assignmentOf } from './assignment.ts';
import type { Tx } from './db.ts';
import { lastFact } from './facts.ts';

/** Whether somebody may accept or return an item (R46): never who handed it in or reported on it last. */
export async function mayDecideOn(tx: Tx, code: string, person: { id: string; roles: string[] }): Promise<boolean> {
  const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
  const applied = await lastFact(tx, code, 'applied');
  const reported = await lastFact(tx, code, 'reported', 'corrected');
  const concerned = [applied?.personId, reported?.personId];
  const assignment = await assignmentOf(tx, code);
  // 办结 of a matter given out is decided by whoever gave it (R59).
  if (assignment?.byId === person.id) return item.ownerId !== person.id && !concerned.includes(person.id);
  return mayAccept(item, person, concerned);
}
