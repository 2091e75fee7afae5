import { dayOf, workdaysUntil } from '#bot/calendar.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { changesAsked } from '#bot/store/question.ts';

const WAITS = 2;

/** 调整待批提醒: another target, term or 时间节点 that was asked for and not decided within two workdays, once; none on what is closed (R47). */
export default defineJob({
  name: 'chase-changes',
  title: '调整待批提醒',
  rule: '工作日08:30，目标、时限、节点调整申请满2个工作日未决定的，提醒审批人',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx }) {
    const today = dayOf(slot);
    return (await changesAsked(tx, slot))
      .filter(({ askedAt }) => workdaysUntil(dayOf(askedAt), today) === WAITS)
      .map(({ personId, title }): JobNotice => {
        const text = `待您审批已满${WAITS}个工作日：${title}。请回复“同意”或“不同意”。`;
        return toMember(personId, text);
      });
  },
});
