import { TAKEN_BACK } from '#bot/domain/item-state.ts';
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
  // A part that is no longer one is in no sum, and its code is free of it.
  for (const part of parts)
    await record(tx, part, { ...by, kind: 'joined', other: null }, { ...by, kind: 'ended', note: TAKEN_BACK.split });
  return true;
}

/** What the next part of an item is numbered: those of a split that was taken back keep their codes. */
export async function nextPart(tx: Tx, code: string): Promise<number> {
  const rows = await tx.ledgerItem.findMany({ where: { code: { startsWith: `${code}-` } }, select: { code: true } });
  const numbers = rows.map((row) => row.code.slice(code.length + 1)).filter((rest) => /^\d+$/.test(rest));
  return Math.max(0, ...numbers.map(Number)) + 1;
}
