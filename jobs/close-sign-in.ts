import { dayInWords, dayOf } from '#bot/calendar.ts';
import { windowOf } from '#bot/domain/attendance.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { attendanceOf } from '#bot/store/attendance.ts';

/** 签到截止: when a session's sign-in closes the office hears the figures and who was absent (R16, J04). */
export default defineJob({
  name: 'close-sign-in',
  title: '签到截止',
  rule: '每场学习结束后30分钟',
  graceMs: 12 * HOUR_MS,
  slotsOn: (_, { sessions }) => sessions.map((session) => windowOf(session).closes),

  async run({ slot, tx, world }) {
    const ended = await tx.session.findMany();
    const closing = ended.filter((session) => windowOf(session).closes.getTime() === slot.getTime());
    const office = world.members.filter((member) => has(member, 'office'));
    const notices = [];
    for (const session of closing) {
      const { expected, came, late, leave, absent } = await attendanceOf(tx, session, world.members);
      const names = absent.length > 0 ? `缺席：${absent.map(({ name }) => name).join('、')}。` : '';
      const text = `${dayInWords(dayOf(session.start))}《${session.topic}》应到${expected}人，实到${came}人（迟到${late}人），请假${leave}人，缺席${absent.length}人。${names}`;
      notices.push(...office.map(({ id }) => ({ to: { kind: 'user' as const, id }, text })));
    }
    return notices;
  },
});
