import { addWorkdays, dayInWords, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';
import { resultInWords } from '#bot/domain/exam.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { scoresOf } from '#bot/store/exam.ts';

/** 测试提醒与截止: the workday before closing who has not finished is reminded; after it the office has mean and pass rate (R25). */
export default defineJob({
  name: 'close-exams',
  title: '测试提醒与截止',
  rule: '工作日09:20，截止前一个工作日提醒、截止后报结果',
  graceMs: 12 * HOUR_MS,
  slotsOn: (day) => (isWorkday(day) ? [instantAt(day, '09:20')] : []),

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    const tell = (id: string, text: string) => notices.push({ to: { kind: 'user', id }, text });
    for (const exam of await tx.exam.findMany({ where: { closedAt: null } })) {
      const scores = await scoresOf(tx, exam);
      if (exam.closesAt <= slot) {
        await tx.exam.update({ where: { id: exam.id }, data: { closedAt: slot } });
        const result = resultInWords([...scores.values()], world.members.length);
        for (const { id } of world.members.filter((member) => has(member, 'office')))
          tell(id, `《${exam.title}》已截止：${result}。`);
      } else if (dayOf(exam.closesAt) === addWorkdays(dayOf(slot), 1) && exam.mode !== 'practice')
        for (const { id } of world.members.filter((member) => !scores.has(member.id)))
          tell(
            id,
            `《${exam.title}》${dayInWords(dayOf(exam.closesAt))}${timeOf(exam.closesAt)}截止，您还没有答完，请发“开始答题”。`,
          );
    }
    return notices;
  },
});
