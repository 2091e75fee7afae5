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
