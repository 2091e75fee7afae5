import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 报送月度总结 */
export default defineHandler({
  name: 'report.month',
  title: '报送月度总结',
  examples: [],
  input: z.object({ month, text: z.string() }),
  allow: anyone,

  meant: () => null,

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
