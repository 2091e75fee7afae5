import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { floodingSenders, keepNew, oldestOpen } from '#bot/store/inbox.ts';
import { isOn } from '#bot/store/setting.ts';
import { together } from './together.ts';

const MOST_AT_ONCE = 200;
// The platform asks again after five seconds and at most thrice: what cannot be on disk by then is better refused now.
const MOST_ON_THEIR_WAY = 2000;
// An answer later than this is no answer any more; whoever waits says it again.
const LONGEST_WAIT_MS = 60_000;
const MOST_OF_ONE = 300;
const LOOK_AGAIN_MS = 500;
// All that a flood brings while it is not carried out.
const MOST_FRESH = 20_000;
// What was seen longer ago says nothing of now: after a quiet hour one looks before one refuses.
const SIGHT_HOLDS_MS = 2000;

/** More comes than is carried out: not kept, so that the platform or the member tries again. */
export class Overloaded extends Error {}

/**
 * 收件: puts messages on disk before they are answered; those that wait share one commit. How long the oldest waits
 * decides whether more is taken, and how many of his wait whether more of one sender is; both end by themselves.
 */
export function openInbox(db: Db, clock: Clock, onKept: () => void) {
  let onTheirWay = 0;
  let cameAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  // How long the oldest had waited when it was looked at: its age now would grow though it be carried out long since.
  let sight = { at: Number.NEGATIVE_INFINITY, waitedMs: 0, flooding: new Set<string>() };

  // What was just kept is carried out in a moment: it need not be opened and read again for that.
  const fresh = new Map<number, InboundMessage>();

  const keepTogether = together<InboundMessage>(
    MOST_AT_ONCE,
    async (batch) => {
      const rows = batch.map((message) => {
        const { key, from } = message;
        return { key, sender: from, message: JSON.stringify(message) };
      });
      const kept = await keepNew(db, rows, clock.now());
      // Of two with one key the first is the one that was kept.
      for (const message of batch) {
        const id = kept.get(message.key);
        if (id === undefined || fresh.has(id)) continue;
        fresh.set(id, message);
        if (fresh.size > MOST_FRESH) for (const oldest of fresh.keys()) if (fresh.delete(oldest)) break;
      }
      onKept();
    },
    // Whoever is at the door by now shares the commit, which is dear whatever it holds.
    () => othersTurn(),
  );

  const look = async (): Promise<void> => {
    const at = performance.now();
    const oldest = await db.read(oldestOpen);
    const flooding = oldest ? await db.read((client) => floodingSenders(client, MOST_OF_ONE)) : new Set<string>();
    sight = { at, waitedMs: oldest ? clock.now().getTime() - oldest.getTime() : 0, flooding };
  };
  /** Looks at what waits, not oftener than is needed, and is waited for only where what was seen holds no more. */
  const lookNowAndThen = async (): Promise<void> => {
    const now = performance.now();
    if (!looking && now - lookedAt >= LOOK_AGAIN_MS) {
      lookedAt = now;
      looking = look()
        // A database that does not answer refuses the message itself.
        .catch(() => undefined)
        .finally(() => {
          looking = null;
        });
    }
    if (now - sight.at > SIGHT_HOLDS_MS) await looking;
  };

  /** Where 位置 is not switched on, no coordinates reach the disk at all (R14). */
  const withoutPlace = async (message: InboundMessage): Promise<InboundMessage> =>
    message.content.kind !== 'place' || (await db.read((client) => isOn(client, 'location', clock.now())))
      ? message
      : { ...message, content: { kind: 'other', type: 'location' } };

  return {
    /** The message that was kept under this number, if it is still at hand; once. */
    handOver(id: number): InboundMessage | undefined {
      const message = fresh.get(id);
      fresh.delete(id);
      return message;
    },
    /** How long nobody has come. Those who are answered together come again together: none may be waiting in between. */
    quietMs: (): number => performance.now() - cameAt,
    /**
     * Resolves when the message (or the same one before it) is on disk.
     * @throws Overloaded if it is not taken now; else what the disk refused it with.
     */
    async keep(message: InboundMessage): Promise<void> {
      if (onTheirWay >= MOST_ON_THEIR_WAY) throw new Overloaded();
      onTheirWay += 1;
      cameAt = performance.now();
      try {
        await lookNowAndThen();
        if (sight.waitedMs > LONGEST_WAIT_MS || sight.flooding.has(message.from)) throw new Overloaded();
        await keepTogether(await withoutPlace(message));
      } finally {
        onTheirWay -= 1;
      }
    },
  };
}
