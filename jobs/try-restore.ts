import { instantAt } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { askUpkeep } from '#bot/store/upkeep.ts';

/** 恢复演练 (R99): asks once a week whether the newest backup can be restored. */
export default defineJob({
  name: 'try-restore',
  title: '恢复演练',
  rule: '每周日03:00，把最近一份备份恢复到别处核对，不好则告知管理员',
  graceMs: 48 * HOUR_MS,
  always: true,
  slotsOn: (day) => (isSunday(day) ? [instantAt(day, '03:00')] : []),

  async run({ slot, tx }) {
    await askUpkeep(tx, 'trial', slot);
    return [];
  },
});

const isSunday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
