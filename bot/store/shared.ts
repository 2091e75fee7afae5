import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';

/**
 * What several instances share and can afford to lose: the access token, and who is fetching it. What must not be lost
 * is in the record book, also the rates of the outbox: a budget forgotten in a restart would be messages dropped.
 */
export interface Shared {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, livesMs: number): Promise<void>;
  /** Takes `key` unless somebody holds it already. */
  take(key: string, value: string, livesMs: number): Promise<boolean>;
  /** Removes `key` if it still holds `value`; what somebody else put there meanwhile stays. */
  remove(key: string, value: string): Promise<void>;
  isUp(): Promise<boolean>;
  close(): Promise<void>;
}

/** For one instance: kept in the process. */
export function ownShared(clock: Clock): Shared {
  const kept = new Map<string, { value: string; until: number }>();
  const held = (key: string): string | null => {
    const entry = kept.get(key);
    return entry && entry.until > clock.now().getTime() ? entry.value : null;
  };
  const put = (key: string, value: string, livesMs: number) =>
    void kept.set(key, { value, until: clock.now().getTime() + livesMs });
  return {
    get: async (key) => held(key),
    set: async (key, value, livesMs) => put(key, value, livesMs),
    async take(key, value, livesMs) {
      if (held(key) !== null) return false;
      put(key, value, livesMs);
      return true;
    },
    async remove(key, value) {
      if (held(key) === value) kept.delete(key);
    },
    isUp: async () => true,
    close: async () => undefined,
  };
}

const PREFIX = 'chuangyou:';
const ANSWERS_WITHIN_MS = 500;
const LONGEST_PAUSE_MS = 2000;
const REMOVE_IF_SAME = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/**
 * For several instances: kept in Redis. While it does not answer, every instance goes on with what it keeps itself,
 * which costs a fetch of its own and loses nothing.
 */
export async function redisShared(url: string, clock: Clock, log: Logger): Promise<Shared> {
  const { Redis: Client } = await import('ioredis');
  const own = ownShared(clock);
  const redis = new Client(url, {
    connectTimeout: ANSWERS_WITHIN_MS,
    commandTimeout: ANSWERS_WITHIN_MS,
    // A command that cannot be sent now fails now: the caller has something better to do than to wait.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(100 * tries, LONGEST_PAUSE_MS),
  });
  let up = true;
  const turned = (now: boolean): void => {
    if (now !== up) log[now ? 'info' : 'warn']({ redis: now ? 'up' : 'down' }, 'shared state');
    up = now;
  };
  redis.on('ready', () => turned(true));
  redis.on('error', () => turned(false));
  const orOwn = <T>(ask: () => Promise<T>, instead: () => Promise<T>): Promise<T> => ask().catch(instead);
  const connected = firstAttempt(redis);

  return {
    async get(key) {
      await connected;
      return orOwn(
        () => redis.get(PREFIX + key),
        () => own.get(key),
      );
    },
    async set(key, value, livesMs) {
      await connected;
      await own.set(key, value, livesMs);
      await orOwn<unknown>(
        () => redis.set(PREFIX + key, value, 'PX', livesMs),
        async () => undefined,
      );
    },
    async take(key, value, livesMs) {
      await connected;
      return orOwn(
        async () => (await redis.set(PREFIX + key, value, 'PX', livesMs, 'NX')) === 'OK',
        () => own.take(key, value, livesMs),
      );
    },
    async remove(key, value) {
      await connected;
      await own.remove(key, value);
      await orOwn<unknown>(
        () => redis.eval(REMOVE_IF_SAME, 1, PREFIX + key, value),
        async () => undefined,
      );
    },
    isUp: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    close: async () => redis.disconnect(),
  };
}

/** The first connection is waited for, so that a start does not take Redis for lost; a failed one is not. */
const firstAttempt = (redis: Redis): Promise<void> =>
  new Promise((resolve) => {
    redis.once('ready', () => resolve());
    redis.once('error', () => resolve());
    redis.once('close', () => resolve());
  });
