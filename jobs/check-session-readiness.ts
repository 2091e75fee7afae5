import { addDays, dayOf, instantAt, workdayFrom } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { mondayOf, weekKey } from '#bot/domain/study-week.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import { convenorsOf, readinessOf } from '#bot/store/session.ts';
import { sessionsOfWeek } from '#bot/store/study-week.ts';

/** The Tuesday of a week, or the workday after it. */
const checkingDay = (day: string): string => workdayFrom(addDays(mondayOf(day), 1));

/** 四落实检查: on Tuesday whoever convenes a session of the week hears which of the four conditions it lacks (R12, J02). */
export default defineJob({
  name: 'check-session-readiness',
  title: '四落实检查',
  rule: '每周二10:00，休息日则其后工作日',
  graceMs: 6 * HOUR_MS,
  calendar: { of: 'everybody', title: () => '集中学习“四落实”检查' },
  slotsOn: (day) =>
    checkingDay(day) === day || checkingDay(addDays(day, -7)) === day ? [instantAt(day, '10:00')] : [],

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    for (const session of await sessionsOfWeek(tx, weekKey(dayOf(slot)))) {
      const { settled, lacks } = await readinessOf(tx, session);
      if (session.start <= slot || settled === 4) continue;
      const text = `${sessionName(session)}四落实${settled}/4，缺${lacks.join('、')}。补齐后才计入每周学习，请发“学习材料 中央八项规定原文”“主讲人 张三”这样的话。`;
      notices.push(...convenorsOf(session, world.members).map((id) => toMember(id, text)));
    }
    return notices;
  },
});
