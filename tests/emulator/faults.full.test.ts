import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS } from '#emulator/faults.ts';
import { startDemo } from '../../emulator/demo.ts';
import { png } from '../support/files.ts';

interface Bubble {
  chat: string;
  from: string;
  text: string;
}

describe('演示页的故障开关', () => {
  let demo: Awaited<ReturnType<typeof startDemo>>;
  beforeAll(async () => {
    demo = await startDemo(0);
  }, 60_000);
  afterAll(() => demo.stop());

  const post = async (path: string, body: object) =>
    (await fetch(`${demo.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  const fault = (name: string) => post('/api/fault', { fault: name });
  const heard = async (chat: string): Promise<string[]> => {
    const { bubbles } = (await (await fetch(`${demo.url}/api/state`)).json()) as { bubbles: Bubble[] };
    return bubbles.filter((one) => one.chat === chat && one.from === 'bot').map(({ text }) => text);
  };
  const later = async (minutes: number): Promise<void> => {
    const { now } = (await (await fetch(`${demo.url}/api/state`)).json()) as { now: string };
    await post('/api/clock', { to: new Date(new Date(now).getTime() + minutes * 60_000) });
  };

  test('the page offers every fault there is', async () => {
    const page = await (await fetch(demo.url)).text();

    expect([...page.matchAll(/<option value="([^"]+)"/g)].map(([, name]) => name)).toEqual(FAULTS);
  });

  test.each([
    ['slow', 'u0201', 0],
    ['42001', 'u0202', 0],
    ['duplicate', 'u0302', 0],
    ['drop', 'u0401', 1],
    ['45009', 'u0402', 2],
    ['60020', 'u0501', 11],
  ])(
    '%s: what was said is done once and answered once',
    async (name, who, minutes) => {
      const before = (await heard(who)).length;
      await fault(name);
      await post('/api/say', { from: who, text: '意见：提醒可以少一点' });
      await expect.poll(() => demo.db.client.opinion.count({ where: { personId: who } }), { timeout: 15_000 }).toBe(1);
      if (minutes > 0) {
        await fault('none');
        await later(minutes);
      }

      await expect.poll(async () => (await heard(who)).length, { timeout: 20_000 }).toBeGreaterThan(before);
      await fault('none');
      expect((await heard(who)).filter((text) => text.startsWith('已转活动办和系统管理员：意见'))).toHaveLength(1);
      expect(await demo.db.client.opinion.count({ where: { personId: who } })).toBe(1);
    },
    60_000,
  );

  test('disorder: what comes in the wrong order is done all the same', async () => {
    await fault('disorder');
    await Promise.all(['u0601', 'u0701'].map((from) => post('/api/say', { from, text: '意见：会议可以短一点' })));

    for (const who of ['u0601', 'u0701'])
      await expect
        .poll(async () => (await heard(who)).join(), { timeout: 20_000 })
        .toContain('已转活动办和系统管理员：意见');
    await fault('none');
  }, 60_000);

  test.each([
    ['the app', { robot: false }],
    ['the robot alone', { robot: true }],
  ])(
    'a photo sent to %s from the page is taken and asked about',
    async (_, where) => {
      const chat = where.robot ? 'robot:u0503' : 'u0503';

      await post('/api/send', { from: 'u0503', ...where, name: '现场.png', bytes: png(chat).toString('base64') });

      await expect.poll(async () => (await heard(chat)).join(), { timeout: 20_000 }).toContain('已收下照片1份');
      expect(await demo.db.client.material.count({ where: { state: 'kept', personId: 'u0503' } })).toBeGreaterThan(0);
    },
    40_000,
  );

  test('a card with several questions is answered on the page list by list', async () => {
    await post('/api/say', { from: 'u0502', text: '5月20日请假，家里有事' });
    await expect.poll(async () => (await heard('u0501')).join(), { timeout: 20_000 }).toContain('温静');
    await post('/api/say', { from: 'u0501', text: '同意' });
    await expect.poll(async () => (await heard('u0501')).join(), { timeout: 20_000 }).toContain('有2件待您决定');
    const { bubbles } = (await (await fetch(`${demo.url}/api/state`)).json()) as {
      bubbles: { id: number; chat: string; card?: { lists?: unknown[]; submit?: { key: string } } }[];
    };
    const card = bubbles.findLast((one) => one.chat === 'u0501' && one.card?.lists);
    expect(card?.card?.lists).toHaveLength(2);

    await post('/api/tap', { from: 'u0501', bubble: card?.id, key: card?.card?.submit?.key, chosen: ['0-0', '1-2'] });

    await expect.poll(async () => (await heard('u0501')).join(), { timeout: 20_000 }).toMatch(/已准假：\s*雷鸣/);
    expect((await demo.db.client.leave.findMany()).map(({ state }) => state).sort()).toEqual(['approved', 'pending']);
  }, 90_000);

  test('in a group it counts beside a report', async () => {
    const sent = { from: 'u0502', group: '全局群', text: '@创优助手 K3-4新增1个', name: '现场.png' };

    await post('/api/send', { ...sent, bytes: png('group').toString('base64') });

    await expect
      .poll(() => demo.db.client.material.count({ where: { itemCode: 'K3-4', state: 'kept' } }), { timeout: 20_000 })
      .toBe(1);
  }, 40_000);
});
