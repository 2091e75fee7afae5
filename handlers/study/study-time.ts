import { z } from 'zod';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { periodIn } from '#bot/language/slots/day.ts';
import { anyone } from '#bot/permission.ts';

const TIME =
  /学习?(?:了|过)?(?:多长|多久|多少(?:个)?(?:小时|分钟|时间|课时|学时)|几[个]?(?:小时|钟头))|学习?时[长间]|自学(?:了)?(?:多|几|时|情况|记录|累计)|学时/;

/** 查看学习时长 */
export default defineHandler({
  name: 'query.study',
  title: '查看学习时长',
  examples: ['我这个月学了多长时间'],
  offers: () => ['我这个月学了多长时间'],
  input: z.object({ member: z.string().optional(), from: day.optional(), to: day.optional() }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const span = cue(clause, TIME);
    const { mood, reading, text } = clause;
    if (!span || !(mood.asks || /看|查|调|列|给我|我的|记录|情况|多少|几|统计/.test(text))) return null;
    const [member] = others(clause);
    const [day] = clause.days('behind');
    const campaign = /活动(?:开展)?以来|开展以来/.test(text) ? reading.world.campaign : null;
    const period =
      (campaign ? { from: campaign.from, to: reading.today } : null) ??
      periodIn(text, reading.today) ??
      (day ? { from: day.day, to: day.day } : null);
    return act(span, 2.6, { ...(member && { member: member.id }), ...period });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
