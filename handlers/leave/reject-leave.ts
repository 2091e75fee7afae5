import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { leaveDecisions } from '#bot/language/decisions.ts';
import { anyone } from '#bot/permission.ts';

/** 不准假 */
export default defineHandler({
  name: 'leave.reject',
  title: '不准假',
  examples: ['薛冰的假不批，那天要迎检'],
  input: z.object({ member: z.string(), note: z.string() }),
  allow: anyone,

  over: 'sentence',
  meant: (clause) => leaveDecisions(clause, false),

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
