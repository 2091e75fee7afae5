import type { Question } from '#bot/domain/exam.ts';
import type { Tx } from './db.ts';

export type ExamRow = NonNullable<Awaited<ReturnType<Tx['exam']['findUnique']>>>;

/** The exam that is open to everybody at an instant: the one that closes first. */
export const openExam = (tx: Tx, at: Date, modes: string[]): Promise<ExamRow | null> =>
  tx.exam.findFirst({
    where: { mode: { in: modes }, opensAt: { lte: at }, closesAt: { gt: at }, closedAt: null },
    orderBy: { closesAt: 'asc' },
  });

/** Questions by id, in the order of the ids. */
export async function questionsOf(tx: Tx, ids: number[]): Promise<Question[]> {
  const rows = await tx.testQuestion.findMany({ where: { id: { in: ids } } });
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    return row ? [{ ...row, options: JSON.parse(row.options) as string[] }] : [];
  });
}

/** Scores of a hundred of who finished in time, by person; the best of several tries. */
export async function scoresOf(tx: Tx, exam: ExamRow): Promise<Map<string, number>> {
  const papers = await tx.examPaper.findMany({
    where: { examId: exam.id, finishedAt: { not: null, lte: exam.closesAt } },
  });
  const scores = new Map<string, number>();
  for (const { personId, right, questions } of papers) {
    const score = Math.round((100 * right) / (JSON.parse(questions) as number[]).length);
    scores.set(personId, Math.max(score, scores.get(personId) ?? 0));
  }
  return scores;
}
