import { dayOf, instantAt } from '#bot/calendar.ts';
import { meetingDueOn } from '#bot/domain/meeting.ts';
import { monthBefore, monthInWords, monthOf, quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { markOf, ranked } from '#bot/domain/review.ts';
import { defineJob, HOUR_MS, toOffice } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from '#bot/store/db.ts';
import { ratingsOf } from '#bot/store/review.ts';

/**
 * 汇报会检查: on the fifth workday of a month the office hears that no meeting was recorded, which units have no
 * commentary yet, and after a quarter how the units' marks stand (R61, R63, R75, R78, J13).
 */
export default defineJob({
  name: 'check-meeting',
  title: '汇报会和点评检查',
  rule: '每月第5个工作日09:00，发给活动办',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '核对汇报会、点评是否已录入' },
  slotsOn: (day) => (meetingDueOn(monthOf(day)) === day ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const last = monthBefore(month);
    // A month that ended before the campaign began has neither.
    if (world.campaign && last < monthOf(world.campaign.from)) return [];
    const meetings = await tx.meeting.count({ where: { heldOn: { gte: `${month}-01` }, undoneAt: null } });
    const comments = await tx.commentary.findMany({ where: { month: last, undoneAt: null } });
    const commented = new Set(comments.map(({ departmentCode }) => departmentCode));
    const without = world.departments.filter(({ code }) => !commented.has(code));
    const text = [
      meetings === 0 ? `${monthInWords(month)}还没有汇报会记录，开过的请发“5月3日汇报会纪要：……”这样的话补记。` : '',
      without.length > 0
        ? `${monthInWords(last)}工作尚未点评的科室（单位）${without.length}个：${without.map(({ name }) => name).join('、')}。可发“点评”加科室和内容代录。`
        : '',
      quarterOf(`${last}-01`) === quarterOf(`${month}-01`)
        ? ''
        : await marksInWords(tx, world, quarterOf(`${last}-01`)),
    ].filter((part) => part !== '');
    if (text.length === 0) return [];
    return toOffice(world, text.join('\n'));
  },
});

/** A draft for the office alone: who was rated by how many, and the mean (R78). */
async function marksInWords(tx: Tx, world: World, quarter: string): Promise<string> {
  const ratings = await ratingsOf(tx, quarter);
  const rows = ranked(world.departments.map(({ code }) => markOf(ratings, code))).length;
  const rated = world.departments.filter(({ code }) => ratings.some((one) => one.departmentCode === code)).length;
  return `${quarterInWords(quarter)}评比：${rows}个科室（单位）中有${rated}个已有互评，发“${quarterInWords(quarter).replace(/^\d+年/, '')}排名”看草稿。`;
}
