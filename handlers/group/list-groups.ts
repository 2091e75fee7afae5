import { z } from 'zod';
import { audienceInWords } from '#bot/domain/groups.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';

const LIST =
  /^\s*(?:请|帮我)?(?:查看?|看看?|列出?)?(?:一下)?(?:群聊?(?:设置|绑定|列表|名单)(?:情况)?|(?:现在)?(?:有|绑定了)(?:哪些|什么)群)[。.？?！!\s]*$/;

/** 群设置: the groups the office speaks in, whom each is for, and how it is reached. */
export default defineHandler({
  name: 'group.list',
  title: '群设置',
  examples: ['群设置'],
  input: z.object({}),
  reads: true,
  allow: { doneBy: '活动办或系统管理员', permits: ({ actor }) => has(actor, 'office', 'admin') },

  over: 'message',
  cues: [LIST],
  meant: (clause) =>
    cue(clause, LIST) && clause.reading.chat === 'direct' ? act({ start: clause.start, end: clause.end }, 3, {}) : null,

  async execute({ tx, world }) {
    const rows = await tx.groupChat.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } });
    const lines = rows.map(({ name, audience, chatid, webhook, robotChat }) => {
      const ways = [chatid && '应用群聊', webhook && '群机器人', robotChat && '智能机器人'].filter(Boolean);
      const whom = audienceInWords(audience, world.departments);
      return `${name}：对象${whom}，${ways.length > 0 ? ways.join('、') : '按配置的群机器人'}。`;
    });
    return { kind: 'shown', changed: false, lines };
  },

  reply: ({ lines }) =>
    lines.length === 0
      ? '还没有绑定群，通知发到配置里的各群。请在群里@我说“本群绑定为负责人群”，或回复“新建负责人群”。'
      : [`已绑定${lines.length}个群，未绑定的按群名判断对象：`, ...lines].join('\n'),
});
