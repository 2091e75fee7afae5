import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 提交心得体会 */
export default defineHandler({
  name: 'study.reflection',
  title: '提交心得体会',
  examples: [],
  input: z.object({ text: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
