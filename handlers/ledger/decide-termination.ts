import { z } from 'zod';
import { defineDecision } from '#bot/decision.ts';

/** 审批终止: the head of the leading group decides whether an item is no longer to be done; its figures and history stay (R53). */
export default defineDecision({
  name: 'ledger.decide_termination',
  title: '审批终止',
  doneBy: '领导小组组长（局主要领导）',
  request: z.object({ item: z.string(), reason: z.string(), askedBy: z.string() }),
  asked: (_, request) => request,
  called: '终止',
  stands: () => true,
  fact: () => ({ kind: 'ended' }),
  words: {
    approved: (_, { reason }) => `，原因：${reason}。不再列入催办和未完成，已报的数和记录保留`,
    rejected: () => '继续办理',
    settled: '已办结或已终止',
  },
  alsoTold: ({ ownerId, leaderId }, approved) => (approved ? [ownerId, leaderId] : []),
});
