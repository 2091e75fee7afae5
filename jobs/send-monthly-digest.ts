import { dayOf, instantAt } from '#bot/calendar.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { monthDigestedOn } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { attendanceOf } from '#bot/store/attendance.ts';

/** 月度简报: on the first workday after the 28th every group hears the month's figures, no person's name among them (R92). */
export default defineJob({
  name: 'send-monthly-digest',
  title: '月度简报',
  rule: '每月28日后第一个工作日09:00，发到各群',
  graceMs: 24 * HOUR_MS,
  slotsOn: (day) => (monthDigestedOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    // Run by hand on another day it reports on the month up to then.
    const month = monthDigestedOn(dayOf(slot)) ?? dayOf(slot).slice(0, 7);
    const first = instantAt(`${month}-01`, '00:00');
    const cutOff = new Date(Math.min(instantAt(`${month}-28`, '18:00').getTime(), slot.getTime()));
    const sessions = await tx.session.findMany({ where: { start: { gte: first }, end: { lte: cutOff } } });
    let expected = 0;
    let came = 0;
    for (const session of sessions) {
      const attendance = await attendanceOf(tx, session, world.members);
      expected += attendance.expected;
      came += attendance.came;
    }

    const items = await tx.ledgerItem.findMany();
    const today = dayOf(cutOff);
    const count = (status: string) => items.filter((item) => statusOf(item, today) === status).length;
    const late = world.departments
      .map(({ code, name }) => ({
        name,
        overdue: items.filter((item) => item.departmentCode === code && statusOf(item, today) === 'overdue').length,
      }))
      .filter(({ overdue }) => overdue > 0)
      .sort((one, other) => other.overdue - one.overdue);

    const [, number] = month.split('-').map(Number);
    const rate = (part: number, whole: number) =>
      whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%（${part}/${whole}）`;
    const lines = [
      `“一创双优”活动${number}月份工作简报`,
      `截至${number}月${Number(today.slice(8))}日${cutOff.getTime() === slot.getTime() ? '' : '18时'}，`,
      `一、学习：集中学习${sessions.length}次，到会率${rate(came, expected)}。`,
      `二、台账：共${items.length}项，已验收${rate(count('done'), items.length)}，待验收${count('awaiting_acceptance')}项，推进中${count('in_progress')}项，未报${count('not_started')}项，逾期${count('overdue')}项。`,
      late.length === 0
        ? '三、关注：没有逾期事项。'
        : `三、关注：${late
            .slice(0, 3)
            .map(({ name, overdue }) => `${name}逾期${overdue}项`)
            .join('，')}。`,
    ];
    return [{ to: { kind: 'groups' }, text: lines.join('\n') }];
  },
});
