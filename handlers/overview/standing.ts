import { z } from 'zod';
import { dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { addMonths, monthInWords, monthOf } from '#bot/domain/month.ts';
import { rate } from '#bot/domain/month-facts.ts';
import { changesBetween, standingInWords, standingOf } from '#bot/domain/standing.ts';
import type { Whose } from '#bot/domain/whose.ts';
import { defineHandler } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { monthIn, PERIOD } from '#bot/language/slots/period.ts';
import { SCOPE_WORDS, scopeOf } from '#bot/language/whose.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { maySee, SEEN_BY, scopeInWords, scopeName, unitsIn, whoseIn } from '#bot/scope.ts';
import { itemsAsOf } from '#bot/store/as-of.ts';
import type { Tx } from '#bot/store/db.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { handInStanding } from '#bot/store/month.ts';
import { toldIn } from '#bot/store/standing.ts';

// 「情况」 alone asks for everything one is in charge of.
const BARE =
  /^\s*(?:请|帮我|给我|我想)?(?:看一?[看下]?|查一?[查下]?|说一?[说下])?(?:目前|当前|最新|现在)?(?:的)?(?:情况|概况|总览)[。!！?？\s]*$/;
const AGAINST =
  /(?:[比较同跟与和]|相比|对比|环比|比起)(?:于|一下)?(?:上个?月|[一二三四五六七八九十\d]{1,2}月份?)|环比|月(?:度)?(?:对比|变化)/;
const STANDING = /情况|怎么?样|咋样|如何|变化|进展|概况|总览|干得|台账|工作/;
const KNOWN = new RegExp(
  `${AGAINST.source}|${STANDING.source}|${PERIOD.source}|${SCOPE_WORDS.source}|比|较|相比|一比|有何|多少|什么|啥|咋|有什么|哪些|好`,
);
const OTHER_MATTER =
  /总结|小结|月报|简报|签到|到会|出勤|请假|学习|自学|排名|互评|评|打分|走访|催|导出|报送|上报|计划|天气|工资|考核/;

/** 查看情况: how a scope stands, this month or another, and what changed against the month before (R90). */
export default defineHandler({
  name: 'query.standing',
  title: '查看情况',
  examples: ['情况', '本科这个月怎么样', '比上月'],
  offers: ({ actor, world }) => (departmentsUnder(actor, world).length > 0 ? ['情况', '比上月'] : []),
  input: z.object({ scope: scopeName, month, against: month.optional() }),
  reads: true,
  allow: { doneBy: SEEN_BY, permits: ({ input, actor, world }) => maySee(input.scope, actor, world) },

  over: 'sentence',
  cues: [BARE, AGAINST, /月|20\d\d/],
  meant(clause) {
    const { text, reading, mood } = clause;
    const current = monthOf(reading.today);
    if (BARE.test(text))
      return reading.chat === 'group' ? null : act(clause, 2, { scope: scopeOf(clause), month: current });
    if (OTHER_MATTER.test(text) || clause.toAll || mood.supposes || clause.items.length > 0) return null;
    const against = cue(clause, AGAINST);
    const named = monthIn(text.replace(AGAINST, ''), reading.today);
    if (unexplained(clause, KNOWN) > 0 || !(against || (named && isOfScope(clause)))) return null;
    if (reading.chat === 'group' && !wants(text) && !/情况/.test(text)) return null;
    const month = named ?? current;
    const before = against
      ? (monthIn(/上/.test(text) ? '' : text.slice(text.search(AGAINST)), reading.today) ?? addMonths(month, -1))
      : null;
    // The ledger as it is now answers nothing about a month that is over.
    return act(clause, month === current ? 2.3 : 2.8, {
      scope: scopeOf(clause),
      month,
      ...(before && { against: before }),
    });
  },

  async execute({ input, actor, message, world, tx }) {
    const now = message.sentAt;
    const { scope, month, against } = input;
    const whose = whoseIn(scope, actor, world);
    const at = endOf(month, now);
    const day = dayOf(at);
    const { items, standing } = await stoodAt(tx, at, whose);
    const leaves = items.filter(({ split }) => !split);
    const told = await toldIn(tx, month, at, leaves);
    const units = unitsIn(scope, world);
    const { due, missing } = await handInStanding(tx, month, units);
    const before = against ? await stoodAt(tx, endOf(against, now), whose) : null;
    return {
      ...{ kind: month > monthOf(dayOf(now)) ? 'not-yet' : 'shown', changed: false, month, at, day, told },
      ...{
        now: standing,
        units: units.length,
        due: due.length,
        missing: missing.map(({ name }) => name),
      },
      before,
      ...{ whose: scopeInWords(scope, actor, world, 'direct'), inGroup: scopeInWords(scope, actor, world, 'group') },
    };
  },

  reply({ kind, month, at, day, told, now, units, due, missing, before, whose }) {
    if (kind === 'not-yet') return `${monthInWords(month)}还没有到，没有数字。`;
    if (now.items === 0) return `${whose}没有台账事项。`;
    const [counts = '', lights = ''] = standingInWords(now, day);
    const open = now.items - now.done;
    const summaries =
      units === 0
        ? ''
        : units === 1
          ? `月度总结${due === 0 ? '免报' : missing.length === 0 ? '已报' : '未报'}。`
          : `月度总结已报${rate(due - missing.length, due)}${missing.length > 0 ? `，未报：${named(missing)}` : ''}。`;
    return [
      `${cutOff(at)}，${whose}${counts}`,
      lights,
      `${monthInWords(month)}：报过进展${told.told}项（现未验收${open}项），验收通过${told.accepted}项。${summaries}`,
      ...(before ? [`比${cutOff(before.at).replace('截至', '')}：${changesBetween(before.standing, now)}。`] : []),
      '要看明细请发“红灯”“快到期的”，看单项请发编号加“历史”。',
    ].join('\n');
  },
  inGroup({ kind, month, at, day, now, before, inGroup }) {
    if (kind === 'not-yet') return `${monthInWords(month)}还没有到，没有数字。`;
    if (now.items === 0) return `${inGroup}没有台账事项。`;
    const change = before
      ? `比${cutOff(before.at).replace('截至', '')}：${changesBetween(before.standing, now)}。`
      : '';
    return `${cutOff(at)}，${inGroup}${standingInWords(now, day)[0]}${change}详情已发给您。`;
  },
});

/** 「高新科本月」, 「全局5月」: a month of somebody's, and nothing else. */
const isOfScope = ({ text, departments }: Clause): boolean =>
  departments.length > 0 || SCOPE_WORDS.test(text) || STANDING.test(text);

const MOST_NAMED = 8;
const named = (names: readonly string[]): string =>
  `${names.slice(0, MOST_NAMED).join('、')}${names.length > MOST_NAMED ? `等${names.length}个` : ''}`;

/** The items of a scope as they stood at an instant, counted by the rule of that instant. */
async function stoodAt(tx: Tx, at: Date, whose: Whose | null) {
  const items = await itemsAsOf(tx, at, whose);
  return { at, items, standing: standingOf(items, dayOf(at), await lightRuleAt(tx, at)) };
}

/** The last moment of a month, or now if that is earlier. */
const endOf = (month: string, now: Date): Date =>
  new Date(Math.min(instantAt(`${addMonths(month, 1)}-01`, '00:00').getTime() - 1, now.getTime()));
const cutOff = (at: Date): string => {
  const isMidnight = dayOf(new Date(at.getTime() + 1)) > dayOf(at);
  return `截至${dayInWords(dayOf(at))}${isMidnight ? '' : timeOf(at)}`;
};
