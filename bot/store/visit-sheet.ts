import { type Day, dateInWords } from '#bot/calendar.ts';
import { visitIn } from '#bot/domain/visit.ts';
import type { World } from '#bot/language/reading.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { bookSheet } from './book-sheet.ts';
import type { Tx } from './db.ts';

/** Which visits a sheet is of: of some units or of one person, and whose they are as its heading says it. */
export interface VisitPart {
  units: readonly string[];
  person?: string | undefined;
  of: string;
}

/**
 * 走访台账 (requirements 3.2) of a month, or of all there were if none is given: what was told of each visit. What was
 * answered on the spot is 当场答复; how other demands are dealt with is left to be filled in by hand (R35).
 */
export async function visitSheet(
  tx: Tx,
  world: World,
  month: string | null,
  today: Day,
  { units, person, of }: VisitPart,
): Promise<PrintedSheet> {
  const visits = await tx.visit.findMany({
    where: {
      ...(month && { date: { gte: `${month}-01`, lte: `${month}-31` } }),
      ...(person ? { personId: person } : { departmentCode: { in: [...units] } }),
      undoneAt: null,
    },
    orderBy: [{ date: 'asc' }, { id: 'asc' }],
  });
  const firms = new Map(world.enterprises.map(({ code, name }) => [code, name]));
  // Whoever has left still went there.
  const people = new Map(
    (await tx.person.findMany({ where: { id: { in: visits.map(({ personId }) => personId) } } })).map((one) => [
      one.id,
      one.name,
    ]),
  );
  return {
    ...(await bookSheet(tx, { what: '走访台账', month, of, day: today })),
    columns: [
      { heading: '序号', width: 6, number: true },
      { heading: '日期', width: 16 },
      { heading: '走访对象', width: 24 },
      { heading: '地点类别', width: 10 },
      { heading: '走访人员', width: 10 },
      { heading: '了解情况', width: 40 },
      { heading: '诉求', width: 16 },
      { heading: '办理方式', width: 12 },
      { heading: '办理结果', width: 16 },
      { heading: '反馈时间', width: 12 },
      { heading: '满意度', width: 9 },
    ],
    rows: visits.map(({ date, enterpriseCode, personId, text }, index) => {
      const { seen, demand, answer, content } = visitIn(text);
      const answered = answer === '' ? ['', '', ''] : ['当场答复', answer, dateInWords(date)];
      return [
        ...[index + 1, dateInWords(date), firms.get(enterpriseCode) ?? enterpriseCode, '重点企业'],
        ...[people.get(personId) ?? '', seen, demand, ...answered, content],
      ];
    }),
  };
}
