import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 安排学习 */
export default defineHandler({
  name: 'session.schedule',
  title: '安排学习',
  examples: [],
  input: z.object({
    start: z.string(),
    end: z.string().optional(),
    topic: z.string(),
    kind: z.string(),
    venue: z.string(),
  }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
