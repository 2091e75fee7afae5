import { addWorkdays, dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { unsignedOf } from '#bot/store/assignment.ts';

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
    const notices = [];
    for (const unit of world.departments) {
      const waiting = (await unsignedOf(tx, unit.code)).filter(
        ({ assignment }) => addWorkdays(dayOf(assignment.at), 1) === today,
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
    return notices;
  },
});
