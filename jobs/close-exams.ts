import { addWorkdays, dayInWords, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';
import { bestInWords, resultInWords } from '#bot/domain/exam.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import { officeIds } from '#bot/permission.ts';
import { type ExamRow, scoresOf } from '#bot/store/exam.ts';

const LAST_HOURS = '16:00';

/**
 * 测试提醒与截止 (R25): the workday before closing, and in the last two hours, who has not finished is reminded; after it the
 * office has mean and pass rate of the bureau, each head those of the unit. Nobody is ranked, except in a declared 竞赛.
 */
export default defineJob({
  name: 'close-exams',
  title: '测试提醒与截止',
  rule: '工作日09:20，截止前一个工作日提醒、截止后报结果；截止当天16:00再提醒未答完的',
  graceMs: 12 * HOUR_MS,
  slotsOn: (day) => [
    ...(isWorkday(day) ? [instantAt(day, '09:20')] : []),
    // A test may end on a rest day; whoever has not finished hears it all the same.
    instantAt(day, LAST_HOURS),
  ],

  async run({ slot, tx, world }) {
    const notices: JobNotice[] = [];
    const tell = (id: string, text: string) => notices.push(toMember(id, text));
    const today = dayOf(slot);
    const isLast = timeOf(slot) === LAST_HOURS;
    for (const exam of await tx.exam.findMany({ where: { closedAt: null } })) {
      const scores = await scoresOf(tx, exam);
      const closing = dayOf(exam.closesAt);
      const isDue = isLast ? closing === today : closing > today && closing <= addWorkdays(today, 1);
      if (!isLast && exam.closesAt <= slot) {
        await tx.exam.update({ where: { id: exam.id }, data: { closedAt: slot } });
        for (const { id, text } of resultsTold(exam, scores, world)) tell(id, text);
      } else if (isDue && exam.closesAt > slot && exam.mode !== 'practice')
        for (const { id } of world.members.filter((member) => !scores.has(member.id)))
          tell(
            id,
            `《${exam.title}》${isLast ? '今天' : dayInWords(closing)}${timeOf(exam.closesAt)}截止，您还没有答完，请发“开始答题”。`,
          );
    }
    return notices;
  },
});

/** What the office hears of a test that is over, and each head of the own unit. */
function resultsTold(exam: ExamRow, scores: Map<string, number>, world: World): { id: string; text: string }[] {
  const of = (people: World['members']) =>
    resultInWords(
      people.flatMap(({ id }) => scores.get(id) ?? []),
      people.length,
    );
  const best = exam.mode === 'contest' ? bestInWords(scores, world.members) : '';
  const told = officeIds(world).map((id) => ({ id, text: `《${exam.title}》已截止：${of(world.members)}。${best}` }));
  const heads = world.departments.flatMap(({ code, name, head }) =>
    head
      ? [
          {
            id: head,
            text: `《${exam.title}》已截止：${name}${of(world.members.filter((one) => one.department === code))}。`,
          },
        ]
      : [],
  );
  return [...told, ...heads];
}
