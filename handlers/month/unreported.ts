import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看未报单位 */
export default defineHandler({
  name: 'query.unreported',
  title: '查看未报单位',
  examples: [],
  input: z.object({ month }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
