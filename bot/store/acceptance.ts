import { mayAccept } from '#bot/domain/acceptance.ts';
import type { Tx } from './db.ts';

/** Whether somebody may accept or return an item (R46): never who handed it in or reported on it last. */
export async function mayDecideOn(tx: Tx, code: string, person: { id: string; roles: string[] }): Promise<boolean> {
  const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
  const applied = await tx.acceptanceStep.findFirst({
    where: { itemCode: code, kind: 'applied' },
    orderBy: { id: 'desc' },
  });
  const reported = await tx.progressReport.findFirst({
    where: { itemCode: code, undoneAt: null },
    orderBy: { id: 'desc' },
  });
  return mayAccept(item, person, [applied?.personId, reported?.personId]);
}
