import { instantAt } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { forgetVenues } from '#bot/store/place.ts';
import { forgetOldWords } from '#bot/store/retention.ts';
import { isOn } from '#bot/store/setting.ts';

/** 保存期: blanks the words of messages that are older than they are kept; records and the audit stay (docs/security.md). */
export default defineJob({
  name: 'forget-old-words',
  title: '清除过期原话',
  rule: '每天03:30，超过180天的消息原文和答复、结束满两年的请假事由不再保存，记录和操作日志都保留',
  graceMs: 48 * HOUR_MS,
  always: true,
  slotsOn: (day) => [instantAt(day, '03:30')],

  async run({ slot, tx }) {
    await forgetOldWords(tx, slot);
    // Where a room is serves comparing only (R97).
    if (!(await isOn(tx, 'location', slot))) await forgetVenues(tx);
    return [];
  },
});
