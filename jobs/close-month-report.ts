import { dayOf, instantAt } from '#bot/calendar.ts';
import { HEADS } from '#bot/domain/groups.ts';
import { monthClosedBy, monthDigestedOn, monthInWords, monthOf } from '#bot/domain/month.ts';
import { exemptInWords } from '#bot/domain/month-facts.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import { has } from '#bot/permission.ts';
import { exemptFrom, monthReports } from '#bot/store/month.ts';

/**
 * 月度总结截止: the month closes on the 28th at midnight; on the workday after it the office hears who is late or
 * missing, every leader the same of the own line, and the heads' group all of it: units, no names (R45, J21, J22).
 */
export default defineJob({
  name: 'close-month-report',
  title: '月度总结截止',
  rule: '每月28日24时截止，之后第一个工作日09:00通报未报单位，发活动办、分管领导和负责人群',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'everybody', title: () => '月度总结报送情况通报' },
  slotsOn: (day) => (monthDigestedOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthClosedBy(dayOf(slot));
    // Nobody had to hand in what ended before the campaign began.
    if (world.campaign && month < monthOf(world.campaign.from)) return [];
    const reports = await monthReports(tx, month);
    const freed = await exemptFrom(tx, month);
    const isExempt = ({ code }: WorldDepartment): boolean => freed.has(code) && !reports.has(code);
    const textFor = (all: WorldDepartment[]): string => {
      const units = all.filter((unit) => !isExempt(unit));
      const missing = units.filter(({ code }) => !reports.has(code)).map(({ name }) => name);
      const late = units.filter(({ code }) => reports.get(code)?.late).length;
      const onTime = units.length - missing.length - late;
      const names = missing.length > 0 ? `：${missing.join('、')}` : '';
      return `${monthInWords(month)}总结已于${Number(month.slice(5))}月28日24时截止：应报${units.length}个科室（单位），按时${onTime}个，逾期${late}个，未报${missing.length}个${names}${exemptInWords(all.filter(isExempt).map(({ name }) => name))}。`;
    };
    const office = world.members
      .filter((member) => has(member, 'office'))
      .map(({ id }) => ({ id, units: world.departments }));
    const leaders = world.members
      .filter((member) => has(member, 'leader') && !has(member, 'office'))
      .map(({ id }) => ({ id, units: world.departments.filter(({ leader }) => leader === id) }))
      .filter(({ units }) => units.some((unit) => !reports.has(unit.code) && !isExempt(unit)));
    const markup = { as: 'markdown_v2' as const, content: tableOf(month, world.departments, reports, isExempt) };
    return [
      ...[...office, ...leaders].map(
        ({ id, units }): JobNotice => ({ to: { kind: 'user', id }, text: textFor(units) }),
      ),
      { to: { kind: 'groups', audience: HEADS }, text: textFor(world.departments), style: { markup } },
    ];
  },
});

type Reports = Awaited<ReturnType<typeof monthReports>>;

/** The same as a table, where the group's client shows one. */
function tableOf(
  month: string,
  units: WorldDepartment[],
  reports: Reports,
  isExempt: (unit: WorldDepartment) => boolean,
): string {
  const state = (unit: WorldDepartment): string => {
    const report = reports.get(unit.code);
    return report ? (report.late ? '逾期' : '按时') : isExempt(unit) ? '免报' : '未报';
  };
  const rows = units.map((unit) => `| ${unit.name} | ${state(unit)} |`);
  return [`**${monthInWords(month)}总结报送情况**`, '', '| 科室（单位） | 报送 |', '| --- | --- |', ...rows].join('\n');
}
