import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 登记走访 */
export default defineHandler({
  name: 'liaison.visit',
  title: '登记走访',
  examples: [],
  input: z.object({ enterprise: z.string(), date: day, text: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
