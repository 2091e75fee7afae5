import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

const HELP =
  /你[都能]?会(?:啥|什么|哪些|干啥|做啥)|帮助|用法|求带|不谙|新手|指点[一下迷津]|操作方法|^\s*help|菜单|功能|使用说明|操作说明|说明书|指令|命令|(?:怎么|咋|如何|怎样)(?:个)?(?:用|使|操作|玩|弄|说|办|搞|签到|请假|报|填|登记|写|交)|[能会]都?(?:干|做|帮[^，。]{0,3})[点些]?(?:啥|什么|些什么|哪些)|有[^，。]{0,3}说明|不[大太]?会用|有(?:啥|什么|哪些)(?:功能|用)|使用方法|教教?我|menu|不会用|不懂怎么|^\s*[?？]\s*$/i;

// One screen of a phone.
const MOST = 14;

/** 帮助: what one can say, in sentences that work when copied (R98). */
export default defineHandler({
  name: 'help',
  title: '帮助',
  examples: ['帮助', '怎么用'],
  input: z.object({}),
  reads: true,
  allow: anyone,
  over: 'message',
  meant(clause) {
    const span = cue(clause, HELP);
    const { text, reading } = clause;
    if (!span || text.replace(/[\p{P}\s]/gu, '').length > 24 || /进展|进度|整改|热线|平台|情况/.test(text)) return null;
    if (
      clause.items.some(({ how }) => how !== 'gist') ||
      clause.enterprises.length > 0 ||
      (reading.chat === 'group' && !/^\s*(?:帮助|help|怎么用|使用说明)/i.test(text))
    )
      return null;
    if (/帮助(?!我)/.test(text) && text.replace(/[\p{P}\s]/gu, '').length > 8 && !/怎么|咋|什么/.test(text))
      return null;
    return act(span, /不[大太]?会用|怎么用|咋用|能干|能做|功能/.test(text) && text.length <= 16 ? 2.6 : 1.8, {});
  },
  execute: async ({ offers }) => ({ kind: 'helped', changed: false, offers: offers() }),
  reply: ({ offers }) =>
    [
      '您现在可以这样说，照着打字就行：',
      ...offers.slice(0, MOST).map(({ title, sentence }) => `${title}：“${sentence}”`),
    ].join('\n'),
  // What one may say tells what awaits one; a group hears the way only (G10).
  inGroup: () => '直接说要办的事就行，如“签到”“我的台账”。您能说的已私信发给您。',
});
