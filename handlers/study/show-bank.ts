import { z } from 'zod';
import { bankQuestionInWords } from '#bot/domain/question-bank.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { bankSought } from '#bot/language/bank.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { asQuestion, banksOf } from '#bot/store/bank.ts';

type Shown = Outcome &
  (
    | { kind: 'listed'; banks: Awaited<ReturnType<typeof banksOf>> }
    | { kind: 'shown'; bank: string; lines: string[] }
    | { kind: 'no-bank'; bank: string; banks: string[] }
    | { kind: 'no-such'; bank: string; no: number }
  );

/** 查题库: the banks, or the questions of one with their right answers, for the office alone (R25). */
export default defineHandler({
  name: 'query.bank',
  title: '查题库',
  examples: [
    ...['题库', '题库列表', '题库有哪些', '有哪些题库', '查看题库', '看看题库情况', '列出题库', '题库清单'],
    ...[
      '题库 八项规定',
      '查看题库八项规定',
      '题库党章的题',
      '题库“八项规定”全部题目',
      '题库八项规定有哪些题',
      '题库 党章 第3题',
    ],
    '查题库八项规定第2题',
  ],
  input: z.object({ bank: z.string().optional(), no: z.number().optional() }),
  reads: true,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [/题库/],
  meant(clause) {
    // Right answers are for nobody else's eyes.
    if (clause.reading.chat !== 'direct') return null;
    const sought = bankSought(clause.said);
    return sought ? act(clause, 2.8, sought) : null;
  },

  async execute({ input, tx }): Promise<Shown> {
    const banks = await banksOf(tx);
    const { bank, no } = input;
    if (bank === undefined) return { kind: 'listed', changed: false, banks };
    const rows = await tx.testQuestion.findMany({ where: { bank, ...(no && { no }) }, orderBy: { no: 'asc' } });
    if (!banks.some((one) => one.bank === bank))
      return { kind: 'no-bank', changed: false, bank, banks: banks.map((one) => one.bank) };
    if (no !== undefined && rows.length === 0) return { kind: 'no-such', changed: false, bank, no };
    const lines = rows.map(
      (row) => `${bankQuestionInWords({ no: row.no, ...asQuestion(row) })}${row.removedAt ? '（已停用）' : ''}`,
    );
    return { kind: 'shown', changed: false, bank, lines };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'listed':
        return outcome.banks.length === 0
          ? '还没有题库。请发“题库 八项规定 加题：判断 可以层层陪同 答案错”这样的话，或导入表格。'
          : `题库${outcome.banks.length}个：${outcome.banks.map(({ bank, count, retired }) => `${bank}${count}题${retired > 0 ? `（另停用${retired}题）` : ''}`).join('、')}。看题目请发“题库 ${outcome.banks[0]?.bank}”。`;
      case 'shown':
        return [`题库“${outcome.bank}”${outcome.lines.length}题，答案请勿外传：`, ...outcome.lines].join('\n');
      case 'no-bank':
        return `没有题库“${outcome.bank}”${outcome.banks.length > 0 ? `，现有：${outcome.banks.join('、')}` : ''}。`;
      case 'no-such':
        return `题库“${outcome.bank}”没有第${outcome.no}题。`;
    }
  },
});
