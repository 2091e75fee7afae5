import { sessionName } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import { approverToday } from '#bot/store/leave.ts';

const BEFORE_MS = 2 * HOUR_MS;

/** 请假催批: two hours before a session whoever has a leave from it undecided hears of it again, a stand-in too (R15). */
export default defineJob({
  name: 'chase-leave',
  title: '请假催批',
  rule: '每场学习开始前2小时',
  graceMs: HOUR_MS,
  slotsOn: (_, { sessions }) => sessions.map(({ start }) => new Date(start.getTime() - BEFORE_MS)),

  async run({ slot, tx, world }) {
    const start = new Date(slot.getTime() + BEFORE_MS);
    const notices: JobNotice[] = [];
    for (const session of await tx.session.findMany({ where: { start, cancelledAt: null } }))
      for (const leave of await tx.leave.findMany({ where: { sessionCode: session.code, state: 'pending' } })) {
        const person = world.members.find(({ id }) => id === leave.personId);
        if (!person) continue;
        const approver = (await approverToday(tx, person, world, slot))?.id ?? leave.approverId;
        if (!approver) continue;
        const text = `${person.name}请假待批：${sessionName(session)}，开始前未批按缺席记。请发“准假 ${person.name}”或“不批 ${person.name} 原因”。`;
        notices.push(toMember(approver, text));
      }
    return notices;
  },
});
