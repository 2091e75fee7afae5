import { instantAt } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { monthsOpen } from '#bot/domain/meeting-pack.ts';
import { addMonths } from '#bot/domain/month.ts';
import { ofUnit } from '#bot/domain/whose.ts';
import type { Tx } from './db.ts';
import { itemsOf, type LedgerRow } from './kept-ledger.ts';

/** What a unit said of an item for a month beside its figures. */
export interface SaidOf {
  done: string;
  problems: string;
  plans: string;
}

/** An item as its unit hands it in for a month (R45). */
export interface MonthItem {
  item: LedgerRow;
  /** what was told of it within the month already: nobody enters anything twice */
  told: { at: Date; note: string }[];
  said: SaidOf | null;
  /** how many months it has been unfinished, this one counted (R53) */
  months: number;
}

/** Whether anything was told of it, so that nothing needs to be asked. */
export const isAnswered = ({ told, said }: MonthItem): boolean => told.length > 0 || said !== null;

/** What was said of items for a month, the newest of each. */
export async function saidIn(tx: Tx, month: string): Promise<Map<string, SaidOf>> {
  const rows = await tx.monthLine.findMany({ where: { month, undoneAt: null }, orderBy: { id: 'asc' } });
  return new Map(rows.map(({ itemCode, done, problems, plans }) => [itemCode, { done, problems, plans }]));
}

/** The items of a unit in a month: those still open, and those accepted within it, with what was told of each. */
export async function monthItemsOf(tx: Tx, department: string, month: string): Promise<MonthItem[]> {
  const first = instantAt(`${month}-01`, '00:00');
  const items = (await itemsOf(tx, ofUnit(department))).filter(
    (item) =>
      !item.endedAt &&
      !item.split &&
      (item.acceptedAt === null || item.acceptedAt >= first) &&
      (item.openedOn === null || item.openedOn.slice(0, 7) <= month),
  );
  const end = instantAt(`${addMonths(month, 1)}-01`, '00:00');
  const facts = await tx.itemFact.findMany({
    where: {
      itemCode: { in: items.map(({ code }) => code) },
      ...{ kind: { in: ['reported', 'corrected', 'applied'] }, at: { gte: first, lt: end } },
      undoneAt: null,
    },
    orderBy: { id: 'asc' },
  });
  const told = grouped(facts, ({ itemCode }) => itemCode);
  const said = await saidIn(tx, month);
  const begun = (await tx.campaign.findUnique({ where: { id: 1 }, select: { from: true } }))?.from ?? null;
  return items.map((item) => ({
    ...{ item, told: told.get(item.code) ?? [], said: said.get(item.code) ?? null },
    months: monthsOpen(item.openedOn, begun, month),
  }));
}
