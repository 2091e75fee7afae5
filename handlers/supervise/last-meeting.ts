import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';

const MEETING = '(?:汇报会|月初例会|工作例会)';
const ASKS = new RegExp(
  `${MEETING}(?:上)?(?:都|到底)?(?:议定|定|决定|议|研究|布置|安排)(?:了|过|的)?(?:些)?(?:什么|啥|哪[些几]|几[件项])|${MEETING}(?:的)?(?:议定事项|会议纪要|纪要|议定|决定|决议)(?:是什么|有哪些|呢|给我看看?|发我(?:一份)?|看看)?[。？?！!\\s]*$`,
);
type Shown = Outcome & { kind: 'shown' | 'none'; heldOn: string; attended: number | null; decisions: string };

/** 汇报会议定事项: what the last meeting, or that of a month, decided, word for word as it was recorded (R61). */
export default defineHandler({
  name: 'query.meeting',
  title: '查看汇报会议定事项',
  examples: [
    ...['上次汇报会议定了什么', '汇报会定了哪些', '上次汇报会定了啥', '4月汇报会议定了什么', '汇报会议定事项'],
    ...['看看上次汇报会纪要', '汇报会纪要', '上个月汇报会定了什么', '月初例会定了什么', '汇报会上研究了什么'],
    ...['汇报会议定事项有哪些', '汇报会纪要发我一份', '上次例行的汇报会决定了什么', '汇报会上布置了什么'],
    ...['四月份汇报会纪要'],
  ],
  input: z.object({ month: month.optional() }),
  reads: true,
  allow: { doneBy: '活动办或局领导', permits: ({ actor }) => has(actor, 'office', 'chief', 'leader') },

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    if (!cue(clause, ASKS) || clause.reading.chat !== 'direct' || clause.mood.plans) return null;
    const of = monthIn(clause.text, clause.reading.today);
    return act(clause, 3.3, of ? { month: of } : {});
  },

  async execute({ input, message, tx }): Promise<Shown> {
    const of = input.month;
    const meeting = await tx.meeting.findFirst({
      where: {
        ...{ undoneAt: null, at: { lte: message.sentAt } },
        ...(of && { heldOn: { gte: `${of}-01`, lte: `${of}-31` } }),
      },
      orderBy: { heldOn: 'desc' },
    });
    return meeting
      ? { kind: 'shown', changed: false, ...meeting }
      : { kind: 'none', changed: false, heldOn: '', attended: null, decisions: '' };
  },

  reply({ kind, heldOn, attended, decisions }) {
    if (kind === 'none') return '没有汇报会的记录。记录请发“5月3日汇报会纪要：到会14人。议定：一是……，二是……。”';
    return `${dayInWords(heldOn)}汇报会${attended === null ? '' : `，到会${attended}人`}，议定：${decisions}`;
  },
});
