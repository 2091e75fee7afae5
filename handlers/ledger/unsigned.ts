import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineHandler } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';
import { unsignedOf } from '#bot/store/assignment.ts';

const UNSIGNED =
  /(?:没有?|未|待|还没)(?:[^，。]{0,3}(?:给|来|去))?签收(?!照片)|签收[^，。]{0,3}(?:没有?|情况|了吗|进度)/;
const KNOWN = new RegExp(
  `${UNSIGNED.source}|还|有|哪|交办|转办|事项|任务|单子?|件|科室?|单位|谁|几|多少|看看?|查看?|列|名单|清单|我`,
);
// 「还没签收」 tells; 「待签收的」 is asked for by its name.
const NOMINAL = /^\s*(?:待|未|没)签收|情况|进度/;
const MOST_LINES = 14;

/** 待签收: what was given out and not signed for yet, of the own unit or of those one is in charge of (R56, R70). */
export default defineHandler({
  name: 'query.unsigned',
  title: '查看待签收',
  examples: [
    ...['待签收', '还有哪些没签收', '哪些交办没签收', '未签收的事项', '签收情况', '交办签收情况', '没签收的有哪些'],
    ...['还有几件没签收', '哪个科室还没签收', '谁还没签收', '看看待签收的', '待签收事项清单', '查未签收的交办'],
    ...['转办的签收了吗', '我还有什么没签收'],
  ],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [UNSIGNED],
  meant(clause) {
    const span = cue(clause, UNSIGNED);
    if (!span || clause.reading.chat !== 'direct' || clause.items.some(({ how }) => how !== 'gist')) return null;
    // Parcels are signed for as well.
    const left = unexplained(clause, KNOWN);
    if (left > 2 || !(wants(clause.text) || NOMINAL.test(clause.text))) return null;
    return act(clause, 2.7, {});
  },

  async execute({ actor, world, tx }) {
    const under = departmentsUnder(actor, world);
    const units = under.length > 0 ? under : [actor.department];
    const waiting = (await unsignedOf(tx)).filter(({ item }) => units.includes(item.departmentCode));
    const unitOf = (code: string): string => world.departments.find((one) => one.code === code)?.name ?? '';
    const lines = waiting.map(
      ({ item }) => `${item.code}《${item.title}》，${unitOf(item.departmentCode)}，${dayInWords(item.deadline)}到期`,
    );
    return { kind: 'listed', changed: false, lines };
  },

  reply({ lines }) {
    if (lines.length === 0) return '没有待签收的交办事项。';
    const more = lines.length > MOST_LINES ? [`另有${lines.length - MOST_LINES}件。`] : [];
    return [`待签收${lines.length}件：`, ...lines.slice(0, MOST_LINES), ...more].join('\n');
  },
});
