import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 登记自学 */
export default defineHandler({
  name: 'study.self',
  title: '登记自学',
  examples: [],
  input: z.object({ minutes: z.number().int().positive().max(1440), date: day, topic: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
