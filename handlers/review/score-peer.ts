import { z } from 'zod';
import { DIMENSIONS } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 季度互评 */
export default defineHandler({
  name: 'review.score',
  title: '季度互评',
  examples: [],
  input: z.object({ department: z.string(), scores: z.partialRecord(z.enum(DIMENSIONS), z.number().min(0).max(100)) }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
