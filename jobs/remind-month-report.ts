import { addWorkdays, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { HEADS } from '#bot/domain/groups.ts';
import { askedByHour, closingDay, monthInWords, monthOf } from '#bot/domain/month.ts';
import { emptyParts, SUBORDINATE } from '#bot/domain/month-parts.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from '#bot/store/db.ts';
import { handInsLeft } from '#bot/store/month.ts';
import { markHourOf, reviewOf } from '#bot/store/month-hand-in.ts';
import { saidIn } from '#bot/store/month-lines.ts';
import { toldOf } from '#bot/store/standing.ts';

/** 月度总结催报: heads of units that have not handed in hear of it three workdays before the closing day, one before, and on it; on the last afternoon the heads' group hears which units those are (R45, J20). */
export default defineJob({
  name: 'remind-month-report',
  title: '月度总结提醒',
  rule: '每月28日（休息日则前一个工作日）前3个工作日09:00、前1个工作日16:00、当日09:00和15:00（15:00同时发负责人群）',
  graceMs: 6 * HOUR_MS,
  calendar: {
    of: 'everybody',
    title: (slot) => (timeOf(slot) === '15:00' ? '月度台账上报最后提醒' : '月度台账上报提醒'),
  },
  slotsOn(day) {
    const last = closingDay(monthOf(day));
    if (day === last) return [instantAt(day, '09:00'), instantAt(day, '15:00')];
    if (day === addWorkdays(last, -1)) return [instantAt(day, '16:00')];
    return day === addWorkdays(last, -3) ? [instantAt(day, '09:00')] : [];
  },

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const isLast = timeOf(slot) === '15:00';
    const told = await toldOf(tx, instantAt(`${month}-01`, '00:00'), slot);
    const said = await saidIn(tx, month);
    const handIns = await handInsLeft(tx, world, month);
    const units = handIns.map(({ unit }) => unit);
    const lacking = await lackingOf(tx, units, month);
    const hour = askedByHour(await markHourOf(tx, month));
    const notices = handIns.flatMap(({ unit: { code, name, head }, items, carried }): JobNotice[] => {
      if (head === null) return [];
      const left = items.filter((item) => !told.has(item.code) && !said.has(item.code)).length;
      const missing = lacking.get(code) ?? [];
      const parts = missing.length > 0 ? `局属单位请一并写明${inARow(missing)}。` : '';
      const last = isLast ? '今日截止，' : '';
      const text = `${last}请${name}于${Number(month.slice(5))}月28日${hour}时前完成${monthInWords(month)}工作台账上报（当前未报事项${left}项${carried > 0 ? `，未办结事项中上月遗留${carried}项` : ''}）。${parts}回复“报台账”逐项填报，或“${monthInWords(month)}总结：”加内容即可报送。`;
      return [toMember(head, text)];
    });
    return isLast && units.length > 0 ? [...notices, toHeads(month, hour, units)] : notices;
  },
});

/** What each 局属单位 has not told of its review yet (R62). */
async function lackingOf(tx: Tx, units: WorldDepartment[], month: string): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>();
  for (const { code, kind } of units)
    if (kind === SUBORDINATE) all.set(code, emptyParts(await reviewOf(tx, code, month)));
  return all;
}
const inARow = (parts: readonly string[]): string => parts.join('、').replace(/、([^、]+)$/, '和$1');

/** Units, nobody's name; where the client shows it, what is urgent stands out. */
function toHeads(month: string, hour: number, units: { name: string }[]): JobNotice {
  const [what, names] = [`${monthInWords(month)}总结今天${hour}时截止`, units.map(({ name }) => name).join('、')];
  const content = `**${what}**\n还有<font color="warning">${units.length}个科室（单位）</font>未报：${names}`;
  const text = `${what}，还有${units.length}个科室（单位）未报：${names}。`;
  return { to: { kind: 'groups', audience: HEADS }, text, style: { markup: { as: 'markdown', content } } };
}
