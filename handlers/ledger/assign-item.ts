import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 交办转办 */
export default defineHandler({
  name: 'ledger.assign',
  title: '交办转办',
  examples: [],
  input: z.object({
    department: z.string().optional(),
    member: z.string().optional(),
    deadline: day,
    kind: z.enum(['assigned', 'transferred']),
    text: z.string(),
  }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
