import { instantAt } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { askUpkeep } from '#bot/store/upkeep.ts';

/** 每日备份 (J29, R99): asks for a backup; making it takes its time and waits for no transaction. */
export default defineJob({
  name: 'back-up',
  title: '每日备份',
  rule: '每天02:00，备份数据库，保留最近14份',
  graceMs: 20 * HOUR_MS,
  always: true,
  slotsOn: (day) => [instantAt(day, '02:00')],

  async run({ slot, tx }) {
    await askUpkeep(tx, 'backup', slot);
    return [];
  },
});
