import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf, monthTitle } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import type { Paper } from '#bot/message.ts';
import { anyone } from '#bot/permission.ts';
import { monthEntries, readerOf, spanOf } from '#bot/store/month-calendar.ts';
import { officeName } from '#bot/store/office.ts';

type Sent = Outcome & { kind: 'sent' | 'empty'; month: string; papers: Paper[]; to: string };

const EXPORTS = new RegExp(
  `^\\s*(?:请|帮我)?(?:导出|下载|打印)(?:一下)?[:：\\s]*(?:${MONTH})?(?:的)?(?:活动)?(?:的)?(?:日程|活动时间节点)(?:表|安排|文件)?[:：\\s]*(?:${MONTH})?[。.!！\\s]*$`,
);
const KINDS = { rule: '制度规定', node: '活动办安排', session: '集中学习', item: '台账到期' };

/** 导出日程: a month's calendar as a sheet to print and as a file other calendars take in (R64). */
export default defineHandler({
  name: 'calendar.export',
  title: '导出日程',
  examples: [
    ...['导出日程', '导出日程 7月', '导出7月日程', '导出下月日程', '导出本月活动日程', '导出7月份日程表', '下载日程表'],
    ...[
      '打印本月日程',
      '请导出日程',
      '帮我导出6月日程',
      '导出日程安排',
      '导出日程：8月',
      '打印日程表',
      '下载下个月日程',
    ],
    ...['导出活动时间节点', '导出日程文件'],
  ],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [EXPORTS],
  meant(clause) {
    if (!cue(clause, EXPORTS)) return null;
    const { today } = clause.reading;
    return act(clause, 3.4, { month: monthIn(clause.text, today) ?? monthOf(today) });
  },

  async execute({ input, actor, message, world, duties, tx }): Promise<Sent> {
    const span = spanOf(input.month, world);
    const common = { month: input.month, to: actor.id };
    const known = span && { duties: duties(span.from, span.to), reader: readerOf(actor, world) };
    const entries = span && known ? await monthEntries(tx, world, span, known) : [];
    if (entries.length === 0) return { kind: 'empty', changed: false, ...common, papers: [] };
    const title = `${await officeName(tx)}${monthTitle(input.month)}活动日程`;
    const rows = entries.map(({ day, time, title: what, kind }, index) => [
      ...[index + 1, dayInWords(day), time, what, KINDS[kind]],
    ]);
    const sheet = {
      ...{ name: '日程', title, left: '局活动办', right: `填表日期：${dayInWords(dayOf(message.sentAt))}` },
      ...{ landscape: false, summed: false, madeOn: dayOf(message.sentAt), rows },
      columns: [
        { heading: '序号', width: 6, centred: true },
        { heading: '日期', width: 20 },
        { heading: '时间', width: 8, centred: true },
        { heading: '事项', width: 48 },
        { heading: '来源', width: 14 },
      ],
      below: ['遇休息日已按规定提前或顺延。'],
    };
    const papers: Paper[] = [
      { kind: 'file', drawnBy: 'printed-sheet', name: `${monthTitle(input.month)}活动日程.xlsx`, facts: sheet },
      {
        ...{ kind: 'file', drawnBy: 'calendar-file', name: `${monthTitle(input.month)}活动日程.ics` },
        facts: { madeAt: message.sentAt.toISOString(), entries },
      },
    ];
    return { kind: 'sent', changed: false, ...common, papers };
  },

  reply: ({ kind, month: asked }) =>
    kind === 'empty'
      ? `没有导出：${monthInWords(asked)}没有日程，没有生成空文件。`
      : `${monthInWords(asked)}日程表（xlsx）和日历文件（ics）随后私下发给您。`,
  inGroup: ({ kind }) => (kind === 'sent' ? '文件已私下发给您。' : '没有导出，原因已私下发给您。'),
  notify: ({ papers, to }) => papers.map((paper) => ({ to, text: '', paper })),
});
