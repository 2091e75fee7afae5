import { dayInWords, dayOf, workdaysUntil } from '#bot/calendar.ts';
import { isFeedbackDue } from '#bot/domain/matter.ts';
import { defineJob, HOUR_MS, onWorkdays, toMember } from '#bot/job.ts';
import { awaitingFeedback } from '#bot/store/feedback.ts';

/** 反馈提醒: who works on a matter that wants feedback every week or month is asked when nothing was heard for as long (R58, R59). */
export default defineJob({
  name: 'ask-feedback',
  title: '交办事项反馈提醒',
  rule: '工作日08:30，重点和群众反映的事项满5个工作日、每月反馈的满21个工作日没有进展的',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    return (await awaitingFeedback(tx))
      .filter(({ assignment, last }) => isFeedbackDue(assignment.rhythm, last, today, workdaysUntil))
      .flatMap(({ assignment, item, last }) => {
        const owner = item.ownerId ?? world.departments.find(({ code }) => code === item.departmentCode)?.head;
        if (!owner) return [];
        const kind = assignment.level === '重点' ? '重点事项' : '事项';
        return [
          toMember(
            owner,
            `${kind}${item.code}《${item.title}》自${dayInWords(last)}后没有反馈，${dayInWords(item.deadline)}到期，请回复“反馈${item.code}：进展……；问题……；下一步……”。`,
          ),
        ];
      });
  },
});
