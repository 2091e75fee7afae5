import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { calendarInWords, type Entry } from '#bot/domain/month-calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { anyone } from '#bot/permission.ts';
import { monthEntries, readerOf, spanOf } from '#bot/store/month-calendar.ts';

type Shown = Outcome & {
  kind: 'shown' | 'outside';
  month: string;
  campaign: string;
  entries: Entry[];
};

const CALENDAR = new RegExp(
  `^\\s*(?:请|麻烦|帮我|我想?|我要)?(?:看看?|看一?下|查看?|查一?下|查询|发一?下|列出?)?(?:一下)?(?:${MONTH})?(?:的)?(?:活动办?|一创双优|创优)?(?:的)?(?:日程|活动时间节点|月历|活动日历)(?:安排|表|计划)?(?:[:：\\s]*${MONTH})?(?:是什么|有哪些|有什么|给我|发我)?[?？。!！]?\\s*$`,
);

/** 日程: what the campaign has in a month, by the rules, by the office, and of the own unit (R64). */
export default defineHandler({
  name: 'query.calendar',
  title: '活动日程',
  examples: [
    ...['日程', '本月日程', '下月日程', '7月日程', '7月份日程', '查看日程', '看看下个月的日程', '活动日程'],
    ...[
      '本月活动日程安排',
      '日程表',
      '查一下6月日程',
      '日程 7月',
      '活动时间节点',
      '6月份活动时间节点',
      '下个月活动日程',
    ],
    ...['发一下日程表', '本月日程有哪些'],
  ],
  offers: () => ['本月日程'],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [CALENDAR],
  meant(clause) {
    if (!cue(clause, CALENDAR)) return null;
    const { today } = clause.reading;
    return act(clause, 3, { month: monthIn(clause.text, today) ?? monthOf(today) });
  },

  async execute({ input, actor, message, world, duties, tx }): Promise<Shown> {
    const span = spanOf(input.month, world);
    const { from = '', to = '' } = world.campaign ?? {};
    const common = { changed: false, month: input.month, campaign: `${from}至${to}` };
    if (!span) return { kind: 'outside', ...common, entries: [] };
    const known = { duties: duties(span.from, span.to), reader: readerOf(actor, world) };
    const entries = await monthEntries(tx, world, span, known);
    return {
      kind: 'shown',
      ...common,
      entries: entries.filter(({ day }) => day >= firstShown(input.month, message.sentAt)),
    };
  },

  reply({ kind, month: asked, entries, campaign }) {
    if (kind === 'outside') return `${monthInWords(asked)}不在活动时间（${campaign}）内，没有日程。`;
    const words = calendarInWords(asked, entries);
    return `${words}\n要文件请发“导出日程 ${Number(asked.slice(5))}月”。`;
  },
  // It holds the asker's own units and steps of the office: never for a group (G10).
  inGroup: () => '活动日程已私信发给您。',
});

/** What is past of the running month is of no use any more; a month asked for that is over is shown whole. */
const firstShown = (asked: string, now: Date): string => (asked === monthOf(dayOf(now)) ? dayOf(now) : `${asked}-01`);
