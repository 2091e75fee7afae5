import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { checkDueOn, checkMonthOf, mattersInWords } from '#bot/domain/self-check.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';
import { roundOf } from '#bot/store/self-check.ts';

type Submitted = Outcome & {
  kind: 'submitted' | 'unanswered' | 'nothing' | 'again';
  month: string;
  unit: string;
  count: number;
  late: string | null;
  left: { code: string; title: string }[];
};

const SUBMITS =
  /^\s*(?:我(?:科|们)?)?(?:现)?(?:提交|上报|报送)(?:本月|[一二三四五六七八九十\d]{1,2}月份?)?的?自检(?:结果|情况|表)?[。!！\s]*$|^\s*自检(?:结果|情况)?提交[。!！\s]*$/;

/** 提交自检: the head hands the month's round in; what is unanswered is named, a unit without matters counts as done (R60). */
export default defineHandler({
  name: 'check.submit',
  title: '提交自检',
  examples: ['提交自检'],
  input: z.object({}),
  allow: headsUnit,

  over: 'message',
  meant(clause) {
    const span = cue(clause, SUBMITS);
    const { mood, reading } = clause;
    return span && reading.chat === 'direct' && !mood.asks && !mood.denies ? act(span, 3, {}) : null;
  },

  async execute({ actor, message, world, tx }): Promise<Submitted> {
    const [unit] = unitsHeadedBy(actor, world);
    if (!unit) throw new Error(`${actor.id} heads no unit`);
    const today = dayOf(message.sentAt);
    const month = checkMonthOf(today);
    const { matters, open, done } = await roundOf(tx, unit, month);
    const due = checkDueOn(month);
    const late = today > due ? due : null;
    const common = { month, unit: unit.name, count: matters.length, left: open, late };
    if (matters.length === 0) return { kind: 'nothing', changed: false, ...common };
    if (open.length > 0) return { kind: 'unanswered', changed: false, ...common };
    if (done) return { kind: 'again', changed: false, ...common };
    const data = { month, departmentCode: unit.code, personId: actor.id, at: message.sentAt };
    const { id } = await tx.selfCheckHandIn.create({ data });
    return { kind: 'submitted', changed: true, memo: { id }, ...common };
  },

  reply({ kind, month, unit, count, left, late }) {
    switch (kind) {
      case 'nothing':
        return '无事项，无需自检。';
      case 'unanswered':
        return `没有提交：${monthInWords(month)}自检还有${left.length}件未填：${mattersInWords(left)}。请发“自检${left[0]?.code}按期推进”这样的话。`;
      case 'again':
        return `${unit}${monthInWords(month)}自检已经提交，不必重复。`;
      case 'submitted':
        return `已提交：${unit}${monthInWords(month)}自检，共${count}件${late ? `，逾期（应于${dayInWords(late)}前提交）` : ''}。十分钟内可发“撤销”收回。`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.selfCheckHandIn.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
