import { describe, expect, test } from 'vitest';
import type { Job } from '#bot/job.ts';
import type { Db } from '#bot/store/db.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { dump } from '../support/dump.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const PEOPLE = ['L01', 'L03', 'U0501', 'U0503'];
// What everybody can say, said by every rank, each two minutes after the last.
const SAID = Object.values(handlers).flatMap(({ examples }) =>
  PEOPLE.map((from) => ({ from, text: examples[0] ?? '帮助' })),
);
const timeOf = (n: number) => new Date(new Date(MORNING).getTime() + n * 120_000).toISOString();
/** Every hour around the end of a month and a week. */
const HOURS = Array.from({ length: 12 * 24 }, (_, n) =>
  new Date(new Date('2013-05-24T08:00+08:00').getTime() + n * 3_600_000).toISOString(),
);
type World = Awaited<ReturnType<typeof openWorld>>;

/** A world whose next transaction does everything and is then taken back, as by a process that dies before its commit. */
function cutting() {
  let armed = false;
  const between = (db: Db): Db => ({
    ...db,
    write: (work) => {
      if (!armed) return db.write(work);
      armed = false;
      return db.write(async (tx) => {
        await work(tx);
        throw new Error('cut');
      });
    },
  });
  return {
    between,
    cut: () => {
      armed = true;
    },
  };
}

async function sayAll(world: World, before: () => void): Promise<void> {
  for (const [n, { from, text }] of SAID.entries()) {
    world.at(timeOf(n));
    before();
    await world.post(world.textXml(from, text, `m${n}`));
    await world.app.settled();
    await world.app.settled();
  }
}

describe('每一项能力和任务', () => {
  test('whatever is said, a try that was cut off before its commit leaves nothing, and the next does it once', async () => {
    const { between, cut } = cutting();
    const sound = await openWorld({ now: MORNING, jobs: [] });
    const cutOff = await openWorld({ now: MORNING, jobs: [], between });

    await sayAll(sound, () => undefined);
    await sayAll(cutOff, cut);

    expect(await dump(cutOff.db)).toEqual(await dump(sound.db));
    expect(await sound.db.client.inbox.count({ where: { closedAt: null } })).toBe(0);
  }, 300_000);

  test('whatever the clock does, a slot that was cut off before its commit runs once all the same', async () => {
    const { between, cut } = cutting();
    const [sound, cutOff] = [await openWorld({ now: MORNING }), await openWorld({ now: MORNING, between })];
    for (const at of HOURS)
      for (const world of [sound, cutOff]) {
        world.at(at);
        if (world === cutOff) cut();
        await world.app.tick();
        // The minute after, as the service has it: what was cut off is tried again.
        if (world === cutOff) await world.app.tick();
      }

    const [one, other] = [await dump(sound.db), await dump(cutOff.db)];
    expect(other).toEqual(one);
    expect(new Set(one['JobRun']?.map((row) => JSON.parse(row).name)).size).toBeGreaterThan(
      Object.keys(jobs).length / 2,
    );
  }, 300_000);

  test('said to two instances at once that both believe they lead, everything is done once', async () => {
    const sound = await openWorld({ now: MORNING, jobs: [] });
    const [one, other] = await bothLeading([]);

    await sayAll(sound, () => undefined);
    for (const [n, { from, text }] of SAID.entries()) {
      const both = [one, other].map(async (world) => {
        world.at(timeOf(n));
        await world.post(world.textXml(from, text, `m${n}`));
        await world.app.settled();
      });
      await Promise.all(both);
      await one.app.settled();
    }

    expect(await dump(one.db)).toEqual(await dump(sound.db));
  }, 300_000);

  test('of two instances that both believe they lead, each slot runs in one', async () => {
    const sound = await openWorld({ now: MORNING });
    const [one, other] = await bothLeading(Object.values(jobs));

    for (const at of HOURS) {
      for (const world of [sound, one, other]) world.at(at);
      await sound.app.tick();
      await Promise.all([one.app.tick(), other.app.tick()]);
    }

    expect(await dump(one.db)).toEqual(await dump(sound.db));
  }, 300_000);
});

async function bothLeading(some: readonly Job[]): Promise<[World, World]> {
  const between = (db: Db): Db => ({ ...db, leads: async () => true });
  const one = await openWorld({ now: MORNING, jobs: some, between });
  return [one, await openWorld({ now: MORNING, jobs: some, file: one.url, between })];
}
