import { dayInWords, dayOf, instantAt } from '#bot/calendar.ts';
import { closingDay, digestDay, monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, toOffice } from '#bot/job.ts';
import { digestOf } from '#bot/store/digest.ts';

/** 月报预览: one workday before it goes out the office sees the digest and may hold it; silence means it goes out (requirements 1.2). */
export default defineJob({
  name: 'preview-digest',
  title: '月报预览',
  rule: '月报发出前一个工作日09:00，发给活动办',
  graceMs: 24 * HOUR_MS,
  // The workday before the first one after the 28th is the last one up to it.
  calendar: { of: 'office', title: () => '月度简报预览' },
  slotsOn: (day) => (closingDay(monthOf(day)) === day ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const { text } = await digestOf(tx, world, month, slot);
    const preview = { text, previewAt: slot };
    await tx.digest.upsert({ where: { month }, create: { month, ...preview }, update: preview });
    const words = `${monthInWords(month)}月报预览，${dayInWords(digestDay(month))}09:00按届时数字发到各群。不宜发出请回复“暂缓月报”，要改文字请回复“月报改为：”加全文。\n${text}`;
    return toOffice(world, words);
  },
});
