import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { weightsIn, weightsInWords } from '#bot/domain/weights.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { weightsAt } from '#bot/store/weights.ts';

const ASKS =
  /(?:评分|考核|打分|季度|评选|重点工作|互评|测评|点评)[^，。]{0,8}(?:权重|分值|比重|占比)|^\s*(?:看看?|查看?)?权重(?:是多少|怎么定)?[?？。\s]*$/;

/** 看评分权重: what a quarter's score is made of, which version of it and since when (R48). */
export default defineHandler({
  name: 'query.weights',
  title: '查看评分权重',
  examples: ['季度评分权重是多少'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'sentence',
  cues: [ASKS],
  meant(clause) {
    const span = cue(clause, ASKS);
    const { text, mood, reading } = clause;
    if (!span || Object.keys(weightsIn(text)).length > 0 || mood.supposes || mood.hears) return null;
    if (/调|改|定为|设为|建议|应该|不合理|太[高低大小]/.test(text)) return null;
    return reading.chat === 'group' && !mood.asks ? null : act(span, 2.9, {});
  },

  execute: async ({ message, tx }) => ({
    ...{ kind: 'shown', changed: false },
    ...(await weightsAt(tx, message.sentAt)),
  }),
  reply: ({ weights, version, since }) =>
    `季度评分权重（第${version}版，${since ? `${dateInWords(dayOf(since))}起` : '默认'}）：${weightsInWords(weights)}，合计100。重点工作的落实、完成情况是主要标准，权重最大。`,
});
