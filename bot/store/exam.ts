import type { Question } from '#bot/domain/exam.ts';
import { fitOfTopic, topicOf } from '#bot/domain/topic.ts';
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

/** What to read before a test: the material of the last session on its subject, else that of the library (R10, R25). */
export async function materialFor(tx: Tx, { bank, opensAt }: ExamRow): Promise<string | null> {
  const sessions = await tx.session.findMany({
    where: { cancelledAt: null, material: { not: null }, start: { lte: opensAt } },
    ...{ orderBy: { start: 'desc' }, take: 100, select: { topic: true, material: true } },
  });
  const held = sessions.find(({ topic }) => fitOfTopic(bank, topic) > 0);
  if (held) return held.material;
  const topics = await tx.studyTopic.findMany({ where: { removedAt: null }, orderBy: { rank: 'asc' } });
  return topicOf(bank, topics)?.material || null;
}

/** The paper somebody is answering of a test, and how far it is. */
export async function paperUnderway(tx: Tx, examId: number, personId: string) {
  const paper = await tx.examPaper.findFirst({ where: { examId, personId, finishedAt: null } });
  if (!paper) return null;
  const questions = await questionsOf(tx, JSON.parse(paper.questions));
  return { paper, questions, place: await tx.examAnswer.count({ where: { paperId: paper.id } }) };
}
