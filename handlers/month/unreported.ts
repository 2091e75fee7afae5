import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { anyone, departmentsUnder, has } from '#bot/permission.ts';
import { unreportedUnits } from '#bot/store/month.ts';

const MISSING =
  /(?:没|未|还没|没有|不)[^，。]{0,6}(?:报|交|上报|报送|提交|上来|收到)|欠|缺(?!席|勤|口|少|乏)|未报|差(?:谁|哪|几)|谁没|[报交](?:齐|全)了?(?:吗|没)|[报交]了(?:吗|没|几|多少|哪)|都[报交]/;
const WHAT = /总结|小结|月报|月度|上报|报表|汇报材料/;

/** 查看未报单位: which units of those one is in charge of have not handed in their month (R45). */
export default defineHandler({
  name: 'query.unreported',
  title: '查看未报单位',
  examples: ['这个月总结还有哪些科室没报'],
  offers: ({ actor, world }) =>
    has(actor, 'chief', 'leader', 'office') && departmentsUnder(actor, world).length > 0
      ? ['这个月总结还有哪些科室没报']
      : [],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, MISSING);
    if (
      !span ||
      !WHAT.test(text) ||
      !(mood.asks || /[没未][报交][^，。]{0,4}(?:单位|科室)|列|名单|查|看|统计|还有/.test(text)) ||
      /催|心得|签到|暂缓|要不要/.test(text)
    )
      return null;
    if (clause.toAll && !/谁|哪|几|吗|名单|列/.test(text)) return null;
    return act(span, 2.8, { month: monthIn(text, reading.today) ?? reading.today.slice(0, 7) });
  },

  async execute({ input, actor, message, world, tx }) {
    const under = departmentsUnder(actor, world);
    const units = world.departments.filter(({ code }) =>
      under.length > 0 ? under.includes(code) : code === actor.department,
    );
    const missing = await unreportedUnits(tx, input.month, units);
    const common = { month: input.month, units: units.length, missing: missing.map(({ name }) => name) };
    return { kind: 'listed', changed: false, ...common, at: message.sentAt };
  },

  reply({ month, units, missing, at }) {
    const until = `截至${dayInWords(dayOf(at))}${timeOf(at)}`;
    const counts = `${monthInWords(month)}总结应报${units}个科室（单位），已报${units - missing.length}个`;
    return missing.length === 0
      ? `${until}，${counts}，全部报齐。`
      : `${until}，${counts}，未报${missing.length}个：${missing.join('、')}。`;
  },
});
