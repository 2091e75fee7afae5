import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { leaveDecisions } from '#bot/language/decisions.ts';
import { anyone } from '#bot/permission.ts';

/** 准假 */
export default defineHandler({
  name: 'leave.approve',
  title: '准假',
  examples: ['准假 雷鸣', '薛冰的假批了'],
  input: z.object({ member: z.string(), note: z.string() }),
  allow: anyone,

  over: 'sentence',
  meant: (clause) => leaveDecisions(clause, true),

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
