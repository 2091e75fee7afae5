import { addWorkdays, type Day, dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import { has } from '#bot/permission.ts';
import { unsignedOf } from '#bot/store/assignment.ts';
import type { Tx } from '#bot/store/db.ts';

/** 未签收提醒: what nobody signed for within a workday, to the receiving unit's head and to the office, once (R56, R57). */
export default defineJob({
  name: 'chase-unsigned',
  title: '未签收提醒',
  rule: '工作日08:30，交办满1个工作日未签收的',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const unsigned = await unsignedOf(tx);
    const notices = [];
    for (const unit of world.departments) {
      const waiting = unsigned.filter(
        ({ assignment, item }) => item.departmentCode === unit.code && addWorkdays(dayOf(assignment.at), 1) === today,
      );
      if (waiting.length === 0) continue;
      const list = waiting.map(({ item }) => `${item.code}《${item.title}》`).join('、');
      const text = `${unit.name}有${waiting.length}件交办事项满1个工作日未签收：${list}。`;
      const office = world.members.filter((member) => has(member, 'office')).map(({ id }) => id);
      const told = new Set([unit.head, ...office].filter((id) => id !== null));
      notices.push(
        ...[...told].map((id) => ({
          to: { kind: 'user' as const, id },
          text: id === unit.head ? `${text}请回复“签收”加编号，有异议请回复“异议”加编号和原因。` : text,
        })),
      );
    }
    return [...notices, ...(await handoversWaiting(tx, world, today))];
  },
});

/** 转办 that nobody decided for a workday: who has to agree, or the receiving head, and the office (R57). */
async function handoversWaiting(tx: Tx, world: World, today: Day): Promise<JobNotice[]> {
  const open = await tx.handover.findMany({
    where: { state: { in: ['waiting', 'pending'] } },
    orderBy: { id: 'asc' },
  });
  const due = open.filter(({ at, allowedAt }) => addWorkdays(dayOf(allowedAt ?? at), 1) === today);
  const office = world.members.filter((member) => has(member, 'office')).map(({ id }) => id);
  return due.flatMap(({ itemCode, toDepartment, state, allowerId }) => {
    const unit = world.departments.find(({ code }) => code === toDepartment);
    const who = state === 'waiting' ? allowerId : (unit?.head ?? null);
    const what = state === 'waiting' ? '未同意或退回' : '未签收';
    const text = `转办${unit?.name ?? ''}的${itemCode}满1个工作日${what}。`;
    return [...new Set([who, ...office])]
      .filter((id) => id !== null)
      .map((id) => ({
        to: { kind: 'user' as const, id },
        text: id === who ? `${text}请回复“同意”或“不同意，理由”。` : text,
      }));
  });
}
