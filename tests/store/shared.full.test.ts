import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#bot/calendar.ts';
import { ownShared, redisShared, type Shared } from '#bot/store/shared.ts';
import { tokenKeeper } from '#bot/wecom/token.ts';
import { redisFound, startRedis } from '../support/redis.ts';

const found = redisFound();
const log = pino({ level: 'silent' });

async function openRedis() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  return redis;
}
async function join(url: string): Promise<Shared> {
  const shared = await redisShared(url, systemClock, log);
  onTestFinished(() => shared.close());
  return shared;
}

const kinds: [string, boolean, () => Promise<Shared>][] = [
  ['in the process', true, async () => ownShared(systemClock)],
  ['in Redis', found, async () => join((await openRedis()).url)],
];

describe.each(kinds)('共享状态 %s', (_, possible, open) => {
  test.runIf(possible)('what is put is found until its time is over', async () => {
    const shared = await open();

    await shared.set('a', '1', 60);

    expect(await shared.get('a')).toBe('1');
    await expect.poll(() => shared.get('a')).toBeNull();
  });

  test.runIf(possible)('one of two takes a key; it is free again once removed, but only by its value', async () => {
    const shared = await open();

    expect(await Promise.all([shared.take('k', 'a', 60_000), shared.take('k', 'b', 60_000)])).toEqual([true, false]);
    await shared.remove('k', 'b');
    expect(await shared.take('k', 'c', 60_000)).toBe(false);
    await shared.remove('k', 'a');
    expect(await shared.take('k', 'c', 60_000)).toBe(true);
  });
});

/** A platform that counts how often it was asked for a token. */
function platform() {
  let asked = 0;
  return {
    asked: () => asked,
    fetchToken: async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 80));
      return { value: `T${asked}`, livesMs: 60_000 };
    },
  };
}

describe.runIf(found)('多个实例的访问令牌', () => {
  test('three instances with twenty waiting each fetch it once, and once more when it was refused', async () => {
    const redis = await openRedis();
    const wecom = platform();
    const shareds = await Promise.all([1, 2, 3].map(() => join(redis.url)));
    const instances = shareds.map((one) => tokenKeeper('token', one, wecom.fetchToken));
    const everybody = () =>
      Promise.all(instances.flatMap((one) => Array.from({ length: 20 }, async () => one.current())));

    expect(new Set(await everybody())).toEqual(new Set(['T1']));
    expect(wecom.asked()).toBe(1);

    await Promise.all(instances.map((one) => one.refuse('T1')));
    expect(new Set(await everybody())).toEqual(new Set(['T2']));
    expect(wecom.asked()).toBe(2);
  });

  test('an instance that refuses an old token leaves the new one of another where it is', async () => {
    const redis = await openRedis();
    const wecom = platform();
    const shareds = await Promise.all([1, 2].map(() => join(redis.url)));
    const [one, other] = shareds.map((shared) => tokenKeeper('token', shared, wecom.fetchToken));
    await one?.current();
    await one?.refuse('T1');
    await one?.current();

    await other?.refuse('T1');

    expect(await other?.current()).toBe('T2');
    expect(wecom.asked()).toBe(2);
  });

  test('losing Redis costs each instance one fetch and no waiting; when it is back, they share again', async () => {
    const redis = await openRedis();
    const wecom = platform();
    const shareds = await Promise.all([join(redis.url), join(redis.url)]);
    const instances = shareds.map((shared) => tokenKeeper('token', shared, wecom.fetchToken));
    await instances[0]?.current();
    await redis.stop();

    const started = performance.now();
    await Promise.all(instances.map((one) => one.current()));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(wecom.asked()).toBe(2);
    expect(await shareds[0]?.isUp()).toBe(false);

    const again = await startRedis(redis.port);
    onTestFinished(() => again.stop());
    await expect
      .poll(async () => (await Promise.all(shareds.map((one) => one.isUp()))).join(), { timeout: 5000 })
      .toBe('true,true');
    await Promise.all(instances.map((one) => one.current()));
    expect(wecom.asked()).toBe(3);
  });

  test('a Redis that never was there does not keep an instance from starting', async () => {
    const redis = await openRedis();
    await redis.stop();

    const shared = await join(redis.url);

    await shared.set('a', '1', 60_000);
    expect(await shared.get('a')).toBe('1');
  });
});
