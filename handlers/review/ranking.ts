import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看评比名次 */
export default defineHandler({
  name: 'query.ranking',
  title: '查看评比名次',
  examples: [],
  input: z.object({ quarter: z.string().regex(/^\d{4}-Q[1-4]$/) }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
