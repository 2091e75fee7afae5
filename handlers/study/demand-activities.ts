import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { demandedOf, kindsInWords } from '#bot/domain/month-demand.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { KINDS } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { DEMANDED, demandSaid } from '#bot/language/month-demand.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { departmentsUnder, has } from '#bot/permission.ts';
import { demandsFor } from '#bot/store/month-demand.ts';

type Demanded = Outcome & { month: string; standing: boolean; kinds: string[] } & (
    | { kind: 'demanded' | 'lifted'; unit: string; told: string[]; text: string }
    | { kind: 'past' }
    | { kind: 'same'; unit: string; demanded: boolean }
  );

/** 讲谈议读写要求 (R27): the office or a leader asks each of some kinds of a unit or everybody, for a month or for good; heads hear it. */
export default defineHandler({
  name: 'month.demand',
  title: '讲谈读写要求',
  examples: [
    ...[
      '要求各科室5月份开展讲、谈、读',
      '5月份要求计财科开展讲和写',
      '要求全局本月讲谈议读写都要开展',
      '本月各科室必须开展读、写',
    ],
    ...[
      '要求计划财务科每月至少开展一次讲',
      '从6月起各科室每月都要有谈和写',
      '6月份全局都要开展议',
      '要求各科室（单位）本月完成讲、写',
    ],
    ...[
      '下个月要求办公室组织讲、谈各一次',
      '各科室每月讲谈议读写五类活动都要开展',
      '6月份计财科须开展读',
      '全局五月份要有讲和读',
    ],
    ...[
      '取消计财科5月份讲的要求',
      '不再要求各科室每月开展写',
      '各科室本月不要求开展议',
      '解除各科室6月份讲谈读写的要求',
    ],
  ],
  input: z.object({
    month,
    standing: z.boolean(),
    /** unit codes; empty for everybody */
    departments: z.array(z.string()),
    kinds: z.array(z.enum(KINDS)).min(1),
    demanded: z.boolean(),
  }),
  allow: {
    doneBy: '活动办、局主要领导，分管领导限分管科室',
    permits({ input, actor, world }) {
      if (has(actor, 'office', 'chief')) return true;
      const own = has(actor, 'leader') ? departmentsUnder(actor, world) : [];
      return input.departments.length > 0 && input.departments.every((code) => own.includes(code));
    },
  },

  over: 'message',
  heedsNotices: true,
  cues: DEMANDED,
  meant(clause) {
    const { reading, text } = clause;
    if (reading.chat !== 'direct' || clause.mood.asks || clause.mood.hears) return null;
    const said = demandSaid(text);
    if (!said) return null;
    const units = clause.departments.map(({ department }) => department.code);
    const everybody = /各科室|各单位|各科|全局|所有科室|全部科室|各部门|局属各单位|每个科室/.test(text);
    if (units.length === 0 && !everybody)
      return ask(
        clause,
        3,
        '对哪个科室（单位）提要求？请写成“要求高新科5月份开展讲、读”；全局请写“要求各科室5月份开展讲、读”。',
      );
    if (said.kinds.length === 0)
      return ask(clause, 3, '要求开展哪几类？请写成“要求各科室5月份开展讲、读”；五类都要请写“讲谈议读写都要开展”。');
    const named = monthIn(text, reading.today) ?? monthOf(reading.today);
    return act(clause, 3, { month: named, departments: units, ...said });
  },

  async execute({ input, actor, message, world, tx }): Promise<Demanded> {
    const { month, standing, departments, kinds, demanded } = input;
    const common = { month, standing, kinds };
    if (month < monthOf(dayOf(message.sentAt))) return { kind: 'past', changed: false, ...common };
    const units = world.departments.filter(({ code }) => departments.length === 0 || departments.includes(code));
    const unit = departments.length === 0 ? '各科室（单位）' : units.map(({ name }) => name).join('、');
    const before = await demandsFor(tx, month);
    const stands = (code: string, kind: string): boolean => demandedOf(code, month, before).includes(kind);
    // A standing demand says more than one for the month that asks the same.
    const open = kinds.filter((kind) => standing || units.some(({ code }) => stands(code, kind) !== demanded));
    const known = standing && before.filter((one) => one.standing);
    const settled =
      known &&
      kinds.every((kind) => units.every(({ code }) => demandedOf(code, month, known).includes(kind) === demanded));
    if (open.length === 0 || settled) return { kind: 'same', changed: false, ...common, unit, demanded };
    const ids: number[] = [];
    for (const departmentCode of departments.length === 0 ? [''] : departments)
      for (const kind of open) {
        const by = { byId: actor.id, at: message.sentAt };
        const { id } = await tx.monthDemand.create({
          data: { month, standing, departmentCode, kind, demanded, ...by },
        });
        ids.push(id);
      }
    const told = [...new Set(units.flatMap(({ head }) => (head && head !== actor.id ? [head] : [])))];
    const when = `${monthInWords(month)}${standing ? '起每月' : ''}`;
    const text = demanded
      ? `${actor.name}要求${when}开展${kindsInWords(open)}各不少于一次，请${unit}作好安排；开展后请发“活动记录 读 内容”。`
      : `${actor.name}已取消${unit}${when}开展${kindsInWords(open)}的要求，每月至少开展一类活动的规定不变。`;
    return {
      kind: demanded ? 'demanded' : 'lifted',
      changed: true,
      ...common,
      kinds: open,
      memo: { ids, told, unit, when },
      unit,
      told,
      text,
    };
  },

  reply(outcome) {
    const { month, standing, kinds } = outcome;
    const when = `${monthInWords(month)}${standing ? '起每月' : ''}`;
    if (outcome.kind === 'past') return `没有记录：${monthInWords(month)}已经过去，请写本月或以后的月份。`;
    if (outcome.kind === 'same')
      return `没有改动：${outcome.unit}${when}${outcome.demanded ? '已经要求' : '本来就没有要求'}开展${kindsInWords(kinds)}。`;
    const told = `已告知负责人${outcome.told.length}人。`;
    return outcome.kind === 'demanded'
      ? `已要求${outcome.unit}${when}开展${kindsInWords(kinds)}，各不少于一次，${told}结果见“讲谈读写”。${TAKE_BACK}`
      : `已取消${outcome.unit}${when}开展${kindsInWords(kinds)}的要求，${told}${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'demanded' || outcome.kind === 'lifted'
      ? outcome.told.map((to) => ({ to, text: outcome.text }))
      : [],
  async undo(memo, { message, tx }) {
    const { ids, told, unit, when } = z
      .object({ ids: z.array(z.number()), told: z.array(z.string()), unit: z.string(), when: z.string() })
      .parse(memo);
    const where = { id: { in: ids }, undoneAt: null };
    if ((await tx.monthDemand.updateMany({ where, data: { undoneAt: message.sentAt } })).count === 0) return false;
    return told.map((to) => ({ to, text: `更正：刚才对${unit}${when}讲谈议读写的要求已收回，按原来的要求办。` }));
  },
});
