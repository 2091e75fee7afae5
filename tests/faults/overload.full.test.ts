import { describe, expect, test } from 'vitest';
import type { Db } from '#bot/store/db.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';

/** A world that keeps messages and does nothing until told to. */
async function standstill() {
  let works = false;
  const between = (db: Db): Db => ({ ...db, leads: async () => works && db.leads() });
  const world = await openWorld({ now: MORNING, between });
  const send = async (from: string, text: string, id: string) =>
    (await world.post(world.textXml(from, text, id))).status;
  return {
    world,
    send,
    goOn: () => {
      works = true;
      return world.app.settled();
    },
  };
}

describe('过载', () => {
  test('while the oldest message waits too long more is refused at once, and by itself all is taken again', async () => {
    const { world, send, goOn } = await standstill();
    expect(await send('U0503', '签到', 'first')).toBe(200);
    world.at('2013-05-14T08:27:00+08:00');
    await expect.poll(() => send('U0702', '签到', 'second')).toBe(503);
    const kept = await world.db.client.inbox.count();

    expect(await send('U0702', '签到', 'third')).toBe(503);
    expect(await world.db.client.inbox.count()).toBe(kept);

    await goOn();
    await expect.poll(() => send('U0702', '签到', 'third')).toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(2);
  });

  test('one who sends hundreds is waited for by himself only, and heard in the order he wrote', async () => {
    const { world, send, goOn } = await standstill();
    const row = (key: string, sender: string) => ({
      ...{ key, sender, receivedAt: new Date(MORNING) },
      message: JSON.stringify({
        ...{ key, from: sender, chat: 'direct', sentAt: new Date(MORNING) },
        content: { kind: 'text', text: '帮助' },
      }),
    });
    await world.db.client.inbox.createMany({
      data: Array.from({ length: 150 }, (_, n) => row(`f${String(n).padStart(3, '0')}`, 'u0503')),
    });
    await send('U0702', '帮助', 'one');

    await goOn();

    const answers = await world.db.client.outbox.findMany({ orderBy: { id: 'asc' } });
    expect(answers.findIndex(({ address }) => address === 'u0702')).toBeLessThan(50);
    const own = answers.filter(({ address }) => address === 'u0503').map(({ key }) => key);
    expect(own).toHaveLength(150);
    expect(own).toEqual(own.toSorted());
  });

  test('of one sender so many are kept and no more; others are taken meanwhile', async () => {
    const { world, send } = await standstill();
    await world.db.client.inbox.createMany({
      data: Array.from({ length: 301 }, (_, n) => ({
        ...{ key: `f${n}`, sender: 'u0503', receivedAt: new Date(MORNING), message: '{}' },
      })),
    });

    await expect.poll(() => send('U0503', '签到', 'more')).toBe(503);
    expect(await send('U0702', '签到', 'other')).toBe(200);
  });

  test('a flood that does not end holds up nobody for ever', async () => {
    const world = await openWorld({ now: MORNING });
    let [kept, over] = [0, false];
    const lane = async (_: unknown, who: number): Promise<void> => {
      for (let n = 0; !over; n += 1, kept += 1) {
        // A connection that was closed meanwhile is no answer: the platform says it again.
        const answered = await world.post(world.textXml(`stranger${who}`, '您好', `${who}-${n}`)).catch(() => null);
        expect([200, 503, undefined]).toContain(answered?.status);
      }
    };
    const flood = Promise.all(Array.from({ length: 20 }, lane));
    try {
      await expect.poll(() => kept, { timeout: 60_000 }).toBeGreaterThan(100);

      expect((await world.post(world.textXml('U0503', '签到', 'amid'))).status).toBe(200);
      await expect.poll(() => world.db.client.signIn.count(), { timeout: 60_000 }).toBe(1);
    } finally {
      over = true;
      await flood;
    }
    await world.app.settled();
    expect(await world.db.client.inbox.count({ where: { closedAt: null } })).toBe(0);
  });
});
