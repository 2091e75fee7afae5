import { addDays, addWorkdays, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';
import { mondayOf, weekInWords, weekKey, workdaysOfWeek } from '#bot/domain/study-week.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember, toOffice } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from '#bot/store/db.ts';
import { keepWeekResults, unitWeeks } from '#bot/store/study-week.ts';

/**
 * 周学习检查: on the last workday of a week heads of units that have not studied hear of it; on the first workday of the
 * next week the result is kept and the office hears it (R13, J07).
 */
export default defineJob({
  name: 'check-weekly-study',
  title: '周学习检查',
  rule: '每周最后一个工作日16:00提醒未学单位；下周第一个工作日09:00报结果',
  graceMs: 18 * HOUR_MS,
  calendar: { of: 'everybody', title: (slot) => (timeOf(slot) === '16:00' ? '本周学习检查' : null) },
  slotsOn(day) {
    const workdays = isWorkday(day) ? workdaysOfWeek(day) : [];
    return [
      ...(workdays[0] === day ? [instantAt(day, '09:00')] : []),
      ...(workdays.at(-1) === day ? [instantAt(day, '16:00')] : []),
    ];
  },

  run: ({ slot, tx, world }) => (timeOf(slot) < '12:00' ? results(slot, tx, world) : gaps(slot, tx, world)),
});

async function gaps(slot: Date, tx: Tx, world: World): Promise<JobNotice[]> {
  const week = weekKey(dayOf(slot));
  return (await unitWeeks(tx, week, world, slot))
    .filter(({ state }) => state === 'missing')
    .flatMap(({ unit, planned }) =>
      unit.head
        ? [
            toMember(
              unit.head,
              `${unit.name}${weekInWords(week)}未学，每周集中学习不少于一次${planned > 0 ? '；已安排的场次四落实不全或尚未举行' : ''}。不能组织请联系活动办说明。`,
            ),
          ]
        : [],
    );
}

async function results(slot: Date, tx: Tx, world: World): Promise<JobNotice[]> {
  const today = dayOf(slot);
  const last = addWorkdays(mondayOf(today), -1);
  const { campaign } = world;
  if (campaign && (addDays(mondayOf(last), 6) < campaign.from || mondayOf(last) > campaign.to)) return [];
  const week = weekKey(last);
  const units = await unitWeeks(tx, week, world, slot);
  await keepWeekResults(tx, week, units, slot);
  const of = (state: string) => units.filter((one) => one.state === state);
  const missing = of('missing').map(({ unit }) => unit.name);
  const text = `${weekInWords(week)}集中学习：${units.length}个科室（单位）中已学${of('studied').length}个，免学${of('exempt').length}个，未学${missing.length}个${missing.length > 0 ? `：${missing.join('、')}` : ''}。`;
  return toOffice(world, text);
}
