import { dayOf, instantAt } from '#bot/calendar.ts';
import { monthClosedBy, monthDigestedOn, monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import { has } from '#bot/permission.ts';
import { monthReports } from '#bot/store/month.ts';

/**
 * 月度总结截止: the month closes on the 28th at midnight; on the workday after it the office hears who is late or
 * missing, and every leader the same of the own line (R45, J21, J22).
 */
export default defineJob({
  name: 'close-month-report',
  title: '月度总结截止',
  rule: '每月28日24时截止，之后第一个工作日09:00通报未报单位',
  graceMs: 24 * HOUR_MS,
  slotsOn: (day) => (monthDigestedOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthClosedBy(dayOf(slot));
    // Nobody had to hand in what ended before the campaign began.
    if (world.campaign && month < monthOf(world.campaign.from)) return [];
    const reports = await monthReports(tx, month);
    const textFor = (units: WorldDepartment[]): string => {
      const missing = units.filter(({ code }) => !reports.has(code)).map(({ name }) => name);
      const late = units.filter(({ code }) => reports.get(code)?.late).length;
      const onTime = units.length - missing.length - late;
      const names = missing.length > 0 ? `：${missing.join('、')}` : '';
      return `${monthInWords(month)}总结已于${Number(month.slice(5))}月28日24时截止：应报${units.length}个科室（单位），按时${onTime}个，逾期${late}个，未报${missing.length}个${names}。`;
    };
    const office = world.members
      .filter((member) => has(member, 'office'))
      .map(({ id }) => ({ id, units: world.departments }));
    const leaders = world.members
      .filter((member) => has(member, 'leader') && !has(member, 'office'))
      .map(({ id }) => ({ id, units: world.departments.filter(({ leader }) => leader === id) }))
      .filter(({ units }) => units.some(({ code }) => !reports.has(code)));
    return [...office, ...leaders].map(({ id, units }) => ({
      to: { kind: 'user' as const, id },
      text: textFor(units),
    }));
  },
});
