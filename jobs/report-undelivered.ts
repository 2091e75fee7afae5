import { defineJob, HOUR_MS, onWorkdays, toOffice } from '#bot/job.ts';
import { undeliveredSince } from '#bot/store/undelivered.ts';

const MOST_NAMES = 5;

/** 未送达报告: once a day the office hears in one message what could not be delivered, why, and what to do about it (R99). */
export default defineJob({
  name: 'report-undelivered',
  title: '未送达报告',
  rule: '工作日08:45，有消息未送达时发给活动办',
  graceMs: 24 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:45'),

  async run({ slot, tx, world }) {
    const failures = await undeliveredSince(tx, 'report-undelivered', slot);
    if (failures.length === 0) return [];
    const nameOf = new Map(world.members.map(({ id, name }) => [id, name]));
    const lines = failures.map(({ reason, count, addresses }) => {
      const names = addresses.map((address) => nameOf.get(address) ?? address);
      const who = names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join('、')}等` : names.join('、');
      return `${who ? `${who}：` : ''}${count}条，${reason}`;
    });
    const total = failures.reduce((sum, { count }) => sum + count, 0);
    const text = `有${total}条消息没有送达。\n${lines.join('\n')}`;
    return toOffice(world, text);
  },
});
