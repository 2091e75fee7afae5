import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { isHandInOpen, monthInWords, monthToReport } from '#bot/domain/month.ts';
import { handedInWords, monthSpokenOf, numbersInWords, unchangedInWords } from '#bot/domain/month-hand-in.ts';
import { reviewLines } from '#bot/domain/month-parts.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { unitsHeadedBy } from '#bot/permission.ts';
import { maySee } from '#bot/scope.ts';
import { handInOf, hasParts } from '#bot/store/month-hand-in.ts';

const ASKS = verbose`
  ^\s*(?:我要?|我们?科?|现在|开始|请)?(?:填?报|上报|填)(?:本月|这个月|[一二三四五六七八九十\d]{1,2}月份?)?的?台账[。!！\s]*$
  | ^\s*(?:本月|这个月|[一二三四五六七八九十\d]{1,2}月份?)?台账(?:上报|填报)(?:情况)?[。!！?？\s]*$
  | ^\s*(?:看看?|查看?)?(?:本月|这个月)?(?:要|该|需要?)(?:上?报|填)(?:的|哪些)台账[。?？\s]*$
`;
const MOST = 14;

/** 报台账: the month's items of the own unit with what was told of each already; only what is missing is asked for (R45). */
export default defineHandler({
  name: 'month.items',
  title: '月度台账填报',
  examples: ['报台账'],
  pressing: true,
  offers: ({ actor, world, now }) =>
    isHandInOpen(dayOf(now)) && unitsHeadedBy(actor, world).length > 0 ? ['报台账'] : [],
  input: z.object({ month: month.optional() }),
  reads: true,
  allow: {
    doneBy: '科室（单位）人员',
    permits: ({ actor, world }) => maySee(`department:${actor.department}`, actor, world),
  },

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    const span = cue(clause, ASKS);
    const { mood, reading } = clause;
    if (!span || reading.chat !== 'direct' || mood.denies || mood.supposes) return null;
    const named = monthIn(clause.text, reading.today);
    return act(span, 2.9, { ...(named && { month: named }) });
  },

  async execute({ input, actor, message, world, tx }) {
    const today = dayOf(message.sentAt);
    const unit = world.departments.find(({ code }) => code === actor.department);
    if (!unit) throw new Error(`no department ${actor.department}`);
    const month = input.month ?? monthToReport(today);
    return { kind: 'shown', changed: false, today, handIn: await handInOf(tx, unit, month) };
  },

  reply({ handIn, today }) {
    const { unit, month, items, open, review, lacking } = handIn;
    if (!hasParts(handIn)) return `${unit.name}${monthInWords(month)}没有台账事项，不必填报。`;
    const lines = items.slice(0, MOST).map(handedInWords);
    const more = items.length > MOST ? [`另有${items.length - MOST}项。`] : [];
    const [first] = open;
    const then = month === monthSpokenOf(today) ? '' : monthInWords(month);
    const fill = first
      ? `未填${open.length}项：${numbersInWords(open.map(({ item }) => item))}。请发“${unchangedInWords(first.item, month, today)}”，或“${then}${first.item.no}号台账存在问题：……；下一步打算：……”。`
      : '';
    const parts =
      lacking.length > 0
        ? `局属单位另缺${lacking.join('、')}，请发“${then}${lacking.map((part) => `${part}：……`).join('；')}”。`
        : '';
    return [
      `${unit.name}${monthInWords(month)}台账${items.length}项，已有内容${items.length - open.length}项。`,
      ...lines,
      ...more,
      ...(review ? reviewLines(review) : []),
      fill + parts || '各项已有内容，不必再填；要补充请发“编号+存在问题：……；下一步打算：……”，无误请发“提交台账”。',
    ].join('\n');
  },
});
