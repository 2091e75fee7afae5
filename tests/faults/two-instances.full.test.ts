import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#bot/calendar.ts';
import { redisShared } from '#bot/store/shared.ts';
import { callback, post } from '../support/callbacks.ts';
import { deploy, KEYS } from '../support/deployment.ts';
import { startPostgres } from '../support/postgresql.ts';
import { startRedis } from '../support/redis.ts';
import { openWorld } from '../support/world.ts';

const EVENING = '2013-05-13T16:00:00+08:00';

/** Two instances on one PostgreSQL and one Redis, as docs/deploy.md has them. */
async function twoInstances() {
  const server = await startPostgres();
  onTestFinished(server.remove);
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const instance = async () => {
    const shared = await redisShared(redis.url, systemClock, pino({ level: 'silent' }));
    onTestFinished(() => shared.close());
    return openWorld({ now: EVENING, file: server.url, shared });
  };
  return { redis, worlds: [await instance(), await instance()] as const };
}

test('with Redis, without it and with it again: the same message at both is done once, and so is every slot', async () => {
  const { redis, worlds } = await twoInstances();
  const [one, other] = worlds;
  const sent = () => worlds.flatMap(({ wecom }) => wecom.sent);
  /** Lets a day's slots pass in both, then says it to both at once, as a platform that doubles would. */
  const day = async (date: string, id: string) => {
    const said = async (world: typeof one) => (await world.post(world.textXml('U0503', '自学20分钟党章', id))).status;
    for (let hour = 8; hour <= 18; hour++) {
      for (const world of worlds) world.at(`${date}T${String(hour).padStart(2, '0')}:50:00+08:00`);
      await Promise.all(worlds.map(({ app }) => app.tick()));
    }
    expect(await Promise.all(worlds.map(said))).toEqual([200, 200]);
    await Promise.all(worlds.map(({ app }) => app.settled()));
  };
  expect(await Promise.all([one.db.leads(), other.db.leads()])).toEqual([true, false]);

  await day('2013-05-14', 'a');
  await redis.stop();
  await day('2013-05-15', 'b');
  const again = await startRedis(redis.port);
  onTestFinished(() => again.stop());
  await day('2013-05-16', 'c');

  const { client } = one.db;
  expect(await client.studyRecord.findMany({ select: { inboxKey: true } })).toEqual(
    ['a', 'b', 'c'].map((inboxKey) => ({ inboxKey })),
  );
  expect(sent().filter(({ text }) => text.startsWith('已登记自学'))).toHaveLength(3);
  const runs = await client.jobRun.findMany();
  expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
  expect(new Set(runs.map(({ slot }) => slot.toISOString().slice(0, 10))).size).toBeGreaterThanOrEqual(3);
  // What the clock told: every letter went out from one of the two only.
  const letters = await client.outbox.count({ where: { sentAt: { not: null }, kind: 'user' } });
  expect(letters).toBeGreaterThan(3);
  expect(sent().length).toBeLessThanOrEqual(letters);
  expect(await client.outbox.count({ where: { parkedAt: { not: null } } })).toBe(0);
}, 120_000);

test('what one instance kept, the other, which leads, hears of without looking', async () => {
  const { worlds } = await twoInstances();
  const [leading, other] = worlds;
  expect(await Promise.all([leading.db.leads(), other.db.leads()])).toEqual([true, false]);
  const heard = new Promise<void>((resolve) => leading.db.onNudged(resolve));

  await other.post(other.textXml('U0503', '自学20分钟党章', 'a'));

  await heard;
});

test('without Redis a second instance refuses to start, and the first works on', async () => {
  const deployment = await deploy(['p0']);
  onTestFinished(deployment.close);
  const first = await deployment.start();

  expect(await deployment.refuses()).toBe(1);

  expect(await post(first.port, callback(KEYS, 'p0', '签到'))).toBe(200);
  await expect.poll(() => deployment.answersTo('p0'), { timeout: 30_000 }).toBe(1);
}, 120_000);
