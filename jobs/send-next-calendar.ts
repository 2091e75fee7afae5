import { dayOf, instantAt } from '#bot/calendar.ts';
import { addMonths, lastWorkdayOf, monthOf } from '#bot/domain/month.ts';
import { calendarInWords } from '#bot/domain/month-calendar.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import { has, unitsHeadedBy } from '#bot/permission.ts';
import { monthEntries, readerOf, spanOf } from '#bot/store/month-calendar.ts';

/** 下月日程: on the last workday of a month every head and the office have the next month's calendar, each with what is of the own unit (R64, J23). */
export default defineJob({
  name: 'send-next-calendar',
  title: '下月日程',
  rule: '每月最后一个工作日16:00，发给科室（单位）负责人和活动办',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '印发下月日程' },
  slotsOn: (day) => (day === lastWorkdayOf(monthOf(day)) ? [instantAt(day, '16:00')] : []),

  async run({ slot, tx, world, duties }): Promise<JobNotice[]> {
    const month = addMonths(monthOf(dayOf(slot)), 1);
    const span = spanOf(month, world);
    // The campaign ends with this month.
    if (!span) return [];
    const own = duties(span.from, span.to);
    const readers = world.members.filter((one) => has(one, 'office') || unitsHeadedBy(one, world).length > 0);
    const notices: JobNotice[] = [];
    for (const reader of readers) {
      const entries = await monthEntries(tx, world, span, { duties: own, reader: readerOf(reader, world) });
      const more = has(reader, 'office')
        ? '\n要改动请发“新增日程：7月10日 上报半年总结”“日程1改到7月12日”“取消日程1”这样的话。'
        : '';
      notices.push(toMember(reader.id, `${calendarInWords(month, entries)}${more}`));
    }
    return notices;
  },
});
