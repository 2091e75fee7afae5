import { z } from 'zod';
import { decidedInWords, decisionFor, refusalReason, whichLeave } from '#bot/domain/leave-words.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { leaveDecisions, REJECTS, VERDICTS } from '#bot/language/decisions.ts';
import { type DecidedLeave, decideLeave, leaveInWords, leavesSaid, leavesToDecide, nameOf } from '#bot/store/leave.ts';
import { takeBackDecision } from '#bot/store/leave-undo.ts';

const input = z.object({ member: z.string(), note: z.string() });
type Input = z.infer<typeof input>;
type Rejected = Outcome &
  (
    | { kind: 'rejected'; leaves: DecidedLeave[]; reason: string }
    | { kind: 'none-waiting' | 'which' | 'no-reason'; name: string; waiting: string[] }
  );

/** 不准假: the superior refuses what a member asked for, and says why (R15). */
export default defineHandler({
  name: 'leave.reject',
  title: '不准假',
  examples: ['薛冰的假不批，那天要迎检'],
  input,
  restricted: ['note'],
  allow: {
    doneBy: '请假人的上级领导',
    permits: async ({ input, actor, message, world, tx }: Execution<Input>) =>
      (await leavesToDecide(tx, input.member, actor, world, message.sentAt)).may,
  },

  account: {
    rests: [REJECTS],
    words: /[^，。□]*假(?:[的这]?[件个]?(?:事情?|事儿|申请))?|请|学习|讲座|培训|[看生]?病|去|参加|[位项]|不?[准批]/,
    ahead: 1,
  },
  over: 'sentence',
  cues: VERDICTS,
  meant: (clause) => leaveDecisions(clause, false),

  async execute({ input, actor, message, world, tx }): Promise<Rejected> {
    const { waiting } = await leavesToDecide(tx, input.member, actor, world, message.sentAt);
    const name = nameOf(world, input.member);
    const none = { changed: false, name, waiting: [] };
    const chosen = leavesSaid(waiting, input.note, world, message.sentAt);
    if (chosen === null) {
      const all = await Promise.all(waiting.map((leave) => leaveInWords(tx, leave)));
      return { kind: 'which', changed: false, name, waiting: all };
    }
    if (chosen.length === 0) return { kind: 'none-waiting', ...none };
    const reason = refusalReason(input.note, name);
    if (reason === '') return { kind: 'no-reason', ...none };
    const decision = { approve: false, note: reason, by: actor, at: message.sentAt };
    const leaves: DecidedLeave[] = [];
    for (const leave of chosen) leaves.push(await decideLeave(tx, leave, decision, world));
    return { kind: 'rejected', changed: true, memo: { ids: leaves.map(({ id }) => id) }, leaves, reason };
  },

  reply(outcome) {
    if (outcome.kind === 'rejected') return decidedInWords(outcome.leaves, false, outcome.reason);
    if (outcome.kind === 'which') return whichLeave('不批', outcome.name, outcome.waiting);
    if (outcome.kind === 'none-waiting') return `没有办理：${outcome.name}没有待批的请假。`;
    return `没有办理：不批请写明原因，如“不批 ${outcome.name} 当天要迎检”。这件请假继续等待审批。`;
  },
  inGroup: ({ kind }) => (kind === 'rejected' ? '已答复请假，已告知本人。' : '没有办理，详情已私信。'),
  notify: (outcome) =>
    outcome.kind === 'rejected'
      ? outcome.leaves.map((leave) => ({ to: leave.member, text: decisionFor(leave, false, outcome.reason) }))
      : [],
  undo: takeBackDecision,
});
