import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { monthInWords, monthOf, monthToReport } from '#bot/domain/month.ts';
import { type HandedIn, submittedInWords, unfinishedInWords } from '#bot/domain/month-hand-in.ts';
import { roundMonthOf } from '#bot/domain/round.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from '#bot/store/db.ts';
import { handsInFor } from '#bot/store/delegate.ts';
import { handedOf, handInOf, hasParts, keepReport, textOf } from '#bot/store/month-hand-in.ts';
import { closeRequest } from '#bot/store/question.ts';
import { roundOf } from '#bot/store/self-check.ts';

type Request = { department: string; month: string; by: string; at: string; rest: boolean; approve: boolean };
type Submitted = Outcome &
  HandedIn & {
    kind: 'submitted' | 'unfinished' | 'nothing' | 'again' | 'handed' | 'to-head' | 'no-head' | 'which' | 'check';
    by: string;
    head: string | null;
    request: Request | null;
  };

const SUBMITS =
  /^\s*(?:我(?:科|们)?)?(?:现)?提交(?:本月|[一二三四五六七八九十\d]{1,2}月份?)?的?(?:月度)?台账(?:上报|填报)?(?<rest>[，,；;\s]*(?:其余|其他|剩下的?|余下)(?:的|各项)?(?:都|均)?未报)?[。!！\s]*$/;
// What is ready is meant; where several things are, it is asked which.
const BARE = /^\s*(?:我(?:科|们)?)?(?:现在?|可以|就|这就|确认)?提交(?:了|吧|一下|上去)?[。!！\s]*$/;
const TALK_MS = 30 * 60_000;

/**
 * 提交台账: the head hands the month in, item by item, made of what was told and said of each; what nobody told anything of is
 * named, and left as 未报 only where that is said (R45). A 局属单位's review is one part of it (R62). Somebody the head named
 * sends it to the head, whose confirm is the hand-in (R70).
 */
export default defineHandler({
  name: 'month.submit',
  title: '提交月度台账',
  examples: ['提交台账'],
  input: z.object({ rest: z.boolean().optional(), bare: z.boolean().optional() }),
  allow: {
    doneBy: '科室（单位）负责人或其委托的人',
    permits: async ({ actor, message, world, tx }) =>
      (await handsInFor(tx, actor, world, dayOf(message.sentAt))) !== null,
  },

  over: 'message',
  cues: [BARE, SUBMITS],
  meant(clause) {
    const { mood, reading, text } = clause;
    if (reading.chat === 'group' || mood.asks || mood.supposes) return null;
    const bare = cue(clause, BARE);
    if (bare) return act(bare, 2, { bare: true });
    const span = cue(clause, SUBMITS);
    return span && act(span, 3, { ...(SUBMITS.exec(text)?.groups?.['rest'] && { rest: true }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Submitted> {
    const today = dayOf(message.sentAt);
    const handsIn = await handsInFor(tx, actor, world, today);
    if (!handsIn) throw new Error(`${actor.id} hands in for no unit`);
    const { unit, isHead, standsIn } = handsIn;
    const month = monthToReport(today);
    const handIn = await handInOf(tx, unit, month);
    const { open, lacking, before } = handIn;
    const at = message.sentAt;
    const handed = await handedOf(tx, handIn, { at, standsIn });
    const common = { ...handed, by: actor.name, head: unit.head, request: null };
    const refused = (kind: Submitted['kind']): Submitted => ({ kind, changed: false, ...common });
    const other = input.bare ? await otherMeant(tx, unit, actor.id, message.sentAt, before === null) : null;
    if (other) return refused(other);
    if (!hasParts(handIn)) return refused('nothing');
    if (before && input.bare) return refused('handed');
    // Once a month is over what was handed in for it stands; the new one opens on the 20th.
    if (before && month < monthOf(today)) return refused('again');
    if ((open.length > 0 && !input.rest) || lacking.length > 0) return refused('unfinished');
    if (!isHead && unit.head === null) return refused('no-head');
    if (!isHead && !standsIn) {
      const asked = { department: unit.code, month, by: actor.id, at: message.sentAt.toISOString() };
      const request = { ...asked, rest: input.rest ?? false, approve: true };
      return { ...common, kind: 'to-head', changed: true, memo: { request }, request };
    }
    const report = { unit: unit.code, month, text: textOf(handIn), by: actor.id, at, inboxKey: message.key };
    const { id } = await keepReport(tx, report);
    return { kind: 'submitted', changed: true, memo: { id }, ...common };
  },

  reply(outcome) {
    const { kind, month, unit, at, earlier } = outcome;
    const name = `${unit}${monthInWords(month)}台账`;
    switch (kind) {
      case 'nothing':
        return `${unit}${monthInWords(month)}没有台账事项，不必提交。`;
      case 'again':
        return `${name}已于${dayInWords(dayOf(earlier ?? at))}提交，不必重复；本月从20日起填报。`;
      case 'handed':
        return `${name}已于${dayInWords(dayOf(earlier ?? at))}提交。有改动要重新提交，请发“提交台账”。`;
      case 'unfinished':
        return unfinishedInWords(outcome);
      case 'to-head':
        return `已送科室（单位）负责人确认：${name}${outcome.count}项，负责人确认后即为提交。${TAKE_BACK}`;
      case 'no-head':
        return `没有提交：花名册中${unit}没有负责人，无人确认，请联系活动办。`;
      case 'check':
        return '待提交的是自检，请发“提交自检”。';
      case 'which':
        return '台账和自检都还没有提交，您要提交哪一个？请发“提交台账”或“提交自检”。';
      case 'submitted':
        return submittedInWords(outcome);
    }
  },
  buttons: ({ kind }) =>
    kind === 'which' || kind === 'check'
      ? (kind === 'which' ? ['提交台账', '提交自检'] : ['提交自检']).map((says) => ({ label: says, says }))
      : [],
  requests: ({ request, head, by, unit, month, count, left }) =>
    request && head
      ? [
          {
            ...{ to: head, intent: 'month.confirm', input: request, refusal: { ...request, approve: false } },
            title: `提交${monthInWords(month)}台账`,
            text: `${by}受托填好${unit}${monthInWords(month)}台账${count}项${left.length > 0 ? `（其中未报${left.length}项）` : ''}，请您确认提交；看内容请发“报台账”。`,
          },
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id, request } = z.object({ id: z.number().optional(), request: z.unknown().optional() }).parse(memo);
    if (id === undefined) return closeRequest(tx, 'month.confirm', request as Request, message.sentAt);
    await tx.monthReport.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});

/** Whether 「提交」 alone means the self-check, or either; null where it means the ledger: what one has just spoken of, or what is left. */
async function otherMeant(
  tx: Tx,
  unit: WorldDepartment,
  personId: string,
  now: Date,
  owesMonth: boolean,
): Promise<'which' | 'check' | null> {
  const { done, matters } = await roundOf(tx, unit, roundMonthOf(dayOf(now)));
  if (done || matters.length === 0) return null;
  const spoken = { where: { personId, undoneAt: null, at: { gte: new Date(now.getTime() - TALK_MS), lte: now } } };
  const [line, review, check] = await Promise.all([
    tx.monthLine.findFirst({ ...spoken, orderBy: { id: 'desc' } }),
    tx.monthReview.findFirst({ ...spoken, orderBy: { id: 'desc' } }),
    tx.selfCheck.findFirst({ ...spoken, orderBy: { id: 'desc' } }),
  ]);
  const ofMonth = Math.max(line?.at.getTime() ?? 0, review?.at.getTime() ?? 0);
  const ofCheck = check?.at.getTime() ?? 0;
  if (ofMonth !== ofCheck) return ofMonth > ofCheck ? null : 'check';
  return owesMonth ? 'which' : 'check';
}
