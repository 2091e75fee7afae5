import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, others } from '#bot/language/evidence.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { readMinutes } from '#bot/language/slots/number.ts';
import { without } from '#bot/language/text.ts';
import { anyone } from '#bot/permission.ts';

const OUTRIGHT = /自学|自己学|自己看|自行学习|个人学习|加班学习|利用[^，。]{0,8}学习/;
const READS = /(?:学习?|看|读|啃|翻|研读|阅读|听|复习|研究|刷)(?:了|完|过)?/;
const MATTER =
  /《|党章|报告|精神|讲话|规定|条例|理论|文件|材料|资料|读本|原著|辅导|党史|十八大|法(?![院官])|强国|网课|慕课|视频|教材|书|课程|准则|论述|文章|政策|法规|业务|知识|办法/;
const VAGUE =
  /一会儿?|一阵|好久|半天(?!假)|一晚上|一上午|一下午|几[个]?(?:小时|分钟)|[一两二三][三四五](?:个)?(?:小时|分钟)|多小时|多分钟/;

/** 登记自学 */
export default defineHandler({
  name: 'study.self',
  title: '登记自学',
  examples: ['昨晚自学党章一个半小时', '自学40分钟八项规定'],
  offers: () => ['昨晚自学八项规定40分钟'],
  input: z.object({ minutes: z.number().int().positive().max(1440), date: day, topic: z.string() }),
  allow: anyone,

  over: 'sentence',
  meant(clause) {
    const { reading, mood, text } = clause;
    const outright = OUTRIGHT.test(text);
    const span = cue(clause, outright ? OUTRIGHT : READS);
    if (!span || mood.asks || mood.supposes || mood.plans || mood.hears || /谁|时长|几(?:个)?小时|多少|多长/.test(text))
      return null;
    if (others(clause).length > 0)
      return outright && reading.chat === 'direct' ? ask(span, 2, '自学由本人登记，请本人发来。') : null;
    const minutesOf = (part: string) => readMinutes(without(part, daysIn(part, reading.today, 'behind')));
    const timed = clause.parts.filter((part) => !/没(?:有)?(?:学|看|自学)/.test(part) && minutesOf(part) !== null);
    if (timed.length === 0 && /没(?:有)?(?:学|看|自学)/.test(text)) return null;
    if (VAGUE.test(text) && timed.length === 0)
      return outright ? ask(span, 2, '自学了多长时间？请写成“自学党章40分钟”。') : null;
    if (timed.length === 0)
      return outright && reading.chat === 'direct' ? ask(span, 2, '自学了多长时间？请写成“自学党章40分钟”。') : null;
    if (!outright && !(MATTER.test(text) && reading.chat === 'direct')) return null;
    if (/集中学习|开会|集体/.test(text) && !outright) return null;
    const dayOfPart = (part: string) => daysIn(part, reading.today, 'behind').at(-1)?.day;
    const day =
      dayOfPart(timed[0] ?? '') ?? clause.days('behind')[0]?.day ?? dayOfPart(reading.message.text) ?? reading.today;
    const dated = timed.filter(dayOfPart);
    if (dated.length > 1 && dated.length === timed.length)
      return act(
        clause,
        2,
        ...timed.map((part) => ({ minutes: minutesOf(part) ?? 0, date: dayOfPart(part) ?? day, topic: part.trim() })),
      );
    const total = timed.find((part) => /共|合计|加起来/.test(part)) ?? timed[0] ?? '';
    if (timed.length > 1 && !/共|合计|加起来/.test(total))
      return ask(span, 2, '一共自学了多长时间？请写成“自学党章40分钟”。');
    if (day > reading.today) return null;
    const minutes = minutesOf(total) ?? 0;
    return minutes > 0 && minutes <= 1440
      ? act(span, 2, { minutes, date: day, topic: clause.said.trim() })
      : ask(span, 2, '自学时长应在24小时以内，请写成“自学党章40分钟”。');
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
