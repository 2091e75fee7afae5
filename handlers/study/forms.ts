import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { quarterOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { formsOf } from '#bot/store/forms.ts';

type Shown = Outcome & { kind: 'shown'; used: string[]; unused: string[]; quarter: string };

const LISTS =
  /^\s*(?:请|帮我)?(?:查|查看|看|看看|列)?(?:一下)?(?:学习|活动)?形式(?:有哪些|情况|统计)?[?？。]?\s*$|^\s*(?:哪些|还有哪些)(?:学习|活动)?形式(?:还)?(?:没|未)(?:开展|用过?|搞)[?？。]?\s*$/;

/** 形式: which forms of study were used this quarter, fixed ones and those the office added (R23). */
export default defineHandler({
  name: 'query.forms',
  title: '学习形式',
  examples: ['形式', '哪些形式还没开展'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LISTS],
  meant: (clause) => (cue(clause, LISTS) ? act(clause, 2.6, {}) : null),

  async execute({ message, tx }): Promise<Shown> {
    const quarter = quarterOf(dayOf(message.sentAt));
    const { used, unused } = await formsOf(tx, quarter);
    return {
      ...{ kind: 'shown', changed: false, quarter: `${Number(quarter.slice(6))}季度`, unused },
      used: used.map(({ name, times }) => `${name}${times}次`),
    };
  },

  reply: ({ used, unused, quarter }) =>
    `${quarter}学习形式共${used.length + unused.length}种，已开展${used.length}种${used.length > 0 ? `：${used.join('、')}` : ''}；未开展${unused.length}种${unused.length > 0 ? `：${unused.join('、')}` : ''}。`,
});
