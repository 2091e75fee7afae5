import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

// How one uses it, what it can do, the book about it, or that one is new to it.
const HELP = new RegExp(
  [
    '(?:怎么|咋|如何|怎样)(?:个|跟你|和你|同你)?(?:用|使|操作|玩|弄|说|办|搞|签到|请假|报|填|登记|写|交)',
    '(?:能|会|可以)都?(?:说|干|做|办|帮[^，。]{0,3})[点些]?(?:啥|什么|些什么|哪些)',
    '你[都能]?会(?:啥|什么|哪些|干啥|做啥)|你是(?:干|做)(?:嘛|啥|什么)的|有(?:啥|什么|哪些)(?:功能|用|本事|指令)',
    '帮助|菜单|(?<!多)功能|指令|命令|用法|说明书|(?:使用|操作|用户|功能)(?:说明|手册|指南|方法|教程|之法|要领)|有[^，。]{0,3}(?:说明|教程|手册|指南)|^\\s*(?:help|menu)|^\\s*[?？]\\s*$',
    '不[大太]?会(?:用|弄|使|操作|搞)|不懂怎么|不知道(?:怎么|咋)|教教?我|新手|初(?:次|用)|头一[次回]用|第一次用|求(?:带|指导|教)|不谙|指点[一下迷津]',
  ].join('|'),
  'i',
);

// 「张三问……怎么办，我说……」 tells of a talk.
const TALK_TOLD = /问[^，。]{2,}[，,。]\s*[我俺咱]们?(?:就|只|也)?(?:说|讲|回|答|告诉)/;

// One screen of a phone.
const MOST = 14;
const MOST_BUTTONS = 10;
// What tells nobody what awaits whom.
const IN_GROUP = ['签到', '我的台账', '我的考勤'];

/** 帮助: what one can say, in sentences that work when copied (R98). */
export default defineHandler({
  name: 'help',
  title: '帮助',
  examples: ['帮助', '怎么用'],
  input: z.object({}),
  reads: true,
  allow: anyone,
  over: 'message',
  cues: [HELP],
  meant(clause) {
    const span = cue(clause, HELP);
    const { text, reading } = clause;
    if (!span || text.replace(/[\p{P}\s]/gu, '').length > 24 || /进展|进度|整改|热线|平台|情况/.test(text)) return null;
    if (
      clause.items.some(({ how }) => how !== 'gist') ||
      clause.enterprises.length > 0 ||
      (reading.chat === 'group' && !/^\s*(?:帮助|help|怎么用|使用说明)|助手|机器人/i.test(text))
    )
      return null;
    if (/帮助(?!我)/.test(text) && text.replace(/[\p{P}\s]/gu, '').length > 8 && !/怎么|咋|什么/.test(text))
      return null;
    if (TALK_TOLD.test(text)) return null;
    return act(span, /不[大太]?会用|怎么用|咋用|能干|能做|功能/.test(text) && text.length <= 16 ? 2.6 : 1.8, {});
  },
  execute: async ({ offers }) => ({ kind: 'helped', changed: false, offers: offers() }),
  reply: ({ offers }) =>
    [
      '您现在可以这样说，照着打字就行：',
      ...offers.slice(0, MOST).map(({ title, sentence }) => `${title}：“${sentence}”`),
    ].join('\n'),
  buttons: ({ offers }, chat) =>
    (chat === 'group' ? IN_GROUP : offers.filter(({ tappable }) => tappable).map(({ sentence }) => sentence))
      .slice(0, MOST_BUTTONS)
      .map((says) => ({ label: says, says })),
  // What one may say tells what awaits one; a group hears the way only (G10).
  inGroup: () => '直接说要办的事就行，如“签到”“我的台账”。您能说的已私信发给您。',
});
