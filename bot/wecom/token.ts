import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** Where tokens are kept; several instances may look into the same place. */
export interface TokenShelf {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, livesMs: number): Promise<void>;
  take(key: string, value: string, livesMs: number): Promise<boolean>;
  remove(key: string, value: string): Promise<void>;
}

export interface FetchedToken {
  value: string;
  livesMs: number;
}

// gettoken is given up after 10 seconds; whoever was to fetch it and has not by then will not any more.
const TURN_MS = 12_000;
const LOOK_AGAIN_MS = 50;

/** A secret that was changed must not find the token of the old one; the secret itself is in no key. */
export const shelfKey = (corpId: string, agentId: number, secret: string): string =>
  `token:${corpId}:${agentId}:${createHash('sha256').update(secret).digest('hex').slice(0, 16)}`;

/**
 * The access token of one app: fetched once however many wait for it, here or in other instances (protocol notes 3.1).
 * @param fetchToken asks the platform; what it throws is thrown to everybody who waits.
 */
export function tokenKeeper(key: string, shelf: TokenShelf, fetchToken: () => Promise<FetchedToken>) {
  const me = randomUUID();
  let waiting: Promise<string> | null = null;

  async function fetched(): Promise<string> {
    const turn = `${key}:turn`;
    const waitUntil = Date.now() + TURN_MS;
    while (!(await shelf.take(turn, me, TURN_MS)) && Date.now() < waitUntil) {
      await pause(LOOK_AGAIN_MS);
      const found = await shelf.get(key);
      if (found) return found;
    }
    try {
      // Somebody may have put it there between the look and the turn.
      const found = await shelf.get(key);
      if (found) return found;
      const { value, livesMs } = await fetchToken();
      await shelf.set(key, value, livesMs);
      return value;
    } finally {
      await shelf.remove(turn, me);
    }
  }

  return {
    /** The token, from the shelf or anew. */
    current(): Promise<string> {
      waiting ??= shelf
        .get(key)
        .then((found) => found ?? fetched())
        .finally(() => {
          waiting = null;
        });
      return waiting;
    },
    /** The platform refused `used`: it is taken off the shelf unless a newer one lies there already. */
    refuse: (used: string): Promise<void> => shelf.remove(key, used),
  };
}
