import type { Tx } from './db.ts';
import { record, takeBackFacts } from './facts.ts';

/** Takes a split back: its parts leave the ledger, the item keeps its own figure again. False if a part was reported on. */
export async function takeBackSplit(
  tx: Tx,
  { code, ids, parts }: { code: string; ids: number[]; parts: string[] },
  by: { personId: string; at: Date },
): Promise<boolean> {
  const opening = ['defined', 'joined', 'undone'];
  const told = await tx.itemFact.count({
    where: { itemCode: { in: parts }, kind: { notIn: opening }, undoneAt: null, note: { not: '分解时转入' } },
  });
  if (told > 0 || !(await takeBackFacts(tx, code, ids, by))) return false;
  for (const part of parts) await record(tx, part, { ...by, kind: 'ended', note: '分解已撤销' });
  return true;
}
