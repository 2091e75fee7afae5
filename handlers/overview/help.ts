import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 帮助: what one can say, in sentences that work when copied (R98). */
export default defineHandler({
  name: 'help',
  title: '帮助',
  examples: ['帮助', '怎么用'],
  input: z.object({}),
  allow: anyone,
  meant: ({ text }) => (/^(帮助|怎么用|使用说明|help)[?？。!！]*$/i.test(text) ? { kind: 'act', input: {} } : null),
  execute: async () => ({ kind: 'helped', changed: false }),
  reply: () =>
    '您可以说：\n签到\n请假，到市里送材料\n我的台账\n3号台账完成60%\nK3-4新增1个\n3号台账申请验收\n哪些逾期了\n撤销',
});
