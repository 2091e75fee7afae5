import { dayOf, instantAt } from '#bot/calendar.ts';
import { packTitle } from '#bot/domain/meeting-pack.ts';
import { monthBefore, monthInWords, monthOf, monthPackedOn } from '#bot/domain/month.ts';
import { reportTitle } from '#bot/domain/month-report.ts';
import { defineJob, HOUR_MS, type JobNotice, toOffice } from '#bot/job.ts';
import type { Paper } from '#bot/message.ts';
import { ledgerSheet } from '#bot/store/ledger-sheet.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { cutOffOf } from '#bot/store/month-facts.ts';

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
    const pack = await packOf(tx, world, month, slot);
    const sheet = await ledgerSheet(tx, world, month, cutOffOf(month, slot));
    const title = packTitle(pack);
    const papers: Paper[] = [
      { kind: 'file', drawnBy: 'meeting-pack', name: `${title}.docx`, facts: pack },
      { kind: 'file', drawnBy: 'month-report', name: `${reportTitle(pack)}.docx`, facts: pack },
      { kind: 'file', drawnBy: 'ledger-workbook', name: sheet.fileName, facts: sheet },
    ];
    const due = pack.units.filter(({ exempt }) => !exempt);
    const missing = due.filter(({ summary }) => summary === '').map(({ name }) => name);
    const left =
      missing.length === 0
        ? '各科室（单位）总结已报齐'
        : `未报${missing.length}个：${missing.join('、')}，材料中已注明`;
    const page = publicUrl?.startsWith('https:') ? `手机查看：${publicUrl}/pages/meeting?month=${month}` : '';
    const text = `${monthInWords(month)}工作汇报会材料、月报和台账已备好，请查收。月度总结应报${due.length}个科室（单位），${left}。${page}`;
    return [
      ...toOffice(world, text),
      ...papers.flatMap((paper) => toOffice(world, '').map((notice): JobNotice => ({ ...notice, paper }))),
    ];
  },
});
