import { z } from 'zod';
import { month } from '#bot/command.ts';
import { monthTitle } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { paperAsked } from '#bot/language/paper-asked.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { has } from '#bot/permission.ts';
import { statisticsSheet } from '#bot/store/study-sheets.ts';

type Printed = Outcome & { kind: 'printed'; month: string; sheet: PrintedSheet; to: string };

const SHEET = /学习(?:情况)?统计(?:表|报表)/;

/** 学习情况统计表: a month's study by unit as xlsx; counts, nobody's name (requirements 3.2, R97). */
export default defineHandler({
  name: 'study.sheet',
  title: '学习情况统计表',
  examples: ['5月份学习情况统计表', '导出上月学习统计表'],
  input: z.object({ month }),
  reads: true,
  allow: {
    doneBy: '活动办、局领导或科室负责人',
    permits: ({ actor }) => has(actor, 'office', 'chief', 'leader', 'head'),
  },

  over: 'message',
  cues: [SHEET],
  meant(clause) {
    if (!paperAsked(clause, SHEET, true)) return null;
    const { today } = clause.reading;
    return act(clause, 3, { month: monthIn(clause.text, today) ?? today.slice(0, 7) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Printed> {
    const sheet = await statisticsSheet(tx, world, input.month, message.sentAt);
    return { kind: 'printed', changed: false, month: input.month, sheet, to: actor.id };
  },

  reply: ({ month: asked }) => `学习情况统计表随后发来：${monthTitle(asked)}，按科室（单位）统计，A4横向。`,
  notify: ({ to, sheet, month: asked }) => [
    {
      ...{ to, text: '' },
      paper: { kind: 'file', drawnBy: 'printed-sheet', name: `${monthTitle(asked)}学习情况统计表.xlsx`, facts: sheet },
    },
  ],
});
