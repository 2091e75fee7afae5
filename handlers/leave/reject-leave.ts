import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 不准假 */
export default defineHandler({
  name: 'leave.reject',
  title: '不准假',
  examples: [],
  input: z.object({ member: z.string(), note: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
