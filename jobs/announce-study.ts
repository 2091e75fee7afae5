import { timeOf } from '#bot/calendar.ts';
import { ALL } from '#bot/domain/groups.ts';
import { titled } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { isOn } from '#bot/store/setting.ts';

const BEFORE_MS = 30 * 60_000;

/** 学习预告: half an hour before a session of the whole bureau its groups hear of it (R11, J03). */
export default defineJob({
  name: 'announce-study',
  title: '学习预告',
  rule: '全局学习开始前30分钟，发到各群',
  graceMs: HOUR_MS / 3,
  slotsOn: (_, { sessions }) => sessions.map(({ start }) => new Date(start.getTime() - BEFORE_MS)),

  async run({ slot, tx }) {
    const start = new Date(slot.getTime() + BEFORE_MS);
    const sessions = await tx.session.findMany({ where: { start, cancelledAt: null, scope: '[]' } });
    // Everybody's phone rings only where the office asked for it and the chief agreed (R97).
    const style = (await isOn(tx, 'everybody', slot)) && { style: { mentions: ['@all'] } };
    return sessions.map(
      (session): JobNotice => ({
        to: { kind: 'groups', audience: ALL },
        text: `学习通知：今天${timeOf(session.start)}${session.venue ? `在${session.venue}` : ''}学习${titled(session.topic)}，开始前15分钟可以签到，请准时参加。`,
        ...style,
      }),
    );
  },
});
