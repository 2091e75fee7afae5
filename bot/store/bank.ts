import type { BankQuestion } from '#bot/domain/question-bank.ts';
import type { Tx } from './db.ts';

export type QuestionRow = NonNullable<Awaited<ReturnType<Tx['testQuestion']['findUnique']>>>;

export const asQuestion = ({ kind, text, options, answer }: QuestionRow): BankQuestion => ({
  ...{ kind, text, answer },
  options: JSON.parse(options) as string[],
});

/** The test that asks from this bank just now: whoever answers later may not be asked otherwise than who answered before. */
export const examOn = (tx: Tx, bank: string, at: Date) =>
  tx.exam.findFirst({ where: { bank, closedAt: null, closesAt: { gt: at } } });

/** Every bank with how many questions are in use. */
export async function banksOf(tx: Tx): Promise<{ bank: string; count: number; retired: number }[]> {
  const rows = await tx.testQuestion.findMany({ select: { bank: true, removedAt: true }, orderBy: { id: 'asc' } });
  return [...new Set(rows.map(({ bank }) => bank))].map((bank) => {
    const own = rows.filter((one) => one.bank === bank);
    const retired = own.filter(({ removedAt }) => removedAt !== null).length;
    return { bank, count: own.length - retired, retired };
  });
}
