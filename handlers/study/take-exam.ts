import { z } from 'zod';
import { answersOf, type Question, questionInWords } from '#bot/domain/exam.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { materialFor, openExam, questionsOf } from '#bot/store/exam.ts';

type Begun = Outcome &
  (
    | { kind: 'begun'; question: Question; place: number; of: number; title: string; material: string | null }
    | { kind: 'none' | 'done' }
  );

const BEGINS = /^\s*(?:我要)?(?:开始|参加|继续)(?:知识)?(?<mode>练习|竞赛|答题|考试)[。！!]?\s*$/;
const MODES: Record<string, string[]> = { 练习: ['practice'], 竞赛: ['contest'] };

/** 开始答题: one question a message; a test has one try, a practice two (R25). */
export default defineHandler({
  name: 'exam.take',
  title: '开始答题',
  examples: ['开始答题'],
  input: z.object({ modes: z.array(z.string()) }),
  allow: anyone,

  over: 'message',
  cues: [BEGINS],
  meant(clause) {
    const mode = BEGINS.exec(clause.text)?.groups?.['mode'];
    if (!mode || clause.reading.chat !== 'direct') return null;
    return act(clause, 3, { modes: MODES[mode] ?? ['test', 'contest'] });
  },

  async execute({ input, actor, message, tx }): Promise<Begun> {
    const at = message.sentAt;
    const exam = await openExam(tx, at, input.modes);
    if (!exam) return { kind: 'none', changed: false };
    const papers = await tx.examPaper.findMany({ where: { examId: exam.id, personId: actor.id } });
    const open = papers.find(({ finishedAt }) => finishedAt === null);
    if (!open && papers.length >= (exam.mode === 'practice' ? 2 : 1)) return { kind: 'done', changed: false };
    const bank = await tx.testQuestion.findMany({
      where: { bank: exam.bank, removedAt: null },
      orderBy: { no: 'asc' },
      take: exam.count,
    });
    const paper =
      open ??
      (await tx.examPaper.create({
        data: {
          ...{ examId: exam.id, personId: actor.id, tryNo: papers.length + 1, startedAt: at },
          questions: JSON.stringify(bank.map(({ id }) => id)),
        },
      }));
    const questions = await questionsOf(tx, JSON.parse(paper.questions));
    const place = await tx.examAnswer.count({ where: { paperId: paper.id } });
    const question = questions[place];
    if (!question) return { kind: 'done', changed: false };
    await tx.examPaper.update({ where: { id: paper.id }, data: { startedAt: at, expects: question.kind } });
    const material = open ? null : await materialFor(tx, exam);
    return { kind: 'begun', changed: !open, material, question, place, of: questions.length, title: exam.title };
  },

  reply(outcome) {
    if (outcome.kind !== 'begun')
      return outcome.kind === 'none' ? '现在没有可以参加的测试。' : '您已答过，不能重复作答。发“测试结果”查看。';
    const first = outcome.material ? `请先学习材料：${outcome.material}。\n` : '';
    return `《${outcome.title}》\n${first}${questionInWords(outcome.question, outcome.place, outcome.of)}`;
  },
  buttons: (outcome) => (outcome.kind === 'begun' ? answersOf(outcome.question).buttons : []),
  style: (outcome) => (outcome.kind === 'begun' ? answersOf(outcome.question).style : {}),
});
