import { dayOf, instantAt } from '#bot/calendar.ts';
import { HEADS } from '#bot/domain/groups.ts';
import { monthClosedBy, monthDigestedOn, monthInWords, monthOf } from '#bot/domain/month.ts';
import { exemptInWords } from '#bot/domain/month-facts.ts';
import { type HandInState, handInStandingOf } from '#bot/domain/month-standing.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import { has, officeIds } from '#bot/permission.ts';
import { handInStates } from '#bot/store/month.ts';
import { markHourOf } from '#bot/store/month-hand-in.ts';

type StateOf = (code: string) => HandInState;

/**
 * 月度总结截止: the month closes on the 28th at midnight, or at the hour the office set; on the workday after it the office
 * hears who is late or missing, every leader the same of the own line, and the heads' group all of it: units, no names
 * (R45, J21, J22).
 */
export default defineJob({
  name: 'close-month-report',
  title: '月度总结截止',
  rule: '每月28日24时（可设）截止，之后第一个工作日09:00通报未报单位，发活动办、分管领导和负责人群',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'everybody', title: () => '月度总结报送情况通报' },
  slotsOn: (day) => (monthDigestedOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthClosedBy(dayOf(slot));
    // Nobody had to hand in what ended before the campaign began.
    if (world.campaign && month < monthOf(world.campaign.from)) return [];
    const stateOf = await handInStates(tx, month);
    const hour = await markHourOf(tx, month);
    const office = officeIds(world).map((id) => ({ id, units: world.departments }));
    const leaders = world.members
      .filter((member) => has(member, 'leader') && !has(member, 'office'))
      .map(({ id }) => ({ id, units: world.departments.filter(({ leader }) => leader === id) }))
      .filter(({ units }) => units.some(({ code }) => stateOf(code) === '未报'));
    const markup = { as: 'markdown_v2' as const, content: tableOf(month, world.departments, stateOf) };
    const text = (units: WorldDepartment[]): string => countsInWords(month, hour, units, stateOf);
    return [
      ...[...office, ...leaders].map(({ id, units }): JobNotice => toMember(id, text(units))),
      { to: { kind: 'groups', audience: HEADS }, text: text(world.departments), style: { markup } },
    ];
  },
});

function countsInWords(month: string, hour: number, units: WorldDepartment[], stateOf: StateOf): string {
  const { due, onTime, late, missing, exempt } = handInStandingOf(units, stateOf);
  const names = missing.length > 0 ? `：${missing.map(({ name }) => name).join('、')}` : '';
  return `${monthInWords(month)}总结已于${Number(month.slice(5))}月28日${hour}时截止：应报${due.length}个科室（单位），按时${onTime.length}个，逾期${late.length}个，未报${missing.length}个${names}${exemptInWords(exempt.map(({ name }) => name))}。`;
}

/** The same as a table, where the group's client shows one. */
function tableOf(month: string, units: WorldDepartment[], stateOf: StateOf): string {
  const rows = units.map(({ name, code }) => `| ${name} | ${stateOf(code)} |`);
  return [`**${monthInWords(month)}总结报送情况**`, '', '| 科室（单位） | 报送 |', '| --- | --- |', ...rows].join('\n');
}
