import { z } from 'zod';
import { DIMENSIONS } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { anyone } from '#bot/permission.ts';

const SCORES = /互评|打[个]?分|评分|测评|给[^，。]{2,14}(?:分|打\d)/;
const NAMES: [dimension: (typeof DIMENSIONS)[number], words: string][] = [
  ['ledger', '工作台账|台账(?:完成)?'],
  ['efficiency', '工作效率|效率|效能'],
  ['achievement', '工作业绩|业绩|实绩|成果|成绩'],
  ['service', '服务质量|服务态度|服务'],
  ['environment', '环境卫生|环境|卫生'],
  ['attendance', '工作考勤|考勤|出勤'],
  ['routine', '日常工作开展情况|日常工作开展|日常工作|日常'],
];
const TOKENS = new RegExp(
  `${NAMES.map(([dimension, words]) => `(?<${dimension}>${words})`).join('|')}|(?<points>${NUMBER}(?:点[零〇一二三四五六七八九])?)`,
  'g',
);

/** 季度互评 */
export default defineHandler({
  name: 'review.score',
  title: '季度互评',
  examples: ['互评 高新科 台账95 效率90 业绩92 服务93 环境94 考勤96 日常90'],
  input: z.object({ department: z.string(), scores: z.partialRecord(z.enum(DIMENSIONS), z.number().min(0).max(100)) }),
  allow: anyone,

  over: 'sentence',
  meant(clause) {
    const { text, mood } = clause;
    const [unit] = clause.departments;
    const scores: Partial<Record<(typeof DIMENSIONS)[number], number>> = {};
    const named: (typeof DIMENSIONS)[number][] = [];
    const bare: number[] = [];
    const from = unit
      ? text.slice(0, unit.start - clause.start) +
        ' '.repeat(unit.end - unit.start) +
        text.slice(unit.end - clause.start)
      : text;
    for (const { groups } of from.matchAll(TOKENS)) {
      const dimension = DIMENSIONS.find((one) => groups?.[one]);
      if (dimension) named.push(dimension);
      else {
        const value = points(groups?.points ?? '');
        if (value === null || value > 100 || value < 30) continue;
        if (named.length === 0) bare.push(value);
        for (const one of named.splice(0)) scores[one] = value;
      }
    }
    const count = Object.keys(scores).length;
    const span = cue(clause, SCORES);
    if (
      (!span && count < 2) ||
      mood.asks ||
      mood.supposes ||
      /%|撤|取消|打算|下周|通知|前完成/.test(text) ||
      (count === 0 && bare.length === 0)
    )
      return null;
    const claimed = { start: clause.start, end: clause.end };
    if (!unit) return span ? ask(claimed, 2, '您给哪个科室（单位）打分？请写成“互评 高新科 台账95 效率90 ……”。') : null;
    if (unit.how === 'sound')
      return ask(claimed, 2.9, `是给${unit.department.name}打分吗？请写科室（单位）全称再发一次。`);
    if (
      clause.departments.length > 1 &&
      clause.departments.some(({ department }) => department.code !== unit.department.code) &&
      count === 0
    )
      return ask(claimed, 2.9, '请一次写一个科室（单位）的分数。');
    if (count > 0) return act(claimed, 2.9, { department: unit.department.code, scores });
    const [same] = bare;
    if (same !== undefined && bare.length === 1 && /[七7]项(?:全|都|均)|每项|各项|全部?(?:打|给)/.test(text))
      return act(claimed, 2.9, {
        department: unit.department.code,
        scores: Object.fromEntries(DIMENSIONS.map((one) => [one, same])),
      });
    if (bare.length === DIMENSIONS.length)
      return act(claimed, 2.9, {
        department: unit.department.code,
        scores: Object.fromEntries(DIMENSIONS.map((one, index) => [one, bare[index] ?? 0])),
      });
    return span
      ? ask(
          claimed,
          2.9,
          `请写明各项分数，如“互评 ${unit.department.name} 台账95 效率90 业绩92 服务93 环境94 考勤96 日常90”。`,
        )
      : null;
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});

/** 93, 九十三, 九十三点五 */
function points(words: string): number | null {
  const [whole = '', part] = words.split('点');
  const value = readNumber(whole);
  return value === null || part === undefined ? value : value + (readNumber(part) ?? 0) / 10;
}
