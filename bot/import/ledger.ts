import type { Tx } from '#bot/store/db.ts';
import { BadSheet, type Columns, type Imported, type Row, readDay, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  序号: { headings: ['序号'], required: true },
  编号: { headings: ['编号', '代码'], required: false },
  级别: { headings: ['级别'], required: true },
  类别: { headings: ['类别'], required: true },
  事项: { headings: ['事项', '工作任务', '工作事项'], required: true },
  目标值: { headings: ['目标值', '目标'], required: false },
  单位: { headings: ['单位', '计量单位'], required: false },
  责任领导: { headings: ['责任领导'], required: true },
  责任科室: { headings: ['责任科室'], required: true },
  责任人: { headings: ['责任人'], required: true },
  完成时限: { headings: ['完成时限'], required: true },
  时间节点: { headings: ['时间节点'], required: false },
  备注: { headings: ['备注'], required: false },
};
const LEVELS = ['局班子', '班子成员', '科室'];

type Item = Parameters<Tx['ledgerItem']['create']>[0]['data'] & { code: string; no: number };

/**
 * 导入台账 (contract): items matched by 编号, else 序号. What was reported stays; only the definition is taken over.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importLedger(tx: Tx, sheets: string[][][]): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0)
    throw new BadSheet(['没有找到表头，台账需有：序号、级别、类别、事项、责任领导、责任科室、责任人、完成时限']);
  const people = await tx.person.findMany();
  const departments = await tx.department.findMany();
  const bad: string[] = [];
  const seen = new Map<string, number>();
  const items = rows.map((row) => readItem(row, bad, seen, people, departments));
  if (bad.length > 0) throw new BadSheet(bad);

  const stored = await tx.ledgerItem.findMany();
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const item of items) {
    const before =
      stored.find(({ code }) => code === item.code) ??
      stored.find(({ no, code }) => no === item.no && code === String(no));
    const same = before && Object.entries(item).every(([key, value]) => before[key as keyof typeof before] === value);
    if (same) result.unchanged += 1;
    else if (before) {
      await tx.ledgerItem.update({ where: { code: before.code }, data: item });
      result.changed += 1;
    } else {
      await tx.ledgerItem.create({ data: item });
      result.added += 1;
    }
  }
  return result;
}

interface Named {
  id: string;
  name: string;
}

function readItem(
  { no: at, cells, remark }: Row,
  bad: string[],
  seen: Map<string, number>,
  people: Named[],
  departments: { code: string; name: string; aliases: string }[],
): Item {
  const refuse = (column: string, why: string) => void bad.push(`第${at}行 ${column}: ${why}`);
  const { 序号 = '', 编号 = '', 级别 = '', 类别 = '', 事项 = '', 目标值 = '', 单位 = '', 完成时限 = '' } = cells;
  const person = (column: string): string | null => {
    const text = cells[column] ?? '';
    const fits = people.filter(({ id, name }) => name === text || id === text.toLowerCase());
    if (fits.length !== 1)
      refuse(
        column,
        text === '' ? '不能为空' : fits.length > 1 ? `有多位“${text}”，请填账号` : `花名册中没有“${text}”`,
      );
    return fits[0]?.id ?? null;
  };
  const unit = cells['责任科室'] ?? '';
  const department = departments.find(({ code, name, aliases }) => [code, name, ...JSON.parse(aliases)].includes(unit));
  if (!department) refuse('责任科室', unit === '' ? '不能为空' : `没有“${unit}”这个科室`);
  if (!/^\d{1,5}$/.test(序号)) refuse('序号', '应为数字');
  for (const key of [`序号 ${序号}`, 编号 && `编号 ${编号}`]) {
    const before = key && seen.get(key);
    if (before) refuse(key.split(' ')[0] ?? '', `与第${before}行重复`);
    if (key) seen.set(key, at);
  }
  if (!LEVELS.includes(级别)) refuse('级别', `应为${LEVELS.join('、')}`);
  if (!类别) refuse('类别', '不能为空');
  if (!事项) refuse('事项', '不能为空');
  if (目标值 && !(Number(目标值) > 0)) refuse('目标值', '应为大于零的数字，没有目标就留空');
  const deadline = readDay(完成时限);
  if (!deadline) refuse('完成时限', '应为日期，如 2013-05-31');
  const notes = [cells['时间节点'] && `时间节点：${cells['时间节点']}`, cells['备注'], remark]
    .filter(Boolean)
    .join('；');
  return {
    code: 编号 || 序号,
    no: Number(序号),
    level: 级别,
    category: 类别,
    title: 事项,
    target: 目标值 ? Number(目标值) : null,
    unit: 单位 || null,
    leaderId: person('责任领导'),
    departmentCode: department?.code ?? '',
    ownerId: person('责任人'),
    deadline: deadline ?? '',
    remark: notes,
  };
}
