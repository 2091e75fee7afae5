import type { Clause } from './reading.ts';

/** After so long without a word nothing is added to a text any more. */
export const DRAFT_LIVES_MS = 2 * 3_600_000;

/** What the speaker is in the middle of, if it is of one of these kinds and was gone on with in the last two hours. */
export function underwayOf({ reading: { speaker, world, now } }: Clause, ...kinds: string[]) {
  return (world.pending.underway ?? []).find(
    (one) =>
      one.member === speaker.id && kinds.includes(one.kind) && now.getTime() - Date.parse(one.since) < DRAFT_LIVES_MS,
  );
}

/** The long text the speaker is writing: 心得体会 or 参评作品. */
export const draftOf = (clause: Clause) => underwayOf(clause, 'reflection', 'entry');
