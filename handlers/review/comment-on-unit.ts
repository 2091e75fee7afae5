import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 点评科室 */
export default defineHandler({
  name: 'commentary.give',
  title: '点评科室',
  examples: [],
  input: z.object({ department: z.string(), month, text: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
