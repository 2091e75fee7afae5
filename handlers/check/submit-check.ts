import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { roundMonthOf, roundOpensOn } from '#bot/domain/round.ts';
import { type CheckedIn, checkedInWords, uncheckedInWords } from '#bot/domain/self-check.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { handsInFor } from '#bot/store/delegate.ts';
import { closeRequest } from '#bot/store/question.ts';
import { checkedOf, keepCheck, roundOf } from '#bot/store/self-check.ts';

type Request = { department: string; month: string; by: string; at: string; approve: boolean };
type Submitted = Outcome &
  CheckedIn & {
    kind: 'submitted' | 'unanswered' | 'nothing' | 'again' | 'early' | 'to-head' | 'no-head';
    by: string;
    head: string | null;
    request: Request | null;
  };

const SUBMITS = new RegExp(
  `^\\s*(?:我(?:科|们)?)?(?:现)?(?:提交|上报|报送)(?:${MONTH})?的?自检(?:结果|情况|表)?[。!！\\s]*$|^\\s*(?:${MONTH}的?)?自检(?:结果|情况)?提交[。!！\\s]*$`,
);

/**
 * 提交自检: the head hands the month's round in; what is unanswered is named, a unit without matters counts as done; after the
 * 25th it is 逾期 and still of its month (R60, G9). Somebody the head named sends it to the head, whose confirm is the hand-in (R70).
 */
export default defineHandler({
  name: 'check.submit',
  title: '提交自检',
  examples: ['提交自检'],
  input: z.object({ month: month.optional() }),
  allow: {
    doneBy: '科室（单位）负责人或其委托的人',
    permits: async ({ actor, message, world, tx }) =>
      (await handsInFor(tx, actor, world, dayOf(message.sentAt))) !== null,
  },

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
    const at = message.sentAt;
    const today = dayOf(at);
    const handsIn = await handsInFor(tx, actor, world, today);
    if (!handsIn) throw new Error(`${actor.id} hands in for no unit`);
    const { unit, isHead, standsIn } = handsIn;
    const month = input.month ?? roundMonthOf(today);
    const round = await roundOf(tx, unit, month);
    const common = { ...checkedOf(round, month, { at, standsIn }), by: actor.name, head: unit.head, request: null };
    const refused = (kind: Submitted['kind']): Submitted => ({ kind, changed: false, ...common });
    if (today < roundOpensOn(month)) return refused('early');
    if (round.matters.length === 0) return refused('nothing');
    if (round.open.length > 0) return refused('unanswered');
    if (round.done) return refused('again');
    if (!isHead && unit.head === null) return refused('no-head');
    if (!isHead && !standsIn) {
      const request = { department: unit.code, month, by: actor.id, at: at.toISOString(), approve: true };
      return { ...common, kind: 'to-head', changed: true, memo: { request }, request };
    }
    const id = await keepCheck(tx, { unit: unit.code, month, by: actor.id, at });
    return { kind: 'submitted', changed: true, memo: { id }, ...common };
  },

  reply(outcome) {
    const { kind, month, unit } = outcome;
    const name = `${monthInWords(month)}自检`;
    switch (kind) {
      case 'early':
        return `没有提交：${name}还没有开始，${dayInWords(roundOpensOn(month))}起填报。`;
      case 'nothing':
        return '无事项，无需自检。';
      case 'unanswered':
        return uncheckedInWords(outcome);
      case 'again':
        return `${unit}${name}已经提交，不必重复。`;
      case 'to-head':
        return `已送科室（单位）负责人确认：${unit}${name}${outcome.count}件，负责人确认后即为提交。${TAKE_BACK}`;
      case 'no-head':
        return `没有提交：花名册中${unit}没有负责人，无人确认，请联系活动办。`;
      case 'submitted':
        return checkedInWords(outcome);
    }
  },
  requests: ({ request, head, by, unit, month, count }) =>
    request && head
      ? [
          {
            ...{ to: head, intent: 'check.confirm', input: request, refusal: { ...request, approve: false } },
            title: `提交${monthInWords(month)}自检`,
            text: `${by}受托填好${unit}${monthInWords(month)}自检${count}件，请您确认提交。`,
          },
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id, request } = z.object({ id: z.number().optional(), request: z.unknown().optional() }).parse(memo);
    if (id === undefined) return closeRequest(tx, 'check.confirm', request as Request, message.sentAt);
    await tx.selfCheckHandIn.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
