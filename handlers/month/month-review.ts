import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthToReport } from '#bot/domain/month.ts';
import { isFillable, monthSpokenOf } from '#bot/domain/month-hand-in.ts';
import { emptyParts, reviewIn, reviewLines, SUBORDINATE } from '#bot/domain/month-parts.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { monthAhead } from '#bot/language/slots/period.ts';
import { anyone } from '#bot/permission.ts';
import { reviewOf } from '#bot/store/month-hand-in.ts';

const part = z.string().max(2000).optional();

/** 活动情况回顾: a 局属单位 tells its review, its experience and what comes next month, at once or part by part (R62). */
export default defineHandler({
  name: 'month.review',
  title: '活动情况回顾',
  examples: ['活动情况回顾：组织两次集中学习；经验：以会代训；下月安排：走访园区企业'],
  input: z.object({ month: month.optional(), review: part, experience: part, plans: part }),
  allow: anyone,

  over: 'message',
  cues: [/回顾|经验|做法|下个?月/],
  meant(clause) {
    const { said, mood, reading } = clause;
    if (reading.chat === 'group' || mood.asks || mood.supposes || mood.hears) return null;
    const ahead = monthAhead(clause.text, reading.today);
    const told = reviewIn(said.slice(ahead?.length ?? 0));
    if (!told || Object.keys(told).length === 0) return null;
    if (ahead && !isFillable(ahead.month, reading.today))
      return ask(clause, 2.9, '只能填报本月和上月的活动情况回顾。您填的是哪个月？');
    return act(clause, 2.9, { ...(ahead && { month: ahead.month }), ...told });
  },

  async execute({ input, actor, message, world, tx }) {
    const unit = world.departments.find(({ code }) => code === actor.department);
    const today = dayOf(message.sentAt);
    const month = input.month ?? monthSpokenOf(today);
    const before = await reviewOf(tx, actor.department, month);
    const { review = before.review, experience = before.experience, plans = before.plans } = input;
    const told = { review, experience, plans };
    const common = { unit: unit?.name ?? '', month, told, isOpen: month === monthToReport(today) };
    if (unit?.kind !== SUBORDINATE) return { kind: 'not-due', changed: false, ...common };
    const { id } = await tx.monthReview.create({
      data: {
        ...{ month, departmentCode: unit.code, personId: actor.id, at: message.sentAt },
        ...{ ...told, inboxKey: message.key },
      },
    });
    return { kind: 'told', changed: true, memo: { id }, ...common };
  },

  reply({ kind, unit, month, told, isOpen }) {
    if (kind === 'not-due') return `没有记录：${unit}是机关科室，月度台账没有活动情况回顾这一部分。`;
    const lacking = emptyParts(told);
    const submits = isOpen ? '可发“提交台账”' : '20日起可发“提交台账”';
    const rest = lacking.length === 0 ? `三部分已齐，${submits}。` : `还缺${lacking.join('、')}。`;
    return `已记录${unit}${monthInWords(month)}：${reviewLines(told)
      .map((line) => line.replace(/。$/, ''))
      .join('；')}。${rest}${TAKE_BACK}`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.monthReview.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
