import { timeOf } from '#bot/calendar.ts';
import { windowOf } from '#bot/domain/attendance.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import { asksPlace } from '#bot/store/place.ts';
import { convenorsOf } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

/** 签到开始: a quarter of an hour before the start the convenor hears that sign-in is open and what can be done (R14, J04). */
export default defineJob({
  name: 'open-sign-in',
  title: '签到开始',
  rule: '每场学习开始前15分钟',
  graceMs: HOUR_MS / 4,
  slotsOn: (_, { sessions }) => sessions.map((session) => windowOf(session).opens),

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    const opening = (await tx.session.findMany({ where: { cancelledAt: null, start: { gt: slot } } })).filter(
      (session) => +windowOf(session).opens === +slot,
    );
    const located = await isOn(tx, 'location', slot);
    for (const session of opening) {
      const { length } = await expectedAt(tx, session);
      const checked = (await asksPlace(tx, session.venue, slot))
        ? '本场签到核对位置。'
        : located
          ? '会场位置还没有设定，本场签到不核对位置；要核对请在会场发“会场位置”。'
          : '';
      const text = `签到已开始：${sessionName(session)}，应到${length}人，至${timeOf(windowOf(session).closes)}截止。要用签到码请发“签到码”，要在会场大屏上显示请发“会场屏幕”；纸质签到请发“代签到 张三 李四”；提前截止请发“截止签到”。${checked}`;
      const buttons = [...['签到码', '会场屏幕', '截止签到'].map((says) => ({ label: says, says })), REFRESH];
      notices.push(
        ...convenorsOf(session, world.members).map((id) => ({ to: { kind: 'user' as const, id }, text, buttons })),
      );
    }
    return notices;
  },
});
