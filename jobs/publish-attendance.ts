import { addWorkdays, dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { windowOf } from '#bot/domain/attendance.ts';
import { noticeInWords } from '#bot/domain/attendance-words.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { absentNames } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

const HOURS = ['10', '12', '15', '17'];

/**
 * 考勤通报: confirmed figures of the whole bureau's sessions go to the groups at the next of four times of the day, unconfirmed ones after a
 * workday; counts only, nobody's name unless that was switched on (R16, R97, requirements 1.5).
 */
export default defineJob({
  name: 'publish-attendance',
  title: '考勤通报',
  rule: '工作日10、12、15、17时05分：已确认的场次；未确认的满一个工作日后',
  graceMs: 3 * HOUR_MS,
  slotsOn: (day) => (isWorkday(day) ? HOURS.map((hour) => instantAt(day, `${hour}:05`)) : []),

  async run({ slot, tx }) {
    const notices: JobNotice[] = [];
    // Names in a group only where the office asked for it and the chief agreed (R16, R97).
    const named = await isOn(tx, 'names');
    const open = await tx.session.findMany({
      where: { cancelledAt: null, publishedAt: null, scope: '[]', end: { lt: slot } },
      orderBy: { start: 'asc' },
    });
    for (const session of open) {
      const { closes } = windowOf(session);
      const waited = instantAt(addWorkdays(dayOf(closes), 1), '23:59');
      const isDue = session.confirmedAt !== null || dayOf(slot) > dayOf(waited) || sameClock(slot, closes, waited);
      // What ended long before anybody confirmed anything, an imported history for instance, is no news.
      if (!isDue || slot.getTime() - closes.getTime() > 14 * 24 * HOUR_MS) continue;
      const attendances = await attendancesOf(tx, session);
      const absent = named ? absentNames(attendances).map(({ name }) => name) : [];
      const names = absent.length > 0 ? `缺席：${absent.join('、')}。` : '';
      notices.push({ to: { kind: 'groups' }, text: `${noticeInWords(session, attendances)}${names}` });
      await tx.session.update({ where: { code: session.code }, data: { publishedAt: slot } });
    }
    return notices;
  },
});

/** A workday after closing, at the same hour or later. */
const sameClock = (slot: Date, closes: Date, waited: Date): boolean =>
  dayOf(slot) === dayOf(waited) &&
  slot.getTime() - instantAt(dayOf(slot), '00:00').getTime() >=
    closes.getTime() - instantAt(dayOf(closes), '00:00').getTime();
