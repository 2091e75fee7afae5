import { mayAccept } from '#bot/domain/acceptance.ts';
import type { Tx } from './db.ts';
import { lastFact } from './facts.ts';

/** Whether somebody may accept or return an item (R46): never who handed it in or reported on it last. */
export async function mayDecideOn(tx: Tx, code: string, person: { id: string; roles: string[] }): Promise<boolean> {
  const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
  const applied = await lastFact(tx, code, 'applied');
  const reported = await lastFact(tx, code, 'reported', 'corrected');
  return mayAccept(item, person, [applied?.personId, reported?.personId]);
}
