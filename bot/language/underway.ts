import type { Clause } from './reading.ts';

/** After so long without a word nothing is added to a text any more. */
export const DRAFT_LIVES_MS = 2 * 3_600_000;

/** What the speaker is in the middle of, if it is of one of these kinds and was gone on with in the last two hours. */
export function underwayOf({ reading }: Clause, ...kinds: string[]) {
  return (reading.world.pending.underway ?? []).find(
    ({ member, kind, since }) =>
      kinds.includes(kind) &&
      member === reading.speaker.id &&
      reading.now.getTime() - Date.parse(since) < DRAFT_LIVES_MS,
  );
}

/** The long text the speaker is writing: 心得体会 or 参评作品. */
export const draftOf = (clause: Clause) => underwayOf(clause, 'reflection', 'entry');
