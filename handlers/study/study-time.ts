import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 查看学习时长 */
export default defineHandler({
  name: 'query.study',
  title: '查看学习时长',
  examples: [],
  input: z.object({ member: z.string().optional(), from: day.optional(), to: day.optional() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
