import type { World } from '#bot/language/reading.ts';
import { verbose } from '#bot/language/verbose.ts';
import type { Tx } from './db.ts';

/** 叫法: a word and what it means. */
export interface Named {
  word: string;
  kind: 'item' | 'department' | 'topic';
  target: string;
}

// Words that mean what is to be done; as a name they would make every sentence with them mean something else.
const COMMON = verbose`
  ^(?:
      签到 | 请假 | 准假 | 不批 | 台账 | 事项 | 进度 | 进展 | 完成 | 新增 | 累计 | 验收 | 退回 | 延期 | 催办 | 交办 | 转办 | 点评
      | 互评 | 走访 | 自学 | 学习 | 讲座 | 总结 | 月报 | 排名 | 撤销 | 撤回 | 帮助 | 确认 | 同意 | 不同意 | 取消 | 今天 | 明天
      | 昨天 | 本月 | 科室 | 单位 | 局长 | 科长 | 主任 | 领导 | 项目 | 工作 | 我 | 我科 | 大家
    )$
`;

/** Why a word cannot be a name, in words; null if it can, or is one the office added. */
export async function whyNotName(
  tx: Tx,
  word: string,
  { departments, members, enterprises, ledger }: World,
): Promise<string | null> {
  if (!/^[〇㐀-鿿A-Za-z0-9]{2,12}$/.test(word)) return '叫法应为2至12个汉字、字母或数字';
  if (COMMON.test(word) || /^\d+$/.test(word)) return `“${word}”是常用词，不能作叫法`;
  if (await nameOf(tx, word)) return null;
  const others = [
    ...departments.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...members.map(({ name }) => name),
    ...enterprises.flatMap(({ name, aliases }) => [name, ...aliases]),
    ...ledger.map(({ code }) => code),
  ];
  return others.includes(word) ? `“${word}”已经是名称，不能另指` : null;
}

/** What a name stands for, in words. */
export function meantInWords({ kind, target }: { kind: string; target: string }, world: World): string {
  if (kind === 'department') return world.departments.find(({ code }) => code === target)?.name ?? target;
  const item = kind === 'item' ? world.ledger.find(({ code }) => code === target) : undefined;
  return item ? `${item.no}号台账《${item.title}》` : `“${target}”`;
}

/** Lets a word mean something for everybody, whatever it meant before. Gives what it was, to take it back. */
export async function setName(tx: Tx, { word, kind, target }: Named, personId: string, at: Date) {
  const where = { word_departmentCode: { word, departmentCode: '' } };
  const before = await tx.synonym.findUnique({ where });
  const data = { kind, target, state: 'confirmed', personId, at };
  await tx.synonym.upsert({ where, create: { word, ...data }, update: data });
  return before;
}

/** The meaning a word has for everybody, as far as it holds. */
export const nameOf = (tx: Tx, word: string) =>
  tx.synonym.findFirst({ where: { word, departmentCode: '', state: 'confirmed' } });

const OFTEN = 2;

/**
 * Somebody was asked what a word meant, and chose: remembered as a suggestion of the unit, never applied by itself.
 * @returns the suggestion once it was chosen often enough for the office to be asked, else null.
 */
export async function noteChoice(tx: Tx, word: string, item: string, departmentCode: string, at: Date) {
  const where = { word_departmentCode: { word, departmentCode } };
  const known = await tx.synonym.findUnique({ where });
  if (known && known.state !== 'suggested') return null;
  const uses = known?.target === item ? known.uses + 1 : 1;
  const state = uses >= OFTEN ? 'asked' : 'suggested';
  const data = { kind: 'item', target: item, state, uses, at };
  const suggestion = await tx.synonym.upsert({ where, create: { word, departmentCode, ...data }, update: data });
  return state === 'asked' ? suggestion : null;
}
