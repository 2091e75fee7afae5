import { z } from 'zod';
import { addDays, dayOf, instantAt } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { lastOf, monthInWords, monthOf } from '#bot/domain/month.ts';
import { countsOf, doneInWords } from '#bot/domain/study-board.ts';
import { KINDS } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { anyone } from '#bot/permission.ts';
import { monthBoard } from '#bot/store/month-board.ts';
import { speechesBy } from '#bot/store/speeches.ts';

type Shown = Outcome & { kind: 'shown'; month: string; units: string[]; done: string; spoken: string; led: string };

const BOARD =
  /^\s*(?:请|帮我)?(?:查|查看|看|看看|统计)?(?:一下)?[^，。]{0,8}(?:讲谈议读写|讲谈议写|讲谈读写)(?:活动)?(?:情况|统计|看板|进度|开展情况)?[^，。]{0,6}[?？。]?\s*$/;

/** 讲谈议读写: what each unit held in a month, at least one of any kind (R27), and how many of 科级 and above have spoken (R19). */
export default defineHandler({
  name: 'query.activities',
  title: '讲谈议读写',
  examples: ['讲谈读写', '五月份讲谈议写情况'],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [BOARD],
  meant(clause) {
    if (!cue(clause, BOARD) || /安排|组织|开展一次|要求/.test(clause.text)) return null;
    const { today } = clause.reading;
    return act(clause, 2.6, { month: monthIn(clause.text, today) ?? today.slice(0, 7) });
  },

  async execute({ input, message, world, tx }): Promise<Shown> {
    const board = await monthBoard(tx, input.month, world);
    const asked = board.some(({ demanded }) => demanded.length > 0);
    const rows = board.map(({ counts, total, lacks }) => ({
      ...{ counts: KINDS.map((kind) => counts[kind] ?? 0), total },
      ...(asked && { lacks }),
    }));
    const today = dayOf(message.sentAt);
    const day = input.month < monthOf(today) ? lastOf(input.month) : today;
    const { spoken, silent } = await speechesBy(tx, day);
    const at = {
      gte: instantAt(`${input.month}-01`, '00:00'),
      lt: instantAt(addDays(lastOf(input.month), 1), '00:00'),
    };
    const links = await tx.studyLink.findMany({ where: { at, undoneAt: null, confirmedBy: { not: null } } });
    const led = (to: string) => links.filter(({ toKind }) => toKind === to).length;
    return {
      led: `由学习转化问题${led('problem')}条、措施${led('ledger')}条`,
      ...{ kind: 'shown', changed: false, month: input.month, done: doneInWords(rows) },
      units: board.map(({ unit, demanded }, index) => {
        const row = rows[index];
        const asked = demanded.length > 0 ? `（要求${demanded.join('、')}）` : '';
        return row ? `${unit.name}${countsOf(row)}${asked}` : unit.name;
      }),
      spoken: `${spoken.length}/${spoken.length + silent.length}`,
    };
  },

  reply: ({ month, units, done, spoken, led }) =>
    [
      `${monthInWords(month)}讲谈议读写：${done}。`,
      ...units.map((one) => `${one}。`),
      `科级及以上干部已讲/应讲：${spoken}；${led}。`,
    ].join('\n'),
  inGroup: ({ month, done }) => `${monthInWords(month)}讲谈议读写：${done}。`,
});
