import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#bot/calendar.ts';
import { ownShared } from '#bot/store/shared.ts';
import { openWorld } from './support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';

describe('存活与就绪', () => {
  test('a service that can work says so', async () => {
    const world = await openWorld({ now: MORNING });

    for (const path of ['/healthz', '/readyz']) {
      const response = await fetch(world.app.url + path);
      expect([response.status, await response.text()]).toEqual([200, 'ok']);
    }
  });

  test('it is not ready while Redis is down, says which part, and lives on', async () => {
    const shared = { ...ownShared(systemClock), isUp: async () => false };
    const world = await openWorld({ now: MORNING, shared });

    const response = await fetch(`${world.app.url}/readyz`);

    expect([response.status, await response.text()]).toEqual([503, 'redis']);
    expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
  });

  test('it is not ready without its record book', async () => {
    const world = await openWorld({ now: MORNING });
    await world.db.client.$executeRaw`ALTER TABLE "Inbox" RENAME TO "Away"`;
    onTestFinished(async () => void (await world.db.client.$executeRaw`ALTER TABLE "Away" RENAME TO "Inbox"`));

    const response = await fetch(`${world.app.url}/readyz`);

    expect([response.status, await response.text()]).toEqual([503, 'database']);
  });
});

describe('停止', () => {
  test('a line that was opened and never asked anything on holds up no end', async () => {
    const world = await openWorld({ now: MORNING });
    const { hostname, port } = new URL(world.app.url);
    const silent = connect(Number(port), hostname);
    await new Promise((resolve) => silent.once('connect', resolve));
    const ended = new Promise((resolve) => silent.once('close', resolve));

    await world.app.stop();

    await ended;
  }, 20_000);
});

describe('指标', () => {
  const figures = async (url: string) => (await fetch(`${url}/metrics`)).text();

  test('every stage counts, and nobody can be recognised', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(45009);
    await world.says('U0503', '签到');
    await world.says('nobody', '签到');
    await world.post('', { body: 'hello' });
    await world.passUntil('2013-05-14T11:00:00+08:00');

    const text = await figures(world.app.url);

    expect(text).toContain('chuangyou_callbacks_total{channel="app",status="200"} 2');
    expect(text).toContain('chuangyou_callbacks_total{channel="app",status="400"} 1');
    expect(text).toContain('chuangyou_messages_total{outcome="answered"} 1');
    expect(text).toContain('chuangyou_messages_total{outcome="silent"} 1');
    expect(text).toContain('chuangyou_handling_seconds_count 2');
    expect(text).toContain('chuangyou_queue_rows{queue="inbox",state="open"} 0');
    expect(text).toContain('chuangyou_queue_rows{queue="outbox",state="parked"} 0');
    expect(text).toContain('chuangyou_inbox_oldest_seconds 0');
    expect(text).toContain('chuangyou_wecom_errors_total{code="45009"} 1');
    expect(text).toMatch(/chuangyou_job_runs\{job="close-sign-in",outcome="done"\} 1/);
    expect(text).not.toMatch(/u0503|nobody|雷鸣|签到|全局群/i);
  });

  test('what waits is counted with its age', async () => {
    const world = await openWorld({ now: MORNING });
    const message = JSON.stringify({ broken: true });
    const receivedAt = new Date('2013-05-14T08:24:00+08:00');
    await world.db.client.inbox.create({ data: { key: 'x', message, receivedAt, tries: 3, parkedAt: receivedAt } });
    const row = { kind: 'user', address: 'u0503', text: '', notBefore: new Date('2013-05-15T08:00:00+08:00') };
    await world.db.client.outbox.create({ data: { ...row, key: 'y' } });

    const text = await figures(world.app.url);

    expect(text).toContain('chuangyou_queue_rows{queue="inbox",state="parked"} 1');
    expect(text).toContain('chuangyou_queue_rows{queue="outbox",state="waiting"} 1');
  });

  test('without a token only this machine may look, and no proxy on it for others', async () => {
    const world = await openWorld({ now: MORNING });
    const look = (headers: Record<string, string>) => fetch(`${world.app.url}/metrics`, { headers });

    expect((await look({})).status).toBe(200);
    const refused = await look({ 'x-forwarded-for': '203.0.113.7' });
    expect([refused.status, await refused.text()]).toEqual([403, '']);
  });

  test('with a token only its bearer may look, on this machine as well', async () => {
    const token = 'a-token-of-some-length';
    const world = await openWorld({ now: MORNING, env: { ADMIN_TOKEN: token } });
    const look = async (authorization: string) =>
      (await fetch(`${world.app.url}/metrics`, { headers: { authorization } })).status;

    expect([await look(''), await look('Bearer wrong'), await look(`Bearer ${token}`)]).toEqual([401, 401, 200]);
  });
});
