import { addWorkdays, dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { windowOf } from '#bot/domain/attendance.ts';
import { noticeInWords } from '#bot/domain/attendance-words.ts';
import { ALL } from '#bot/domain/groups.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { absentNames } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

const HOURS = ['10', '12', '15', '17'];

/**
 * 考勤通报: confirmed figures go to the groups at the next of four times of the day, unconfirmed ones after a workday: those
 * of the whole bureau's sessions to everybody's groups, those of a unit's to the unit's. Counts only, nobody's name unless
 * that was switched on, and then the phones of those named ring (R16, R97, requirements 1.5).
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
    const named = await isOn(tx, 'names', slot);
    const open = await tx.session.findMany({
      where: { cancelledAt: null, publishedAt: null, end: { lt: slot } },
      orderBy: { start: 'asc' },
    });
    for (const session of open) {
      const { closes } = windowOf(session);
      const waited = instantAt(addWorkdays(dayOf(closes), 1), '23:59');
      const isDue = session.confirmedAt !== null || dayOf(slot) > dayOf(waited) || sameClock(slot, closes, waited);
      // What ended long before anybody confirmed anything, an imported history for instance, is no news.
      if (!isDue || slot.getTime() - closes.getTime() > 14 * 24 * HOUR_MS) continue;
      const attendances = await attendancesOf(tx, session);
      const absent = named ? absentNames(attendances) : [];
      const names = absent.length > 0 ? `缺席：${absent.map(({ name }) => name).join('、')}。` : '';
      const text = `${noticeInWords(session, attendances)}${names}`;
      const style = absent.length > 0 && { style: { mentions: absent.map(({ userid }) => userid) } };
      const scope: string[] = JSON.parse(session.scope);
      for (const audience of scope.length > 0 ? scope : [ALL])
        notices.push({ to: { kind: 'groups', audience }, text, ...style });
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
