import { windowOf } from '#bot/domain/attendance.ts';
import { noticeInWords } from '#bot/domain/attendance-words.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { convenorsOf } from '#bot/store/session.ts';

const AFTER_MS = 10 * 60_000;

/** 考勤通报拟稿: ten minutes after closing the convenor gets the notice to confirm; the groups hear it then (R16, J05). */
export default defineJob({
  name: 'draft-attendance',
  title: '考勤通报拟稿',
  rule: '签到截止后10分钟',
  graceMs: 12 * HOUR_MS,
  slotsOn: (_, { sessions }) =>
    sessions.map(({ start, end }) => new Date(windowOf({ start, end }).closes.getTime() + AFTER_MS)),

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    const closed = await tx.session.findMany({ where: { cancelledAt: null, confirmedAt: null, end: { lt: slot } } });
    const due = closed.filter(({ start, end }) => windowOf({ start, end }).closes.getTime() + AFTER_MS === +slot);
    for (const session of due) {
      const draft = noticeInWords(session, await attendancesOf(tx, session));
      const text = `考勤通报拟稿：${draft}请回复“确认考勤”；有误请先发“更正考勤 张三 请假 原因”。一个工作日内不确认，按此人数发到群里。`;
      const buttons = [{ label: '确认考勤', says: '确认考勤' }];
      notices.push(
        ...convenorsOf(session, world.members).map((id) => ({ to: { kind: 'user' as const, id }, text, buttons })),
      );
    }
    return notices;
  },
});
