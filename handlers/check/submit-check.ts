import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { roundMissedBy, roundMonthOf, roundOpensOn } from '#bot/domain/round.ts';
import { mattersInWords } from '#bot/domain/self-check.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';
import { roundOf } from '#bot/store/self-check.ts';

type Submitted = Outcome & {
  kind: 'submitted' | 'unanswered' | 'nothing' | 'again' | 'early';
  month: string;
  unit: string;
  count: number;
  late: string | null;
  left: { code: string; title: string }[];
};

const SUBMITS = new RegExp(
  `^\\s*(?:我(?:科|们)?)?(?:现)?(?:提交|上报|报送)(?:${MONTH})?的?自检(?:结果|情况|表)?[。!！\\s]*$|^\\s*(?:${MONTH}的?)?自检(?:结果|情况)?提交[。!！\\s]*$`,
);

/** 提交自检: the head hands the month's round in; what is unanswered is named, a unit without matters counts as done; after the 25th it is 逾期 and still of its month (R60, G9). */
export default defineHandler({
  name: 'check.submit',
  title: '提交自检',
  examples: ['提交自检'],
  input: z.object({ month: month.optional() }),
  allow: headsUnit,

  over: 'message',
  cues: [SUBMITS],
  meant(clause) {
    const span = cue(clause, SUBMITS);
    const { mood, reading } = clause;
    if (!span || reading.chat !== 'direct' || mood.asks || mood.denies) return null;
    const of = monthIn(clause.text, reading.today);
    return act(span, 3, of ? { month: of } : {});
  },

  async execute({ input, actor, message, world, tx }): Promise<Submitted> {
    const [unit] = unitsHeadedBy(actor, world);
    if (!unit) throw new Error(`${actor.id} heads no unit`);
    const today = dayOf(message.sentAt);
    const asked = input.month ?? roundMonthOf(today);
    const { matters, open, done } = await roundOf(tx, unit, asked);
    const late = roundMissedBy(asked, today);
    const common = { month: asked, unit: unit.name, count: matters.length, left: open, late };
    if (today < roundOpensOn(asked)) return { kind: 'early', changed: false, ...common };
    if (matters.length === 0) return { kind: 'nothing', changed: false, ...common };
    if (open.length > 0) return { kind: 'unanswered', changed: false, ...common };
    if (done) return { kind: 'again', changed: false, ...common };
    const data = { month: asked, departmentCode: unit.code, personId: actor.id, at: message.sentAt };
    const { id } = await tx.selfCheckHandIn.create({ data });
    return { kind: 'submitted', changed: true, memo: { id }, ...common };
  },

  reply({ kind, month: of, unit, count, left, late }) {
    const name = `${monthInWords(of)}自检`;
    switch (kind) {
      case 'early':
        return `没有提交：${name}还没有开始，${dayInWords(roundOpensOn(of))}起填报。`;
      case 'nothing':
        return '无事项，无需自检。';
      case 'unanswered':
        return `没有提交：${name}还有${left.length}件未填：${mattersInWords(left)}。请发“${name}${left[0]?.code}按期推进”这样的话。`;
      case 'again':
        return `${unit}${name}已经提交，不必重复。`;
      case 'submitted':
        return `已提交：${unit}${name}，共${count}件${late ? `，逾期（应于${dayInWords(late)}前提交）` : ''}。十分钟内可发“撤销”收回。`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.selfCheckHandIn.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
