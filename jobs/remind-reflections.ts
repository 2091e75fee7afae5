import { addWorkdays, dayInWords, dayOf, workdayUpTo } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, onWorkdays, toMember, toOffice } from '#bot/job.ts';
import { handedIn, latestRound } from '#bot/store/reflection-round.ts';

/**
 * 心得体会催交: two workdays before a round the office opened ends, and on its last workday, who has not handed in hears it; on
 * the workday after it the office has the result, leading officials apart from staff (R22). Without a round it tells nobody.
 */
export default defineJob({
  name: 'remind-reflections',
  title: '心得体会催交',
  rule: '工作日09:10，截止前2个工作日和截止当天提醒未交的；截止后报结果',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('09:10'),

  async run({ slot, tx, world }) {
    const round = await latestRound(tx);
    if (!round) return [];
    const today = dayOf(slot);
    const last = workdayUpTo(round.due);
    const { leaders, staff, missing } = await handedIn(tx, round, world);
    if (today === last || today === addWorkdays(last, -2))
      return missing.map(({ id }) =>
        toMember(id, `心得体会${dayInWords(round.due)}截止，您还没有提交，请发“心得 题目”开始写。`),
      );
    if (today !== addWorkdays(last, 1)) return [];
    const text = `心得体会已截止：领导干部已交${leaders.done}/${leaders.due}，干部职工已交${staff.done}/${staff.due}。`;
    return toOffice(world, text);
  },
});
