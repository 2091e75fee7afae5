import { addDays, addWorkdays, type Day, dayInWords, dayOf, workdayUpTo } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { judgesOf, toJudge } from '#bot/store/contest.ts';

/** The workday in the middle of a round and the one before its end. */
function reminderDays(opened: Day, deadline: Day): Day[] {
  const days = Math.round((Date.parse(deadline) - Date.parse(opened)) / 86_400_000);
  return [workdayUpTo(addDays(opened, Math.floor(days / 2))), addWorkdays(deadline, -1)];
}

/** 评委提醒: judges hear at half time and the workday before the end how many entries wait for them (R24). */
export default defineJob({
  name: 'remind-judges',
  title: '评委提醒',
  rule: '工作日09:25，评比过半时和截止前一个工作日，有待评作品的评委',
  graceMs: 4 * HOUR_MS,
  slotsOn: onWorkdays('09:25'),

  async run({ slot, tx }) {
    const notices: JobNotice[] = [];
    for (const contest of await tx.contest.findMany({ where: { closedAt: null } })) {
      if (!reminderDays(dayOf(contest.at), contest.deadline).includes(dayOf(slot))) continue;
      for (const id of judgesOf(contest)) {
        const { left } = await toJudge(tx, contest, id);
        if (left.length === 0) continue;
        const text = `评比《${contest.title}》${dayInWords(contest.deadline)}截止，您还有${left.length}篇作品待评。请发“待评作品”。`;
        notices.push(toMember(id, text));
      }
    }
    return notices;
  },
});
