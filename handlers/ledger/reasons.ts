import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { type Cause, judged, type LightRule } from '#bot/domain/light.ts';
import { rate } from '#bot/domain/month-facts.ts';
import { defineHandler } from '#bot/handler.ts';
import { wants } from '#bot/language/asking.ts';
import { act } from '#bot/language/evidence.ts';
import { scopeOf } from '#bot/language/whose.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { maySee, SEEN_BY, scopeInWords, scopeName, whoseIn } from '#bot/scope.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { itemsOf } from '#bot/store/kept-ledger.ts';

const LATE = /红灯|黄灯|亮灯|滞后|逾期|超期|落后|拖期|进度慢|没完成|未完成/;
const WHY = /原因|为什么|为啥|为何|怎么回事|症结|卡在哪|问题出在/;
const OTHER_MATTER =
  /学习|签到|请假|总结|月报|申请|延期|更正|交通|原因(?:[:：]|[是为](?!什么|啥|哪))|因为|由于|退回|设为|改为/;
const causesIn = ({ behind, farBehind, soon }: LightRule): Partial<Record<Cause, string>> => ({
  ...{ overdue: '已过时限', 'far-behind': `比时间进度落后${farBehind}个百分点以上` },
  behind: `比时间进度落后${behind}至${farBehind}个百分点`,
  ...{ soon: `${soon}天内到期还未申请验收`, set: '活动办设定', unowned: '待明确责任' },
  ...{ 'milestone-late': '时间节点已过未完成', 'milestone-soon': `${soon}天内有时间节点` },
});
const MOST_TOLD = 3;

/** 滞后原因: why lights are red or yellow, by how many of them, and what units themselves gave as reasons (R43, R90). */
export default defineHandler({
  name: 'query.reasons',
  title: '滞后原因',
  examples: ['红灯的主要原因是什么', '为什么滞后'],
  offers: ({ actor, world }) => (departmentsUnder(actor, world).length > 0 ? ['红灯的主要原因是什么'] : []),
  input: z.object({ scope: scopeName }),
  reads: true,
  allow: { doneBy: SEEN_BY, permits: ({ input, actor, world }) => maySee(input.scope, actor, world) },

  over: 'sentence',
  cues: [LATE],
  meant(clause) {
    const { nameless: text, mood, reading } = clause;
    if (!LATE.test(text) || !WHY.test(text) || OTHER_MATTER.test(text)) return null;
    if (clause.items.some(({ how, score }) => how !== 'gist' || score >= 1)) return null;
    if (mood.supposes || mood.hears || clause.toAll || /还(?:没|不)|又|老是|总是|你们/.test(text)) return null;
    const bare = /^.{0,12}(?:的)?(?:主要)?(?:原因|症结)(?:有哪些|分析|是什么|是啥)?[。!！?？\s]*$/.test(text);
    if (!bare && (!wants(text) || reading.chat === 'group')) return null;
    return act(clause, 2.8, { scope: scopeOf(clause) });
  },

  async execute({ input, actor, message, world, tx }) {
    const today = dayOf(message.sentAt);
    const items = await itemsOf(tx, whoseIn(input.scope, actor, world));
    const all = items.filter(({ split, endedAt }) => !split && endedAt === null);
    const rule = await lightRuleAt(tx, message.sentAt);
    const words = causesIn(rule);
    const late = all.flatMap((item) => {
      const { light, cause } = judged(item, today, rule);
      return light === 'red' || light === 'yellow' ? [{ item, light, cause }] : [];
    });
    const causes = [...grouped(late, ({ cause }) => cause)]
      .map(([cause, { length }]) => ({ cause: words[cause] ?? '', count: length }))
      .sort((one, other) => other.count - one.count);
    const told = await tx.extension.findMany({
      where: { itemCode: { in: late.slice(0, 500).map(({ item }) => item.code) }, state: { not: 'withdrawn' } },
      orderBy: { id: 'desc' },
      take: MOST_TOLD,
    });
    return {
      ...{ kind: 'shown', changed: false, at: message.sentAt, all: all.length, late: late.length, causes },
      red: late.filter(({ light }) => light === 'red').length,
      told: told.flatMap(({ itemCode, reason }) => {
        const item = items.find(({ code }) => code === itemCode);
        return item ? [`${itemName(item)}申请延期时说：${reason.slice(0, 60)}`] : [];
      }),
      ...{
        whose: scopeInWords(input.scope, actor, world, 'direct'),
        inGroup: scopeInWords(input.scope, actor, world, 'group'),
      },
    };
  },

  reply({ at, all, late, red, causes, told, whose }) {
    const until = `截至${dayInWords(dayOf(at))}${timeOf(at)}，${whose}`;
    if (late === 0) return `${until}${all}项台账中没有红灯和黄灯。`;
    const lines = causes.map(({ cause, count }, index) => `${index + 1}. ${cause}：${rate(count, late)}`);
    return [
      `${until}红灯${rate(red, all)}、黄灯${rate(late - red, all)}。按亮灯规则，原因是：`,
      ...lines,
      ...(told.length > 0 ? ['承办科室（单位）自述：', ...told.map((one) => `· ${one}`)] : []),
    ].join('\n');
  },
  inGroup({ all, late, red, causes, inGroup }) {
    if (late === 0) return `${inGroup}${all}项台账中没有红灯和黄灯。`;
    const words = causes.map(({ cause, count }) => `${cause}${rate(count, late)}`).join('，');
    return `${inGroup}红灯${rate(red, all)}、黄灯${rate(late - red, all)}：${words}。`;
  },
});
