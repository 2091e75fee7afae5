import { dayInWords, dayOf, workdaysUntil } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { officeIds } from '#bot/permission.ts';
import { assignmentOf } from '#bot/store/assignment.ts';
import type { Tx } from '#bot/store/db.ts';
import { lastFact } from '#bot/store/facts.ts';

const [FIRST, SECOND] = [3, 5];

/** 待验收提醒: what waits three workdays for its acceptance is put to the acceptor again, after five to the office (R46). */
export default defineJob({
  name: 'chase-acceptances',
  title: '待验收提醒',
  rule: '工作日08:30，申请验收满3个工作日提醒验收人，满5个工作日提醒活动办',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const waiting = await tx.ledgerItem.findMany({
      where: { completedAt: { not: null }, acceptedAt: null, endedAt: null },
      orderBy: { no: 'asc' },
    });
    const office = officeIds(world);
    const notices: JobNotice[] = [];
    for (const item of waiting) {
      if (!item.completedAt) continue;
      const days = workdaysUntil(dayOf(item.completedAt), today);
      if (days !== FIRST && days !== SECOND) continue;
      const lacking = await lackingFor(tx, item.code);
      if (lacking !== null && item.ownerId) {
        const words = `${itemName(item)}还在等补充材料：${lacking}。请把照片或文件发给我。`;
        notices.push(toMember(item.ownerId, words));
        continue;
      }
      const given = await assignmentOf(tx, item.code);
      const acceptors = [given?.byId ?? null, item.leaderId].filter((id) => id !== null && id !== item.ownerId);
      const told = days === FIRST && acceptors.length > 0 ? acceptors.slice(0, 1) : office;
      const text = `${itemName(item)}${dayInWords(dayOf(item.completedAt))}申请验收，已等待${days}个工作日，请${days === FIRST ? '验收' : '催促验收'}：回复“${item.no}号台账验收通过”或“${item.no}号台账退回，原因”。`;
      notices.push(...told.flatMap((id): JobNotice[] => (id === null ? [] : [toMember(id, text)])));
    }
    return notices;
  },
});

/** What was asked for and did not come yet: the acceptor waits for that, not the applicant for the acceptor. */
async function lackingFor(tx: Tx, itemCode: string): Promise<string | null> {
  const round = await lastFact(tx, itemCode, 'applied', 'supplement');
  if (round?.kind !== 'supplement') return null;
  const came = await tx.material.count({ where: { itemCode, attachedAt: { gt: round.at } } });
  return came > 0 ? null : round.note;
}
