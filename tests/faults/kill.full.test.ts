import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { keepNew } from '#bot/store/inbox.ts';
import { type Callback, callback, post } from '../support/callbacks.ts';
import { deploy, ended, KEYS } from '../support/deployment.ts';

const STAGES = [
  ['after it is on disk, before 200', 'kept'],
  ['after 200, before it is carried out', 'answered'],
  ['while it is carried out', 'amid'],
  ['after it is carried out, before the answer is sent', 'handled'],
  ['after the answer is sent, before that is noted', 'sent'],
] as const;

describe('断电在每一步', () => {
  test.each(STAGES)(
    'killed %s, the message is done once and told once',
    async (_, stage) => {
      const deployment = await deploy(['p0']);
      onTestFinished(deployment.close);
      const message = callback(KEYS, 'p0', '签到');
      const dying = await deployment.start({ entry: 'tests/faults/crashing.ts', env: { CRASH_AT: stage } });
      const first = await post(dying.port, message);
      await ended(dying.process);

      const service = await deployment.start();
      // What was not answered the platform sends again.
      if (first !== 200) expect(await post(service.port, message)).toBe(200);
      await expect.poll(() => deployment.answersTo('p0'), { timeout: 10_000 }).toBe(1);
      const db = await openDb(deployment.url);
      await expect.poll(() => db.client.outbox.count({ where: { sentAt: null } }), { timeout: 10_000 }).toBe(0);
      service.process.kill('SIGTERM');
      await ended(service.process);

      expect(await db.client.signIn.count()).toBe(1);
      expect(await db.client.audit.count()).toBe(1);
      expect(await db.client.inbox.count({ where: { closedAt: null } })).toBe(0);
      await db.close();
      expect(deployment.answersTo('p0')).toBe(1);
    },
    60_000,
  );

  test('a message that takes the process down each time is parked at the fourth start; others go on', async () => {
    const deployment = await deploy(['p0', 'p1']);
    onTestFinished(deployment.close);
    const [poison, sound] = ['p0', 'p1'].map((id) => callback(KEYS, id, '签到')) as [Callback, Callback];
    const env = { CRASH_AT: 'amid' };
    const first = await deployment.start({ entry: 'tests/faults/crashing.ts', env });
    await post(first.port, poison);
    await ended(first.process);
    // Each start tries what was open, alone and noted, and dies of it; the one after the third does not try any more.
    for (let starts = 0; starts < 3; starts++)
      expect(await deployment.dies({ entry: 'tests/faults/crashing.ts', env })).toBe(true);

    const service = await deployment.start();
    // Where the starts took longer than a minute it is refused until what waited is parked, and sent again.
    await expect.poll(() => post(service.port, sound), { timeout: 10_000 }).toBe(200);
    await expect.poll(() => deployment.answersTo('p1'), { timeout: 10_000 }).toBe(1);
    expect(deployment.chats.bubbles.filter(({ chat }) => chat === 'p0').map(({ text }) => text)).toEqual([
      '这条消息没有处理成功，未作任何记录，请联系活动办。',
    ]);
  }, 120_000);

  test('of hundreds that wait, one that takes the process down is found and parked within five starts, and nobody else is', async () => {
    const people = Array.from({ length: 300 }, (_, n) => `p${n}`);
    const deployment = await deploy(people);
    onTestFinished(deployment.close);
    const db = await openDb(deployment.url);
    const said = { chat: 'direct', sentAt: new Date(), content: { kind: 'text', text: '签到' } };
    const rows = people.map((from) => ({
      key: from,
      sender: from,
      message: JSON.stringify({ key: from, from, ...said }),
    }));
    await keepNew(db, rows, new Date());
    await db.close();
    // Far behind what is tried alone at the first start.
    const env = { CRASH_AT: 'amid', CRASH_BY: 'p170' };
    for (let starts = 0; starts < 4; starts++)
      expect(await deployment.dies({ entry: 'tests/faults/crashing.ts', env })).toBe(true);

    const service = await deployment.start();
    await expect.poll(() => deployment.chats.bubbles.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(people.length);
    service.process.kill('SIGTERM');
    await ended(service.process);

    for (const id of people.filter((one) => one !== 'p170'))
      expect(`${id} ${deployment.answersTo(id)}`).toBe(`${id} 1`);
    expect(deployment.chats.bubbles.filter(({ chat }) => chat === 'p170').map(({ text }) => text)).toEqual([
      '这条消息没有处理成功，未作任何记录，请联系活动办。',
    ]);
  }, 240_000);
});
