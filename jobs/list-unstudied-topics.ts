import { dayOf, instantAt, isWorkday, workdayUpTo } from '#bot/calendar.ts';
import { monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { lastOf } from '#bot/language/slots/day.ts';
import { has } from '#bot/permission.ts';
import { topicsStudied } from '#bot/store/topics.ts';

/** 未学内容: on the last workday of a month the office hears which topics of the library were never studied (R10). */
export default defineJob({
  name: 'list-unstudied-topics',
  title: '未学内容提示',
  rule: '每月最后一个工作日15:00',
  graceMs: 24 * HOUR_MS,
  slotsOn: (day) => (isWorkday(day) && day === workdayUpTo(lastOf(monthOf(day))) ? [instantAt(day, '15:00')] : []),

  async run({ slot, tx, world }) {
    const topics = await topicsStudied(tx, slot);
    const never = topics.filter(({ times }) => times === 0).map(({ title }) => title);
    if (never.length === 0) return [];
    const text = `截至${Number(dayOf(slot).slice(5, 7))}月${Number(dayOf(slot).slice(8))}日，学习内容${topics.length}项中还有${never.length}项未学：${never.join('、')}。`;
    return world.members
      .filter((member) => has(member, 'office'))
      .map(({ id }) => ({ to: { kind: 'user' as const, id }, text }));
  },
});
