import { addDays, dayOf, instantAt, isWorkday, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { has } from '#bot/permission.ts';

// Five workdays never take longer; what is older was told long ago.
const LOOKS_BACK_DAYS = 31;

/** 逾期升级: one workday after the deadline the owner and the head hear of it, after three the leader, after five the chief (R41). */
export default defineJob({
  name: 'escalate-overdue',
  title: '逾期升级',
  rule: '工作日08:30，逾期第1、3、5个工作日',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const late = await tx.ledgerItem.findMany({
      where: {
        acceptedAt: null,
        completedAt: null,
        deadline: { lt: today, gte: addDays(today, -LOOKS_BACK_DAYS) },
        endedAt: null,
      },
      orderBy: { no: 'asc' },
    });
    const chief = world.members.find((member) => has(member, 'chief'))?.id;
    return late.flatMap(({ no, title, deadline, departmentCode, leaderId, ownerId }) => {
      const overdue = -workdaysUntil(today, workdayUpTo(deadline));
      const unit = world.departments.find(({ code }) => code === departmentCode);
      const rungs: Record<number, (string | null | undefined)[]> = {
        1: [ownerId, unit?.head],
        3: [leaderId],
        5: [chief],
      };
      const told = new Set((rungs[overdue] ?? []).filter((id) => id !== null && id !== undefined));
      const text = `${unit?.name ?? ''}${no}号台账《${title}》已逾期${overdue}个工作日，请说明原因并提出完成时间。`;
      return [...told].map((id) => ({ to: { kind: 'user' as const, id }, text }));
    });
  },
});
