import { z } from 'zod';
import { answerSaid, answersOf, isRight, type Question, questionInWords } from '#bot/domain/exam.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { underwayOf } from '#bot/language/underway.ts';
import { anyone } from '#bot/permission.ts';
import { questionsOf } from '#bot/store/exam.ts';

type Answered = Outcome &
  (
    | { kind: 'next' | 'not-one'; question: Question; place: number; of: number }
    | { kind: 'finished'; right: number; of: number; title: string }
    | { kind: 'none' | 'closed' }
  );

/** 作答: while a test is taken a bare answer is the answer to the question that is open; nothing tells which was right (R25). */
export default defineHandler({
  name: 'exam.answer',
  title: '作答',
  examples: [],
  input: z.object({ said: z.string() }),
  restricted: ['said'],
  allow: anyone,

  over: 'message',
  meant(clause) {
    const open = clause.reading.chat === 'direct' ? underwayOf(clause, 'exam') : undefined;
    if (!open) return null;
    const said = clause.said.trim();
    const short =
      /^(?:我?选|答案(?:是|为)?[:：]?)?\s*(?:[A-Za-zＡ-Ｚ][A-Za-zＡ-Ｚ\s、,，]{0,10}|对|错|√|×|正确|错误)[。.]?$/.test(
        said,
      );
    return short || (open.title === 'blank' && /^答[:：]/.test(said)) ? act(clause, 5, { said }) : null;
  },

  async execute({ input, actor, message, tx }): Promise<Answered> {
    const at = message.sentAt;
    const paper = await tx.examPaper.findFirst({
      where: { personId: actor.id, finishedAt: null },
      orderBy: { startedAt: 'desc' },
    });
    if (!paper) return { kind: 'none', changed: false };
    const exam = await tx.exam.findUniqueOrThrow({ where: { id: paper.examId } });
    const questions = await questionsOf(tx, JSON.parse(paper.questions));
    const place = await tx.examAnswer.count({ where: { paperId: paper.id } });
    const question = questions[place];
    if (!question) return { kind: 'none', changed: false };
    if (at > exam.closesAt || exam.closedAt) {
      await tx.examPaper.update({ where: { id: paper.id }, data: { finishedAt: at } });
      return { kind: 'closed', changed: false };
    }
    const answer = answerSaid(question.kind, input.said, question.options.length);
    const of = questions.length;
    if (answer === null) return { kind: 'not-one', changed: false, question, place, of };
    const right = isRight(question, answer);
    await tx.examAnswer.create({ data: { paperId: paper.id, place, answer, right, at } });
    const next = questions[place + 1];
    const total = paper.right + (right ? 1 : 0);
    await tx.examPaper.update({
      where: { id: paper.id },
      data: { right: total, startedAt: at, expects: next?.kind ?? '', finishedAt: next ? null : at },
    });
    if (!next) return { kind: 'finished', changed: true, right: total, of, title: exam.title };
    return { kind: 'next', changed: true, question: next, place: place + 1, of };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'next':
        return questionInWords(outcome.question, outcome.place, outcome.of);
      case 'not-one':
        return `没有记录：不是这道题的选项。\n${questionInWords(outcome.question, outcome.place, outcome.of)}`;
      case 'finished':
        return `《${outcome.title}》答完：对${outcome.right}题，共${outcome.of}题，${Math.round((100 * outcome.right) / outcome.of)}分。成绩只告诉本人。`;
      case 'closed':
        return '没有记录：测试已经截止，之后的作答不计入。';
      case 'none':
        return '没有正在答的测试。请发“开始答题”。';
    }
  },
  buttons: (outcome) => ('question' in outcome ? answersOf(outcome.question).buttons : []),
  style: (outcome) => ('question' in outcome ? answersOf(outcome.question).style : {}),
});
