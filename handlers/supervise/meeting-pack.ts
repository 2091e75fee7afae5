import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { handedInWords } from '#bot/domain/meeting-pack.ts';
import { monthBefore, monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import type { Paper } from '#bot/message.ts';
import { has } from '#bot/permission.ts';
import { meetingPapers } from '#bot/store/meeting-papers.ts';

type Made = Outcome & { kind: 'made' | 'outside'; month: string; words: string; papers: Paper[]; to: string };

const ASKS = new RegExp(
  `^\\s*(?:请|帮我|麻烦|我想?要?)?(?:看看?|查看?|发|要|导出|下载|打印|生成|准备|整理)?(?:一下|一份)?(?:给我|发我)?(?:${MONTH}(?:的)?)?(?:工作|月度)?汇报会(?:的)?(?:会议)?材料(?:[：:\\s]*${MONTH})?(?:给我|发我|发来)?(?:一份)?[。.!！\\s]*$`,
);

/** 汇报会材料: the pack of a month at any time; who has not handed in stands in it as 未报 (R61). */
export default defineHandler({
  name: 'meeting.pack',
  title: '汇报会材料',
  examples: [
    ...['汇报会材料', '4月汇报会材料', '四月份汇报会材料', '上月汇报会材料', '导出汇报会材料', '打印4月汇报会材料'],
    ...['生成汇报会材料', '请准备汇报会材料', '看看上个月的汇报会材料', '要一份汇报会材料', '汇报会材料 4月'],
    ...[
      '下载上月汇报会材料',
      '汇报会材料发我一份',
      '整理一下汇报会材料',
      '查看4月份工作汇报会材料',
      '帮我导出上月汇报会材料',
    ],
  ],
  input: z.object({ month: month.optional() }),
  reads: true,
  allow: { doneBy: '活动办或局主要领导', permits: ({ actor }) => has(actor, 'office', 'chief') },

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    if (!cue(clause, ASKS) || clause.reading.chat !== 'direct') return null;
    const of = monthIn(clause.text, clause.reading.today);
    return act(clause, 3.3, of ? { month: of } : {});
  },

  async execute({ input, actor, message, world, tx }): Promise<Made> {
    const current = monthOf(dayOf(message.sentAt));
    const of = input.month ?? monthBefore(current);
    const begun = world.campaign ? monthOf(world.campaign.from) : of;
    const common = { changed: false, month: of, to: actor.id };
    if (of > current || of < begun) return { kind: 'outside', ...common, words: '', papers: [] };
    const { pack, papers } = await meetingPapers(tx, world, of, message.sentAt);
    return { kind: 'made', ...common, words: handedInWords(pack), papers };
  },

  reply: ({ kind, month: of, words }) =>
    kind === 'outside'
      ? `没有生成：${monthInWords(of)}还没有到，或不在活动时间内，请核对月份。`
      : `${monthInWords(of)}汇报会材料、月报和台账随后发给您。${words}`,
  notify: ({ papers, to }) => papers.map((paper) => ({ to, text: '', paper })),
});
