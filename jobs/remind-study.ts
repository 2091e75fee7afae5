import { addWorkdays, dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { titled } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { onLeaveFrom } from '#bot/store/absence.ts';
import { expectedAt } from '#bot/store/attendance.ts';

/** 学习提醒: on the workday before a session those expected hear where and when (R11, J03). */
export default defineJob({
  name: 'remind-study',
  title: '学习提醒',
  rule: '工作日16:00，提醒下一工作日的学习',
  graceMs: 2 * HOUR_MS,
  slotsOn: onWorkdays('16:00'),

  async run({ slot, tx }) {
    const next = addWorkdays(dayOf(slot), 1);
    const sessions = await tx.session.findMany({
      where: { start: { gt: slot, lt: instantAt(next, '23:59') }, cancelledAt: null },
    });
    const notices: JobNotice[] = [];
    for (const session of sessions) {
      const away = await onLeaveFrom(tx, session);
      const place = session.venue ? `在${session.venue}` : '';
      const text = `学习提醒：${dayInWords(dayOf(session.start))}${timeOf(session.start)}${place}学习${titled(session.topic)}，请准时参加。不能参加请回复“请假，原因”。`;
      const expected = (await expectedAt(tx, session)).filter(({ id }) => !away.has(id));
      notices.push(...expected.map(({ id }) => toMember(id, text)));
      await tx.session.update({ where: { code: session.code }, data: { noticedAt: session.noticedAt ?? slot } });
    }
    return notices;
  },
});
