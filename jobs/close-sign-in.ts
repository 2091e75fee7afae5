import { windowOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import { attendancesOf, keepClosing } from '#bot/store/attendance.ts';
import { absentNames, convenorsOf } from '#bot/store/session.ts';

/** 签到截止: the convenor hears the figures and who was absent, every head the absentees of the own unit (R16, J04). */
export default defineJob({
  name: 'close-sign-in',
  title: '签到截止',
  rule: '每场学习结束后30分钟',
  graceMs: 12 * HOUR_MS,
  slotsOn: (_, { sessions }) => sessions.map(({ start, end }) => windowOf({ start, end }).closes),

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    const ended = await tx.session.findMany({ where: { cancelledAt: null, end: { lt: slot } } });
    for (const session of ended.filter(({ start, end }) => +windowOf({ start, end }).closes === +slot)) {
      const attendances = await attendancesOf(tx, session);
      await keepClosing(tx, session, attendances, slot);
      const convenors = convenorsOf(session, world.members);
      const absent = absentNames(attendances);
      const figures = `${sessionName(session)}签到已截止：${attendanceInWords(attendances)}。`;
      const text = `${figures}${absent.length > 0 ? `缺席：${absent.map(({ name }) => name).join('、')}。` : ''}`;
      notices.push(...convenors.map((id) => toMember(id, text)));
      for (const { code, head } of world.departments) {
        const own = absent.filter(({ department, id }) => department === code && id !== head);
        if (!head || own.length === 0 || convenors.includes(head)) continue;
        const names = own.map(({ name }) => name).join('、');
        notices.push(toMember(head, `${sessionName(session)}本科室（单位）缺席${own.length}人：${names}。`));
      }
    }
    return notices;
  },
});
