import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 催办 */
export default defineHandler({
  name: 'urge.send',
  title: '催办',
  examples: [],
  input: z.object({
    item: z.string().optional(),
    department: z.string().optional(),
    member: z.string().optional(),
    text: z.string(),
  }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
