import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看台账事项 */
export default defineHandler({
  name: 'query.item',
  title: '查看台账事项',
  examples: [],
  input: z.object({ item: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
