import { z } from 'zod';
import { decidedInWords, decisionFor } from '#bot/domain/leave-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { DECIDE_LEAVE, type DecidedLeave, decideLeave, leaveRequest, leavesToDecide } from '#bot/store/leave.ts';
import { takeBackDecision } from '#bot/store/leave-undo.ts';
import { reopenRequest } from '#bot/store/question.ts';

type Decided = Outcome &
  ({ kind: 'approved'; leaves: DecidedLeave[] } | { kind: 'settled' } | { kind: 'no-reason'; name: string });

/** 审批请假: the 同意 or 不同意 of whoever was asked; a refusal needs its reason, so a bare one asks for it (R15). */
export default defineHandler({
  name: DECIDE_LEAVE,
  title: '审批请假',
  examples: [],
  input: z.object({ leave: z.number(), approve: z.boolean() }),
  allow: {
    doneBy: '请假人的上级领导',
    async permits({ input, actor, message, world, tx }) {
      const leave = await tx.leave.findUnique({ where: { id: input.leave } });
      if (!leave) return false;
      if (leave.approverId === actor.id) return true;
      return (await leavesToDecide(tx, leave.personId, actor, world, message.sentAt)).may;
    },
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Decided> {
    const leave = await tx.leave.findUniqueOrThrow({ where: { id: input.leave } });
    if (leave.state !== 'pending') return { kind: 'settled', changed: false };
    if (!input.approve) {
      await reopenRequest(tx, DECIDE_LEAVE, leaveRequest(leave.id));
      const name = world.members.find(({ id }) => id === leave.personId)?.name ?? '';
      return { kind: 'no-reason', changed: false, name };
    }
    const decision = { approve: true, note: '', by: actor, at: message.sentAt };
    const decided = await decideLeave(tx, leave, decision, world);
    return { kind: 'approved', changed: true, memo: { ids: [leave.id] }, leaves: [decided] };
  },

  reply(outcome) {
    if (outcome.kind === 'settled') return '没有办理：这件请假已收回或已有决定，不必再批。';
    if (outcome.kind === 'no-reason')
      return `没有办理：不同意请写明原因，如“不批 ${outcome.name} 当天要迎检”。这件请假继续等待审批。`;
    return decidedInWords(outcome.leaves, true, '');
  },
  notify: (outcome) =>
    outcome.kind === 'approved'
      ? outcome.leaves.map((leave) => ({ to: leave.member, text: decisionFor(leave, true, '') }))
      : [],
  undo: takeBackDecision,
});
