import { dayOf } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { toldAgain } from '#bot/store/snooze.ts';

/** 再次提醒: what somebody put off to this morning, as it stands now; nothing of what was done meanwhile (R91). */
export default defineJob({
  name: 'remind-again',
  title: '再次提醒',
  rule: '工作日08:30，并入当日晨间提醒，发给要求“明天再提醒”的人',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const rows = await tx.snooze.findMany({ where: { day: today, undoneAt: null }, orderBy: { id: 'asc' } });
    const notices: JobNotice[] = [];
    for (const row of rows) {
      const text = await toldAgain(tx, world, row, today);
      if (text) notices.push(toMember(row.personId, text));
    }
    return notices;
  },
});
