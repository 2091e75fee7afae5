import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 退回验收 */
export default defineHandler({
  name: 'ledger.return',
  title: '退回验收',
  examples: [],
  input: z.object({ item: z.string(), reason: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
