import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineDecision } from '#bot/decision.ts';
import { decideExtension, extensionAsked } from '#bot/store/extension.ts';

/** 审批延期: the 同意 or 不同意 of whoever was asked; an approved one moves the deadline at once (R47). */
export default defineDecision({
  name: 'ledger.decide_extension',
  title: '审批延期',
  doneBy: '分管领导或局主要领导',
  request: z.object({ extension: z.number() }),
  asked: (tx, { extension }) => extensionAsked(tx, extension),
  called: '延期',
  waits: ({ pending }) => pending,
  stands: ({ deadline }, { from }) => deadline === from,
  keep: (tx, { extension }, verdict) => decideExtension(tx, extension, verdict),
  fact: ({ to }) => ({ kind: 'extended', day: to }),
  words: {
    approved: (_, { from, to }) => `时限${dayInWords(from)}→${dayInWords(to)}`,
    rejected: (_, { from }) => `仍于${dayInWords(from)}到期`,
    settled: '的延期申请已收回、已有决定，或事项已办结、终止、改了时限',
  },
  alsoTold: ({ ownerId }) => [ownerId],
});
