import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/day.ts';
import { anyone } from '#bot/permission.ts';

const MISSING =
  /(?:没|未|还没|没有|不)[^，。]{0,6}(?:报|交|上报|报送|提交|上来|收到)|欠|缺(?!席|勤)|未报|差(?:谁|哪|几)|谁没|[报交](?:齐|全)了?(?:吗|没)|[报交]了(?:吗|没|几|多少|哪)|都[报交]/;
const WHAT = /总结|小结|月报|月度|上报|报表|汇报材料/;

/** 查看未报单位 */
export default defineHandler({
  name: 'query.unreported',
  title: '查看未报单位',
  examples: ['这个月总结还有哪些科室没报'],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, MISSING);
    if (!span || !WHAT.test(text) || !(mood.asks || /列|名单|查|看|统计|还有/.test(text)) || /催|心得|签到/.test(text))
      return null;
    if (clause.toAll && !/谁|哪|几|吗|名单|列/.test(text)) return null;
    return act(span, 2.8, { month: monthIn(text, reading.today) ?? reading.today.slice(0, 7) });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
