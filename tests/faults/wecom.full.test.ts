import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const MINUTE_MS = 60_000;

describe('企业微信出故障', () => {
  test('while it does not answer, messages are kept and carried out; the answers follow', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.behaves('hanging');

    await world.post(world.textXml('U0503', '签到', '1'));
    await expect.poll(() => world.db.client.signIn.count()).toBe(1);
    await world.post(world.textXml('U0702', '签到', '2'));
    await expect.poll(() => world.db.client.signIn.count()).toBe(2);
    expect(world.wecom.sent).toEqual([]);

    world.wecom.behaves('well');
    await world.app.settled();
    expect(world.wecom.sent.map(({ to }) => to).sort()).toEqual(['u0503', 'u0702']);
  });

  test.each(['down', 'garbage'] as const)(
    'after a day %s everything is told once, in order, and nothing was given up',
    async (mode) => {
      const world = await openWorld({ now: MORNING });
      world.wecom.behaves(mode);
      await world.says('U0503', '签到');
      await world.says('U0702', '签到');

      const end = new Date('2013-05-15T09:00:00+08:00').getTime();
      for (let at = new Date(MORNING).getTime(); at < end; at += 20 * MINUTE_MS) {
        world.at(new Date(at).toISOString());
        await world.app.settled();
      }
      expect(world.wecom.sent).toEqual([]);
      expect(await world.db.client.outbox.count({ where: { parkedAt: { not: null } } })).toBe(0);
      world.wecom.behaves('well');
      world.at('2013-05-15T09:20:00+08:00');
      await world.app.settled();
      await world.app.settled();

      expect(world.toldTo('U0503')[0]).toContain('已签到');
      expect(world.wecom.sent.filter(({ text }) => text.startsWith('已签到'))).toHaveLength(2);
    },
  );

  test('callbacks that come several times, at once and in any order are each done once', async () => {
    const world = await openWorld({ now: MORNING });
    const people = ['U0501', 'U0502', 'U0503', 'U0702'];
    const said = people.flatMap((from) => ['签到', '帮助', '我的台账'].map((text) => ({ from, text })));
    const sent = said.map(({ from, text }, n) => world.textXml(from, text, `m${n}`));
    // A fixed shuffle: 7 has no common factor with 36.
    const copies = Array.from({ length: 36 }, (_, n) => sent[((n * 7) % 36) % 12] ?? '');

    const statuses = await Promise.all(copies.map(async (xml) => (await world.post(xml)).status));
    await world.app.settled();

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await world.db.client.inbox.count()).toBe(12);
    expect(await world.db.client.signIn.count()).toBe(4);
    // What is too long for a card comes as words, with its buttons on a card behind.
    expect(world.wecom.sent.filter(({ text }) => !text.includes('内容见上一条消息'))).toHaveLength(12);
  });
});
