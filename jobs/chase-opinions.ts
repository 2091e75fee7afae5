import { addWorkdays, dayOf, instantAt } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, onWorkdays, toOffice } from '#bot/job.ts';

/** 意见催办: the office hears of opinions that were left unanswered for three workdays (R97). */
export default defineJob({
  name: 'chase-opinions',
  title: '意见催办',
  rule: '工作日09:15，满3个工作日未答复的意见',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('09:15'),

  async run({ slot, tx, world }) {
    const day = addWorkdays(dayOf(slot), -3);
    const at = { gte: instantAt(day, '00:00'), lt: instantAt(addWorkdays(day, 1), '00:00') };
    const open = await tx.opinion.findMany({ where: { answeredAt: null, at }, orderBy: { id: 'asc' } });
    if (open.length === 0) return [];
    const text = `有${open.length}条意见满3个工作日未答复：${open.map(({ id, text: said }) => `意见${id}“${said.slice(0, 30)}”`).join('；')}。请发“答复意见${open[0]?.id} 内容”。`;
    return toOffice(world, text);
  },
});
