import { dayOf, instantAt, isWorkday, workdaysUntil } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';

const WAITS = 2;
const DECISIONS = ['ledger.decide_target', 'ledger.decide_extension', 'ledger.decide_milestone'];

/** 调整待批提醒: another target, term or 时间节点 that was asked for and not decided within two workdays, once (R47). */
export default defineJob({
  name: 'chase-changes',
  title: '调整待批提醒',
  rule: '工作日08:30，目标、时限、节点调整申请满2个工作日未决定的，提醒审批人',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx }) {
    const today = dayOf(slot);
    const waiting = await tx.question.findMany({
      where: { handler: { in: DECISIONS }, byId: { not: null }, closedAt: null, askedAt: { lt: slot } },
      orderBy: { id: 'asc' },
      select: { personId: true, title: true, askedAt: true },
    });
    return waiting
      .filter(({ askedAt }) => workdaysUntil(dayOf(askedAt), today) === WAITS)
      .map(({ personId, title }): JobNotice => {
        const text = `待您审批已满${WAITS}个工作日：${title}。请回复“同意”或“不同意”。`;
        return { to: { kind: 'user', id: personId }, text };
      });
  },
});
