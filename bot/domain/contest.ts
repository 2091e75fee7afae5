/** An entry as its judges see it: its number in the round and its words, never whose it is (R24). */
export interface Entry {
  id: number;
  personId: string;
  title: string;
}
export interface Score {
  entryId: number;
  judgeId: string;
  score: number;
}
export interface Result {
  /** place of the entry in the round, by which judges speak of it */
  no: number;
  entry: Entry;
  /** null where nobody scored it: unknown is not zero */
  mean: number | null;
  judges: number;
  rank: number | null;
  tied: boolean;
}

/** Means, number of judges and ranks of a round; equal means share a rank and are marked as ties (R24). */
export function resultsOf(entries: readonly (Entry & { no: number })[], scores: readonly Score[]): Result[] {
  const results = entries.map(({ no, ...entry }) => {
    const own = scores.filter(({ entryId }) => entryId === entry.id);
    const sum = own.reduce((total, { score }) => total + score, 0);
    return { no, entry, judges: own.length, mean: own.length > 0 ? Math.round((100 * sum) / own.length) / 100 : null };
  });
  return results
    .map((one) => ({
      ...one,
      rank: one.mean === null ? null : 1 + results.filter(({ mean }) => mean !== null && mean > (one.mean ?? 0)).length,
      tied: one.mean !== null && results.some((other) => other.no !== one.no && other.mean === one.mean),
    }))
    .sort((one, other) => (other.mean ?? -1) - (one.mean ?? -1) || one.no - other.no);
}

/** 「第1名 作品2《…》平均91.50分（2名评委，并列）」 */
export const resultInWords = ({ no, entry, mean, judges, rank, tied }: Result, name?: string): string =>
  mean === null
    ? `作品${no}《${entry.title}》${name ?? ''}尚无评分`
    : `第${rank}名　作品${no}《${entry.title}》${name ?? ''}平均${mean.toFixed(2)}分（${judges}名评委${tied ? '，并列' : ''}）`;
