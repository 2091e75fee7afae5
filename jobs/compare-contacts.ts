import { instantAt } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';

/** 通讯录核对 (J29, R03): at night the roster is compared with WeCom's address book; the comparison itself waits for the platform. */
export default defineJob({
  name: 'compare-contacts',
  title: '通讯录核对',
  rule: '每天02:30，把花名册与企业微信通讯录核对，差异发给活动办',
  graceMs: 20 * HOUR_MS,
  slotsOn: (day) => [instantAt(day, '02:30')],

  async run({ slot, tx }) {
    const key = `compare-contacts@${slot.toISOString()}`;
    await tx.contactCheck.create({ data: { key, at: slot, notBefore: slot } });
    return [];
  },
});
