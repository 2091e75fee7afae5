import { addWorkdays, dayInWords, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';

/** 学习提醒: on the workday before a session those expected hear where and when (R11, J03). */
export default defineJob({
  name: 'remind-study',
  title: '学习提醒',
  rule: '工作日16:00，提醒下一工作日的学习',
  graceMs: 2 * HOUR_MS,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '16:00')] : []),

  async run({ slot, tx, world }) {
    const next = addWorkdays(dayOf(slot), 1);
    const sessions = await tx.session.findMany({ where: { start: { gt: slot, lt: instantAt(next, '23:59') } } });
    return sessions.flatMap((session) => {
      const scope: string[] = JSON.parse(session.scope);
      const expected = world.members.filter(({ department }) => scope.length === 0 || scope.includes(department));
      const text = `学习提醒：${dayInWords(dayOf(session.start))}${timeOf(session.start)}在${session.venue}学习《${session.topic}》，请准时参加。不能参加请回复“请假，原因”。`;
      return expected.map(({ id }) => ({ to: { kind: 'user' as const, id }, text }));
    });
  },
});
