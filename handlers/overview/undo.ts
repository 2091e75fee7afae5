import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

type Undone = Outcome & ({ kind: 'undone' | 'acted-on'; title: string } | { kind: 'nothing' });

/** 撤销: takes back one's last record of the past ten minutes (G11). */
export default defineHandler({
  name: 'undo',
  title: '撤销',
  examples: ['撤销', '撤回'],
  input: z.object({}),
  allow: anyone,
  meant: ({ text }) =>
    /^(刚才)?(报错了|发错了|错了)?[,，]?(撤销|撤回)(一下|吧|刚才的)?[。.!！]*$/.test(text)
      ? { kind: 'act', input: {} }
      : null,
  async execute({ takeBack }): Promise<Undone> {
    const result = await takeBack();
    return { ...result, changed: result.kind === 'undone' };
  },
  reply(outcome) {
    if (outcome.kind === 'undone') return `已撤销：${outcome.title}。`;
    if (outcome.kind === 'acted-on') return `“${outcome.title}”之后已有人办理，不能撤销，请联系活动办更正。`;
    return '十分钟内没有可以撤销的记录。';
  },
});
