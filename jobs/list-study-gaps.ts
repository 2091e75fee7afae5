import { type Day, dayOf, instantAt } from '#bot/calendar.ts';
import { lastWorkdayOf, monthOf, quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, toOffice } from '#bot/job.ts';
import type { Tx } from '#bot/store/db.ts';
import { formsBehind, formsOf } from '#bot/store/forms.ts';
import { speechesBy } from '#bot/store/speeches.ts';
import { topicsStudied } from '#bot/store/topics.ts';

/**
 * 学习缺项: on the last workday of a month the office hears in one message which topics were never studied (R10) and who of
 * 科级 and above has not spoken (R19), at a quarter's end which forms of study it did not see (R23).
 */
export default defineJob({
  name: 'list-study-gaps',
  title: '学习缺项提示',
  rule: '每月最后一个工作日15:00',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '学习缺项提示' },
  slotsOn: (day) => (day === lastWorkdayOf(monthOf(day)) ? [instantAt(day, '15:00')] : []),

  async run({ slot, tx, world }) {
    const day = dayOf(slot);
    const lines = [
      await topicsLeft(tx, slot, day),
      await speakersLeft(tx, day),
      await formsLeft(tx, day),
      await belowMinimum(tx, day),
    ];
    const text = lines.filter((line) => line !== '').join('\n');
    if (text === '') return [];
    return toOffice(world, text);
  },
});

async function topicsLeft(tx: Tx, slot: Date, day: Day): Promise<string> {
  const topics = await topicsStudied(tx, slot);
  const never = topics.filter(({ times }) => times === 0).map(({ title }) => title);
  if (never.length === 0) return '';
  return `截至${Number(day.slice(5, 7))}月${Number(day.slice(8))}日，学习内容${topics.length}项中还有${never.length}项未学：${never.join('、')}。`;
}

async function speakersLeft(tx: Tx, day: Day): Promise<string> {
  const { spoken, silent } = await speechesBy(tx, day);
  if (silent.length === 0) return '';
  const names = silent.map(({ name }) => name).join('、');
  return `科级及以上干部已讲/应讲：${spoken.length}/${spoken.length + silent.length}，未讲：${names}。`;
}

async function belowMinimum(tx: Tx, day: Day): Promise<string> {
  const behind = await formsBehind(tx, monthOf(day));
  const each = behind.map(({ name, times, minimum }) => `${name}${times}/${minimum}次`);
  return each.length > 0 ? `本月未达到次数的活动形式：${each.join('、')}。` : '';
}

async function formsLeft(tx: Tx, day: Day): Promise<string> {
  const quarter = quarterOf(day);
  if (Number(day.slice(5, 7)) % 3 !== 0) return '';
  const { unused } = await formsOf(tx, quarter);
  return unused.length > 0
    ? `${quarterInWords(quarter)}未开展的学习形式${unused.length}种：${unused.join('、')}。`
    : '';
}
