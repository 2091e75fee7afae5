import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看考勤 */
export default defineHandler({
  name: 'query.attendance',
  title: '查看考勤',
  examples: [],
  input: z.object({
    session: z.string().optional(),
    from: day.optional(),
    to: day.optional(),
    department: z.string().optional(),
    member: z.string().optional(),
    status: z.enum(['present', 'absent', 'late', 'leave']).optional(),
  }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
