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

/** The items of a scope as lights and figures need them, without their words: several thousand are read at once. */
export const litItems = (tx: Tx, where: object) =>
  tx.ledgerItem.findMany({
    where: { ...where, endedAt: null },
    select: {
      ...{ code: true, departmentCode: true, target: true, quantity: true, percent: true, split: true, startOn: true },
      ...{ deadline: true, acceptedAt: true, completedAt: true, updatedAt: true },
      ...{ setLight: true, setLightWhy: true, setLightUntil: true },
    },
    orderBy: { no: 'asc' },
  });
