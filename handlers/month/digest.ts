import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看月报 */
export default defineHandler({
  name: 'query.digest',
  title: '查看月报',
  examples: [],
  input: z.object({ month }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
