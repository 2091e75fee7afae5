import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { floodingSenders, keepNew, oldestOpen } from '#bot/store/inbox.ts';
import { together } from './together.ts';

const MOST_AT_ONCE = 200;
// The platform asks again after five seconds and at most thrice: what cannot be on disk by then is better refused now.
const MOST_ON_THEIR_WAY = 2000;
// An answer later than this is no answer any more; whoever waits says it again.
const LONGEST_WAIT_MS = 60_000;
const MOST_OF_ONE = 300;
const LOOK_AGAIN_MS = 500;

/** More comes than is carried out: not kept, so that the platform or the member tries again. */
export class Overloaded extends Error {}

/**
 * 收件: puts messages on disk before they are answered; those that wait share one commit. How long the oldest waits
 * decides whether more is taken, and how many of his wait whether more of one sender is; both end by themselves.
 */
export function openInbox(db: Db, clock: Clock, onKept: () => void) {
  let onTheirWay = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let oldest: Date | null = null;
  let flooding = new Set<string>();

  const keepTogether = together<InboundMessage>(MOST_AT_ONCE, async (batch) => {
    const rows = batch.map((message) => ({
      ...{ key: message.key, sender: message.from, message: JSON.stringify(message) },
    }));
    await keepNew(db, rows, clock.now());
    onKept();
  });

  const look = async (): Promise<void> => {
    oldest = (await db.read(oldestOpen))?.receivedAt ?? null;
    flooding = oldest ? await db.read((client) => floodingSenders(client, MOST_OF_ONE)) : new Set();
  };
  /** Looks at what waits, not oftener than is needed and without being waited for. */
  const lookNowAndThen = (): void => {
    if (performance.now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = performance.now();
    // A database that does not answer refuses the message itself.
    look().catch(() => undefined);
  };

  return {
    /**
     * Resolves when the message (or the same one before it) is on disk.
     * @throws Overloaded if it is not taken now; else what the disk refused it with.
     */
    async keep(message: InboundMessage): Promise<void> {
      lookNowAndThen();
      const tooLong = oldest !== null && clock.now().getTime() - oldest.getTime() > LONGEST_WAIT_MS;
      if (tooLong || onTheirWay >= MOST_ON_THEIR_WAY || flooding.has(message.from)) throw new Overloaded();
      onTheirWay += 1;
      try {
        await keepTogether(message);
      } finally {
        onTheirWay -= 1;
      }
    },
  };
}
