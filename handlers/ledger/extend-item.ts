import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 申请延期 */
export default defineHandler({
  name: 'ledger.extend',
  title: '申请延期',
  examples: [],
  input: z.object({ item: z.string(), deadline: day, reason: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
