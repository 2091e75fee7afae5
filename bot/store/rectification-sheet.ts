import { dateInWords, dayOf, instantAt, monthDayInWords } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import type { World } from '#bot/language/reading.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { itemsAsOf } from './as-of.ts';
import { bookSheet, type Part } from './book-sheet.ts';
import type { Tx } from './db.ts';
import type { LedgerRow } from './kept-ledger.ts';
import { saidIn } from './month-lines.ts';

/**
 * 整改台账 (requirements 3.2) as it stood at `at`: the problems still open, and those off the list since the month began; all
 * there ever were if no month is given.
 */
export async function rectificationSheet(
  tx: Tx,
  world: World,
  month: string | null,
  at: Date,
  { whose, of }: Part,
): Promise<PrintedSheet> {
  const first = month && instantAt(`${month}-01`, '00:00');
  const items = (await itemsAsOf(tx, at, whose)).filter(
    ({ category, acceptedAt }) => category === '查摆整改' && (!first || acceptedAt === null || acceptedAt >= first),
  );
  const told = await toldOf(tx, items, at);
  const said = await saidIn(tx, month ?? dayOf(at).slice(0, 7));
  const units = new Map(world.departments.map(({ code, name }) => [code, name]));
  const people = new Map(world.members.map(({ id, name }) => [id, name]));
  return {
    ...(await bookSheet(tx, { what: '整改台账', month, of, day: dayOf(at) })),
    columns: [
      { heading: '序号', width: 6, number: true },
      { heading: '问题来源', width: 12 },
      { heading: '问题类别', width: 10 },
      { heading: '问题表现', width: 28 },
      { heading: '责任科室', width: 16 },
      { heading: '责任人', width: 9 },
      { heading: '整改措施', width: 24 },
      { heading: '整改时限', width: 16 },
      { heading: '整改进展', width: 28 },
      { heading: '是否销号', width: 8, centred: true },
      { heading: '销号时间', width: 14 },
      { heading: '备注', width: 14 },
    ],
    rows: items.map((item, index) => [
      ...[index + 1, item.source || '自查', item.fault, item.title, units.get(item.departmentCode) ?? ''],
      ...[item.ownerId ? (people.get(item.ownerId) ?? '') : '待明确', item.measure || '待定', termOf(item)],
      told.get(item.code) ?? said.get(item.code)?.done ?? '',
      ...[item.acceptedAt ? '是' : '否', item.acceptedAt ? dateInWords(dayOf(item.acceptedAt)) : ''],
      item.remark === '待定措施' ? '' : item.remark,
    ]),
  };
}

const termOf = ({ deadline, firstDeadline }: LedgerRow): string =>
  firstDeadline && firstDeadline !== deadline
    ? `${dateInWords(deadline)}（原定${dateInWords(firstDeadline)}）`
    : dateInWords(deadline);

/** The last that was told of each by an instant. */
async function toldOf(tx: Tx, items: readonly LedgerRow[], at: Date): Promise<Map<string, string>> {
  const facts = await tx.itemFact.findMany({
    where: {
      itemCode: { in: items.map(({ code }) => code) },
      ...{ kind: { in: ['reported', 'corrected', 'applied'] }, at: { lte: at }, undoneAt: null },
    },
    orderBy: { id: 'asc' },
  });
  const last = [...grouped(facts, ({ itemCode }) => itemCode)].flatMap(([code, own]) => {
    const newest = own.at(-1);
    return newest ? [[code, `${monthDayInWords(dayOf(newest.at))}${newest.note.replace(/\s+/g, ' ')}`] as const] : [];
  });
  return new Map(last);
}
