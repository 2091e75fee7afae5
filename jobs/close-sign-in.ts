import { windowOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { attendancesOf } from '#bot/store/attendance.ts';

/** 签到截止: when a session's sign-in closes the office hears the figures and who was absent (R16, J04). */
export default defineJob({
  name: 'close-sign-in',
  title: '签到截止',
  rule: '每场学习结束后30分钟',
  graceMs: 12 * HOUR_MS,
  slotsOn: (_, { sessions }) => sessions.map((session) => windowOf(session).closes),

  async run({ slot, tx, world }) {
    const ended = await tx.session.findMany({ where: { cancelledAt: null } });
    const closing = ended.filter((session) => windowOf(session).closes.getTime() === slot.getTime());
    const office = world.members.filter((member) => has(member, 'office'));
    const notices = [];
    for (const session of closing) {
      const attendances = await attendancesOf(tx, session);
      const absent = attendances.expected.filter(({ status }) => status === 'absent');
      const names = absent.map(({ id }) => attendances.people.get(id)?.name ?? '').join('、');
      const text = `${sessionName(session)}签到已截止：${attendanceInWords(attendances)}。${names ? `缺席：${names}。` : ''}`;
      notices.push(...office.map(({ id }) => ({ to: { kind: 'user' as const, id }, text })));
    }
    return notices;
  },
});
