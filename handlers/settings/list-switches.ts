import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { SWITCHES, switchedOn } from '#bot/domain/switches.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { switchChanges } from '#bot/store/setting.ts';

type Shown = Outcome & { kind: 'shown'; lines: string[] };

const LIST =
  /^\s*(?:请|帮我|我要)?(?:查看?|看看?|列出?)?(?:一下)?(?:减负|受限)?(?:合规)?(?:功能)?开关(?:设置|状态|情况|列表)?[。！!]?\s*$/;

/** 开关状态: every restricted function, whether it is on, since when, why and who agreed (R97). */
export default defineHandler({
  name: 'setting.list',
  title: '开关状态',
  examples: ['开关状态'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LIST],
  meant: (clause) => (cue(clause, LIST) ? act(clause, 3, {}) : null),

  async execute({ message, world, tx }): Promise<Shown> {
    const lines = (await switchChanges(tx)).map(([key, own]) => {
      const { name, does } = SWITCHES[key];
      const now = switchedOn(own, dayOf(message.sentAt));
      if (!now) return `${name}：关闭（${does}）。`;
      const by = world.members.find(({ id }) => id === now.approvedBy)?.name ?? '局主要领导';
      const span = `${dateInWords(dayOf(now.approvedAt ?? now.at))}起${now.until ? `至${dateInWords(now.until)}` : '，没有写明期限'}`;
      return `${name}：开启（${does}），${span}，理由：${now.reason}，批准人：${by}。`;
    });
    return { kind: 'shown', changed: false, lines };
  },

  reply: ({ lines }) => ['减负合规开关，默认全部关闭：', ...lines].join('\n'),
});
