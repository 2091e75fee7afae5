import { z } from 'zod';
import { defineDecision } from '#bot/decision.ts';

/** 审批目标调整: the 同意 or 不同意 of whoever was asked; an approved one counts at once, and what was 原定 stays (R47). */
export default defineDecision({
  name: 'ledger.decide_target',
  title: '审批目标调整',
  doneBy: '分管领导或局主要领导',
  request: z.object({
    ...{ item: z.string(), from: z.number(), to: z.number(), reason: z.string(), askedBy: z.string() },
  }),
  asked: (_, request) => request,
  called: '目标调整',
  stands: ({ completedAt, target }, { from }) => completedAt === null && target === from,
  fact: ({ to }) => ({ kind: 'targeted', target: to }),
  words: {
    approved: ({ unit }, { from, to }) => `目标${from}→${to}${unit ?? ''}`,
    rejected: ({ unit }, { from }) => `目标仍为${from}${unit ?? ''}`,
    settled: '已在等待验收、已验收或目标已变',
  },
});
