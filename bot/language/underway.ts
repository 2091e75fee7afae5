import type { Clause } from './reading.ts';

const LIVES_MS = 2 * 3_600_000;

/** What the speaker is in the middle of, if it is of this kind and was gone on with in the last two hours. */
export function underwayOf({ reading: { speaker, world, now } }: Clause, kind: string) {
  return (world.pending.underway ?? []).find(
    (one) => one.member === speaker.id && one.kind === kind && now.getTime() - Date.parse(one.since) < LIVES_MS,
  );
}
