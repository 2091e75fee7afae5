import { addDays, dayInWords, dayOf, instantAt, isWorkday, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';

const WORKDAYS_BEFORE = [7, 3, 1, 0];
// Seven workdays never take longer, the longest holidays among them.
const LOOKS_AHEAD_DAYS = 31;

/** 台账到期提醒: owners hear of items due in seven, three, one workdays and today (R41, J08). */
export default defineJob({
  name: 'remind-ledger-due',
  title: '台账到期提醒',
  rule: '工作日08:30，到期前7、3、1个工作日及当日',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx }) {
    const today = dayOf(slot);
    const open = await tx.ledgerItem.findMany({
      where: {
        acceptedAt: null,
        completedAt: null,
        ownerId: { not: null },
        deadline: { gte: today, lte: addDays(today, LOOKS_AHEAD_DAYS) },
        endedAt: null,
      },
      orderBy: { deadline: 'asc' },
    });
    return open.flatMap(({ no, title, deadline, percent, ownerId }) => {
      // What falls on a rest day has to be done on the workday before.
      const left = workdaysUntil(today, workdayUpTo(deadline));
      if (!ownerId || !WORKDAYS_BEFORE.includes(left)) return [];
      const when = left === 0 ? '今日到期' : `${dayInWords(deadline)}到期，还有${left}个工作日`;
      const progress = percent === null ? '未报进度' : `当前进度${percent}%`;
      return [
        {
          to: { kind: 'user' as const, id: ownerId },
          text: `${no}号台账《${title}》${when}，${progress}，请抓紧办理并反馈进展。`,
        },
      ];
    });
  },
});
