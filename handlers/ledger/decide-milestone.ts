import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineDecision } from '#bot/decision.ts';
import { milestonesOf } from '#bot/domain/milestone.ts';

/** 审批节点调整: the 同意 or 不同意 of the leader in charge on another day for a milestone (R41). */
export default defineDecision({
  name: 'ledger.decide_milestone',
  title: '审批节点调整',
  doneBy: '分管领导或局主要领导',
  request: z.object({
    ...{ item: z.string(), title: z.string(), from: z.string(), to: z.string(), reason: z.string() },
    askedBy: z.string(),
  }),
  asked: (_, request) => request,
  called: '节点调整',
  stands(item, { title, from }) {
    const milestone = milestonesOf(item).find((one) => one.title === title);
    return milestone?.day === from && milestone.reachedOn === undefined;
  },
  fact: ({ title, to }) => ({ kind: 'planned', other: title, day: to }),
  words: {
    approved: (_, { title, from, to }) => `节点“${title}”${dayInWords(from)}→${dayInWords(to)}`,
    rejected: (_, { title, from }) => `节点“${title}”仍为${dayInWords(from)}`,
    settled: '节点已完成或已改动',
  },
});
