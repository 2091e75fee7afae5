import { dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { weekInWords, weekKey, workdaysOfWeek } from '#bot/domain/study-week.ts';
import { defineJob, HOUR_MS, toMember } from '#bot/job.ts';
import { unitWeeks } from '#bot/store/study-week.ts';

/** 周学习安排: on the first workday of a week heads of units without a session in it are reminded to plan one (R13, J01). */
export default defineJob({
  name: 'plan-weekly-study',
  title: '周学习安排提醒',
  rule: '每周第一个工作日09:00',
  graceMs: 6 * HOUR_MS,
  calendar: { of: 'everybody', title: () => '安排本周学习' },
  slotsOn: (day) => (isWorkday(day) && workdaysOfWeek(day)[0] === day ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const week = weekKey(dayOf(slot));
    const units = await unitWeeks(tx, week, world, slot);
    return units
      .filter(({ state, planned }) => state === 'missing' && planned === 0)
      .flatMap(({ unit }) =>
        unit.head
          ? [
              toMember(
                unit.head,
                `${unit.name}${weekInWords(week)}还没有安排集中学习，每周不少于一次。请发“安排周三下午3点在三楼会议室学习八项规定”这样的话。`,
              ),
            ]
          : [],
      );
  },
});
