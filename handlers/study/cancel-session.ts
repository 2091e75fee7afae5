import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 取消学习 */
export default defineHandler({
  name: 'session.cancel',
  title: '取消学习',
  examples: [],
  input: z.object({ session: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
