import { type Day, instantAt } from '#bot/calendar.ts';
import type { Tx } from '#bot/store/db.ts';
import { record } from '#bot/store/facts.ts';
import { BadSheet, type Columns, type Imported, type Row, readDay, rowsUnder } from './table.ts';

/** The plan's own list of its key work (requirements 2.2): what is to be reached, and nobody's unit yet. */
const COLUMNS: Columns = {
  code: { headings: ['code'], required: true },
  group: { headings: ['group'], required: false },
  kind: { headings: ['kind'], required: true },
  indicator: { headings: ['indicator'], required: true },
  target: { headings: ['target'], required: false },
  unit: { headings: ['unit'], required: false },
  comparator: { headings: ['comparator'], required: false },
  due: { headings: ['due'], required: true },
  evidence: { headings: ['evidence'], required: false },
};
const KINDS = ['number', 'amount', 'milestone'];

/** The rows of such a list; null if the sheet is another kind. */
export const keyWorkIn = (sheet: string[][]): Row[] | null => rowsUnder(sheet, COLUMNS);

/**
 * 九项重点工作入账 (R40): items of the bureau, whose unit and leader the office fills in. What is there already is compared,
 * never doubled: a difference is taken over and named.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importKeyWork(tx: Tx, rows: Row[], today: Day): Promise<Imported> {
  const bad: string[] = [];
  const items = rows.map((row) => readKeyWork(row, bad));
  const codes = items.map(({ code }) => code);
  for (const [index, { no }] of rows.entries())
    if (codes.indexOf(codes[index] ?? '') < index) bad.push(`第${no}行 code: 与前面的行重复`);
  if (bad.length > 0) throw new BadSheet(bad);
  const stored = new Map((await tx.ledgerItem.findMany()).map((one) => [one.code, one]));
  let no = Math.max(0, ...[...stored.values()].map((one) => one.no));
  const result: Imported = { added: 0, changed: 0, unchanged: 0, differences: [] };
  const by = { personId: 'import', at: instantAt(today, '00:00') };
  for (const item of items) {
    const before = stored.get(item.code);
    const { target, deadline, ...words } = item;
    if (!before) {
      no += 1;
      const place = { no, level: '局班子', category: '重点工作', departmentCode: '' };
      await tx.ledgerItem.create({ data: { ...item, ...place } });
      await record(tx, item.code, { ...by, kind: 'defined', target, day: deadline });
      result.added += 1;
      continue;
    }
    const differing = NAMES.filter(([key]) => before[key] !== item[key]);
    result[differing.length > 0 ? 'changed' : 'unchanged'] += 1;
    if (differing.length === 0) continue;
    for (const [key, name] of differing)
      result.differences?.push(`${item.code} ${name}：${before[key] ?? '无'}→${item[key] ?? '无'}`);
    await tx.ledgerItem.update({ where: { code: item.code }, data: words });
    const whose = { other: before.departmentCode || null, ownerId: before.ownerId };
    await record(tx, item.code, { ...by, kind: 'defined', target, day: deadline, ...whose });
  }
  return result;
}

interface KeyWork {
  code: string;
  title: string;
  target: number | null;
  unit: string | null;
  comparator: string;
  deadline: Day;
  evidence: string;
}
const NAMES: [keyof KeyWork, string][] = [
  ['title', '事项'],
  ['target', '目标值'],
  ['unit', '单位'],
  ['comparator', '比较'],
  ['deadline', '完成时限'],
  ['evidence', '佐证要求'],
];

function readKeyWork({ no, cells }: Row, bad: string[]): KeyWork {
  const refuse = (column: string, why: string) => void bad.push(`第${no}行 ${column}: ${why}`);
  const {
    code = '',
    kind = '',
    indicator = '',
    target = '',
    unit = '',
    comparator = '',
    due = '',
    evidence = '',
  } = cells;
  if (code === '') refuse('code', '不能为空');
  if (indicator === '') refuse('indicator', '不能为空');
  if (!KINDS.includes(kind)) refuse('kind', `应为${KINDS.join('、')}`);
  if (kind !== 'milestone' && !(Number(target) > 0)) refuse('target', '应为大于零的数字');
  if (!['', '>=', '>'].includes(comparator)) refuse('comparator', '应为 >= 或 >');
  const deadline = readDay(due);
  if (!deadline) refuse('due', '应为日期，如 2013-12-31');
  return {
    ...{ code, title: indicator, target: target ? Number(target) : null, unit: unit || null },
    ...{ comparator: comparator || '>=', deadline: deadline ?? '', evidence },
  };
}
