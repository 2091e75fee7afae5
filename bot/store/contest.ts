import { resultInWords, resultsOf } from '#bot/domain/contest.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

export type ContestRow = NonNullable<Awaited<ReturnType<Tx['contest']['findUnique']>>>;

/** The round that is open; null if none. */
export const openContest = (tx: Tx): Promise<ContestRow | null> =>
  tx.contest.findFirst({ where: { closedAt: null }, orderBy: { id: 'desc' } });

export const judgesOf = ({ judges }: Pick<ContestRow, 'judges'>): string[] => JSON.parse(judges);

/** Its entries with their numbers; a number stays when another entry was taken back. */
export async function entriesOf(tx: Tx, { id }: Pick<ContestRow, 'id'>) {
  const rows = await tx.contestEntry.findMany({ where: { contestId: id }, orderBy: { id: 'asc' } });
  return rows.map((row, index) => ({ ...row, no: index + 1 })).filter(({ undoneAt }) => undoneAt === null);
}

export const scoresOf = async (tx: Tx, entries: { id: number }[]) =>
  tx.contestScore.findMany({ where: { entryId: { in: entries.map(({ id }) => id) } } });

/** What a judge has still to score, and of how many; never the own entry. */
export async function toJudge(tx: Tx, contest: ContestRow, judgeId: string) {
  const entries = (await entriesOf(tx, contest)).filter(({ personId }) => personId !== judgeId);
  const own = (await scoresOf(tx, entries)).filter((one) => one.judgeId === judgeId);
  const scored = new Set(own.map(({ entryId }) => entryId));
  return { left: entries.filter(({ id }) => !scored.has(id)), all: entries.length };
}

/** The result with names, a line an entry. */
export async function resultLines(tx: Tx, contest: ContestRow, { members }: World): Promise<string[]> {
  const entries = await entriesOf(tx, contest);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return resultsOf(entries, await scoresOf(tx, entries)).map((one) =>
    resultInWords(one, names.get(one.entry.personId) ?? ''),
  );
}
