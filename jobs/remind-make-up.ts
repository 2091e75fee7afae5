import { addWorkdays, dayOf, instantAt } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { owesMakeUp } from '#bot/store/make-up.ts';

/** 补学提醒: one workday after a session and five after it whoever missed it and has not made up for it hears so (R17, J06). */
export default defineJob({
  name: 'remind-make-up',
  title: '补学提醒',
  rule: '学习后第1、第5个工作日09:00',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('09:00'),

  async run({ slot, tx }) {
    const days = [-1, -5].map((count) => addWorkdays(dayOf(slot), count));
    const notices: JobNotice[] = [];
    for (const from of days) {
      // A session on a rest day counts from the workday before it.
      const until = addWorkdays(from, 1);
      const start = { gte: instantAt(from, '00:00'), lt: instantAt(until, '00:00') };
      for (const session of await tx.session.findMany({ where: { start, cancelledAt: null } })) {
        const material = session.material ? `材料：${session.material}。` : '';
        const text = `补学提醒：您未参加${sessionName(session)}。${material}学完请发“补学 ${session.code} 学习要点”。`;
        const owing = await owesMakeUp(tx, session);
        notices.push(...owing.map((id) => toMember(id, text)));
      }
    }
    return notices;
  },
});
