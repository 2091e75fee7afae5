import { dayOf, instantAt } from '#bot/calendar.ts';
import { handedInWords } from '#bot/domain/meeting-pack.ts';
import { monthBefore, monthInWords, monthOf, monthPackedOn } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, type JobNotice, toOffice } from '#bot/job.ts';
import { meetingPapers } from '#bot/store/meeting-papers.ts';

/** 汇报会材料: on the first workday of a month the office gets the pack about the month before, with the ledger (R61, J12). */
export default defineJob({
  name: 'prepare-report-meeting',
  title: '汇报会材料',
  rule: '每月第一个工作日09:00，发给活动办',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '汇报会材料备好' },
  slotsOn: (day) => (monthPackedOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world, publicUrl }) {
    const month = monthBefore(monthOf(dayOf(slot)));
    // A month that ended before the campaign began has no meeting.
    if (world.campaign && month < monthOf(world.campaign.from)) return [];
    const { pack, papers } = await meetingPapers(tx, world, month, slot);
    const page = publicUrl?.startsWith('https:') ? `手机查看：${publicUrl}/pages/meeting?month=${month}` : '';
    const text = `${monthInWords(month)}工作汇报会材料、月报和台账已备好，请查收。${handedInWords(pack)}${page}`;
    return [
      ...toOffice(world, text),
      ...papers.flatMap((paper) => toOffice(world, '').map((notice): JobNotice => ({ ...notice, paper }))),
    ];
  },
});
