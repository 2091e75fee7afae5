import { dayOf } from '#bot/calendar.ts';
import { resultInWords, resultsOf } from '#bot/domain/contest.ts';
import { wordsIn } from '#bot/domain/draft.ts';
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

/** An entry that was taken. */
export interface Entry {
  kind: 'entered';
  id: number;
  contest: string;
  words: number;
}
/** Why an entry is not taken. */
export const WHY_NOT_ENTERED = {
  none: '现在没有进行中的评比。',
  over: '评比征集已截止。',
  twice: '您已有一篇作品，每人一篇。',
} as const;
export const contestName = (title: string): string => `《${title}》`;

/** Why nothing can be entered now by somebody; null if it can. */
export async function whyNoEntry(tx: Tx, personId: string, at: Date): Promise<keyof typeof WHY_NOT_ENTERED | null> {
  const contest = await openContest(tx);
  if (!contest) return 'none';
  if (dayOf(at) > contest.deadline) return 'over';
  const before = await tx.contestEntry.count({ where: { contestId: contest.id, personId, undoneAt: null } });
  return before > 0 ? 'twice' : null;
}

/** Enters a text for the round that is open: one a person (R24). */
export async function enterContest(
  tx: Tx,
  personId: string,
  entry: { title: string; text: string; at: Date; draftId?: number },
): Promise<Entry | { kind: keyof typeof WHY_NOT_ENTERED }> {
  const why = await whyNoEntry(tx, personId, entry.at);
  const contest = await openContest(tx);
  if (why || !contest) return { kind: why ?? 'none' };
  const { id } = await tx.contestEntry.create({ data: { contestId: contest.id, personId, ...entry } });
  return { kind: 'entered', id, contest: contest.title, words: wordsIn(entry.text) };
}

/** Takes an entry back; false once a judge has scored it. */
export async function withdrawEntry(tx: Tx, id: number, at: Date): Promise<boolean> {
  if ((await tx.contestScore.count({ where: { entryId: id } })) > 0) return false;
  return (await tx.contestEntry.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: at } })).count === 1;
}

/** An entry's words as a judge reads them: whose they are is blanked out where the text says it. */
export const blanked = (text: string, personId: string, { members, departments }: World): string => {
  const author = members.find(({ id }) => id === personId);
  const unit = departments.find(({ code }) => code === author?.department);
  const given = [author?.name, unit?.name, ...(unit?.aliases ?? [])].filter((word) => (word?.length ?? 0) > 1);
  return given.reduce<string>((rest, word) => rest.replaceAll(word ?? '', '×'.repeat(word?.length ?? 0)), text);
};
