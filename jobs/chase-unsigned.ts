import { addWorkdays, type Day, dayOf } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import { officeIds, signerOf } from '#bot/permission.ts';
import { handoversOpen, unsignedOf } from '#bot/store/assignment.ts';
import type { Tx } from '#bot/store/db.ts';

/** 未签收提醒: what nobody signed for within a workday, to whoever signs for the receiving unit and to the office, once (R56, R57). */
export default defineJob({
  name: 'chase-unsigned',
  title: '未签收提醒',
  rule: '工作日08:30，交办满1个工作日未签收的',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const unsigned = await unsignedOf(tx);
    const notices = world.departments.flatMap((unit) => {
      const waiting = unsigned.filter(
        ({ assignment, item }) => item.departmentCode === unit.code && isDue(assignment.at, today),
      );
      if (waiting.length === 0) return [];
      const list = waiting.map(({ item }) => `${item.code}《${item.title}》`).join('、');
      const text = `${unit.name}有${waiting.length}件交办事项满1个工作日未签收：${list}。`;
      return told(world, signerOf(unit, world), text, '请回复“签收”加编号，有异议请回复“异议”加编号和原因。');
    });
    return [...notices, ...(await handoversWaiting(tx, world, today))];
  },
});

const isDue = (at: Date, today: Day): boolean => addWorkdays(dayOf(at), 1) === today;

/** The same for whoever has to act, with how to do it, and for the office. */
const told = (world: World, who: string | null, text: string, how: string): JobNotice[] =>
  [...new Set([who, ...officeIds(world)])]
    .filter((id) => id !== null)
    .map((id) => toMember(id, id === who ? `${text}${how}` : text));

/** 转办 that nobody decided for a workday: who has to agree, or whoever signs for the receiver, and the office (R57). */
async function handoversWaiting(tx: Tx, world: World, today: Day): Promise<JobNotice[]> {
  const due = (await handoversOpen(tx)).filter(({ handover: { at, allowedAt } }) => isDue(allowedAt ?? at, today));
  return due.flatMap(({ handover: { toDepartment, state, allowerId }, item }) => {
    const unit = world.departments.find(({ code }) => code === toDepartment);
    const [who, what] =
      state === 'waiting' ? [allowerId, '未同意或退回'] : [unit ? signerOf(unit, world) : null, '未签收'];
    const text = `转办${unit?.name ?? ''}的${item.code}《${item.title}》满1个工作日${what}。`;
    return told(world, who, text, '请回复“同意”或“不同意，理由”。');
  });
}
