import { instantAt } from '#bot/calendar.ts';
import type { Tx } from './db.ts';

/** What was told and accepted of items in a month up to an instant. */
export async function toldIn(tx: Tx, month: string, until: Date, codes: ReadonlySet<string>) {
  const rows = await tx.itemFact.findMany({
    where: {
      kind: { in: ['reported', 'corrected', 'applied', 'accepted'] },
      ...{ at: { gte: instantAt(`${month}-01`, '00:00'), lte: until }, undoneAt: null },
    },
    select: { itemCode: true, kind: true },
  });
  const own = rows.filter(({ itemCode }) => codes.has(itemCode));
  const of = (accepted: boolean): number =>
    new Set(own.filter(({ kind }) => (kind === 'accepted') === accepted).map(({ itemCode }) => itemCode)).size;
  return { told: of(false), accepted: of(true) };
}
