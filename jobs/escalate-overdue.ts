import { dayOf, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { overdueInWords } from '#bot/domain/light.ts';
import { nextMilestoneOf } from '#bot/domain/milestone.ts';
import { defineJob, HOUR_MS, onWorkdays, toMember } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { ledgerRows } from '#bot/store/kept-ledger.ts';

/**
 * 逾期升级: one workday after an item or the next of its milestones was due the owner and the head hear of it, after three
 * the leader, after five the chief (R41).
 */
export default defineJob({
  name: 'escalate-overdue',
  title: '逾期升级',
  rule: '工作日08:30，逾期第1、3、5个工作日',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const chief = world.members.find((member) => has(member, 'chief'))?.id;
    const units = new Map(world.departments.map((unit) => [unit.code, unit]));
    const open = (await ledgerRows(tx)).filter((item) => !item.acceptedAt && !item.completedAt && !item.endedAt);
    return open.flatMap((item) => {
      const isLate = item.deadline < today;
      // What an item lacks as a whole is not said of its milestones as well.
      const day = isLate ? item.deadline : item.nextMilestone;
      if (day === null || day >= today) return [];
      const overdue = -workdaysUntil(today, workdayUpTo(day));
      const unit = units.get(item.departmentCode);
      const rungs: Record<number, (string | null | undefined)[]> = {
        1: [item.ownerId, unit?.head],
        3: [item.leaderId],
        5: [chief],
      };
      const told = new Set((rungs[overdue] ?? []).filter((id) => id !== null && id !== undefined));
      const what = isLate ? '' : `节点“${nextMilestoneOf(item)?.title}”`;
      const text = `${unit?.name ?? ''}${itemName(item)}${what}${overdueInWords(day, today)}，请说明原因并提出完成时间。`;
      return [...told].map((id) => toMember(id, text));
    });
  },
});
