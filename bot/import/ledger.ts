import { type Day, instantAt } from '#bot/calendar.ts';
import { type Milestone, milestonesOf } from '#bot/domain/milestone.ts';
import { sourceIn } from '#bot/domain/problem.ts';
import type { Tx } from '#bot/store/db.ts';
import { type NewFact, record } from '#bot/store/facts.ts';
import { importKeyWork, keyWorkIn } from './key-work.ts';
import { BadSheet, type Columns, type Imported, type Row, readDay, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  序号: { headings: ['总序号', '序号'], required: true },
  编号: { headings: ['编号', '代码'], required: false },
  级别: { headings: ['级别'], required: true },
  类别: { headings: ['类别'], required: true },
  事项: { headings: ['事项', '工作任务', '工作事项'], required: true },
  目标值: { headings: ['目标值', '目标'], required: false },
  单位: { headings: ['单位', '计量单位'], required: false },
  责任领导: { headings: ['责任领导'], required: true },
  责任科室: { headings: ['责任科室'], required: true },
  责任人: { headings: ['责任人'], required: true },
  完成时限: { headings: ['现定时限', '完成时限'], required: true },
  时间节点: { headings: ['时间节点'], required: false },
  佐证要求: { headings: ['佐证要求', '佐证材料'], required: false },
  上级编号: { headings: ['上级编号', '上级事项'], required: false },
  问题来源: { headings: ['问题来源', '来源'], required: false },
  整改措施: { headings: ['整改措施', '措施'], required: false },
  备注: { headings: ['备注'], required: false },
};
/** What the office's own workbook shows beside (requirements 3.2): known, and not taken for remarks. */
const SHOWN: Columns = Object.fromEntries(
  [
    '序号',
    '完成时限',
    '目标任务',
    '协办科室',
    '本月进展情况',
    '累计完成',
    '完成率',
    '存在问题',
    '下一步打算',
    '亮灯',
    '验收情况',
  ].map((heading) => [`表中${heading}`, { headings: [heading], required: false }]),
);
const LEVELS = ['局班子', '班子成员', '科室'];

type Item = Omit<Parameters<Tx['ledgerItem']['create']>[0]['data'], 'target'> & {
  code: string;
  no: number;
  deadline: string;
  departmentCode: string;
  ownerId: string | null;
  target: number | null;
};
interface Line {
  item: Item;
  /** code of the item above it, if any */
  parent: string;
  milestones: Milestone[];
  at: number;
}

/**
 * 导入台账 (contract): items matched by 编号, else 序号. What was reported stays; only the definition is taken over.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importLedger(tx: Tx, sheets: string[][][], today: Day): Promise<Imported> {
  const keyWork = sheets.flatMap((sheet) => keyWorkIn(sheet) ?? []);
  if (keyWork.length > 0) return importKeyWork(tx, keyWork, today);
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, { ...SHOWN, ...COLUMNS }) ?? []);
  if (rows.length === 0)
    throw new BadSheet(['没有找到表头，台账需有：序号、级别、类别、事项、责任领导、责任科室、责任人、完成时限']);
  const people = await tx.person.findMany();
  const departments = await tx.department.findMany();
  const bad: string[] = [];
  const seen = new Map<string, number>();
  const lines = rows.map((row) => readItem(row, bad, seen, people, departments));
  const stored = await tx.ledgerItem.findMany();
  checkParents(lines, stored, bad);
  if (bad.length > 0) throw new BadSheet(bad);

  const byCode = new Map(stored.map((one) => [one.code, one]));
  const byNo = new Map(stored.filter(({ no, code }) => code === String(no)).map((one) => [one.no, one]));
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  const by = { personId: 'import', at: instantAt(today, '00:00') };
  for (const { item, parent, milestones } of lines) {
    const before = byCode.get(item.code) ?? byNo.get(item.no);
    const same = before && Object.entries(item).every(([key, value]) => before[key as keyof typeof before] === value);
    const planned = milestones.filter(
      ({ title, day }) => !before || milestonesOf(before).find((one) => one.title === title)?.day !== day,
    );
    if (same && (before.parentCode ?? '') === parent && planned.length === 0) {
      result.unchanged += 1;
      continue;
    }
    result[before ? 'changed' : 'added'] += 1;
    const { target, deadline, departmentCode, ownerId, ...words } = item;
    if (before) await tx.ledgerItem.update({ where: { code: before.code }, data: words });
    else await tx.ledgerItem.create({ data: { ...item, ...(item.category === '查摆整改' && { openedOn: today }) } });
    const facts: NewFact[] = [
      { ...by, kind: 'defined', target, day: deadline, other: departmentCode, ownerId },
      ...((before?.parentCode ?? '') !== parent ? [{ ...by, kind: 'joined' as const, other: parent || null }] : []),
      ...planned.map(({ title, day }) => ({ ...by, kind: 'planned' as const, other: title, day })),
    ];
    await record(tx, item.code, ...facts);
  }
  // Parents last: a part may stand below its parent or above it.
  for (const code of new Set(lines.map(({ parent }) => parent).filter(Boolean))) {
    const { split } = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    if (!split) await record(tx, code, { ...by, kind: 'split' });
  }
  return result;
}

/** 上级编号 has to be there, and nothing may be above itself (R44). */
function checkParents(lines: Line[], stored: { code: string; parentCode: string | null }[], bad: string[]): void {
  const above = new Map([
    ...stored.map(({ code, parentCode }) => [code, parentCode ?? ''] as const),
    ...lines.map(({ item, parent }) => [item.code, parent] as const),
  ]);
  for (const { item, parent, at } of lines) {
    if (parent && !above.has(parent)) bad.push(`第${at}行 上级编号: 台账中没有“${parent}”`);
    const seen = new Set([item.code]);
    for (let next = parent; next; next = above.get(next) ?? '') {
      if (seen.has(next)) {
        bad.push(`第${at}行 上级编号: “${parent}”是它自己的下级，成了循环`);
        break;
      }
      seen.add(next);
    }
  }
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
): Line {
  const refuse = (column: string, why: string) => void bad.push(`第${at}行 ${column}: ${why}`);
  const { 序号 = '', 编号 = '', 级别 = '', 类别 = '', 事项 = '', 目标值 = '', 单位 = '', 完成时限 = '' } = cells;
  const person = (column: string): string | null => {
    const text = cells[column] ?? '';
    // A problem may come without one: 待明确责任 (R51).
    if (text === '' && column === '责任人' && 类别 === '查摆整改') return null;
    // The office's workbook tells two of one name apart by their account.
    const account = /[（(]([^（）()]+)[）)]$/.exec(text)?.[1]?.toLowerCase();
    const fits = people.filter(({ id, name }) =>
      account ? id === account : name === text || id === text.toLowerCase(),
    );
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
  const milestones = readMilestones(cells['时间节点'] ?? '', deadline, (why) => refuse('时间节点', why));
  // What names no day is a remark.
  const nodes = milestones.length === 0 && cells['时间节点'] ? `时间节点：${cells['时间节点']}` : '';
  const notes = [nodes, cells['备注'], remark].filter(Boolean).join('；');
  const item = {
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
    ...(类别 === '查摆整改' && {
      source: sourceIn(cells['问题来源'] ?? ''),
      measure: cells['整改措施'] ?? '',
      fault: cells['问题类别'] ?? '',
    }),
    deadline: deadline ?? '',
    remark: notes,
    ...(cells['佐证要求'] && { evidence: cells['佐证要求'] }),
  };
  return { item, parent: cells['上级编号'] ?? '', milestones, at };
}

/** 「5月31日完成申报；8月31日挂牌」: what begins with a day is a milestone, and none lies after the item is due (R41). */
function readMilestones(text: string, deadline: Day | null, refuse: (why: string) => void): Milestone[] {
  const found = text.split(/[；;\n]/).flatMap((part): Milestone[] => {
    const [, written = '', title = ''] = DATED.exec(part.trim()) ?? [];
    const full = /^\d{1,2}月/.test(written) && deadline ? `${deadline.slice(0, 4)}年${written}` : written;
    const day = readDay(full);
    return day && title ? [{ title: title.trim(), day }] : [];
  });
  for (const { title, day } of found) if (deadline && day > deadline) refuse(`“${title}”${day}晚于完成时限${deadline}`);
  return found;
}

const DATED = /^((?:\d{4}[-年/.])?\d{1,2}[-月/.]\d{1,2}日?)(?:之?前|底前)?[：:，,、\s]*(.{2,60})$/;
