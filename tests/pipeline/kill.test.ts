import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#bot/calendar.ts';
import { openDb } from '#bot/store/db.ts';
import { callbackSender } from '#emulator/callbacks.ts';
import { openChats } from '#emulator/chats.ts';
import { startEmulator } from '#emulator/server.ts';
import { wecomApi } from '#emulator/wecom-api.ts';

const KEYS = { token: 'token', encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiveId: 'ww1' };
const PEOPLE = Array.from({ length: 120 }, (_, n) => `p${n}`);
const KILLS = 6;

/** The service as it is deployed, its database and a platform that judges; ready for messages when given back. */
async function deployment() {
  const url = `file:${path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-')), 'book.db')}`;
  const db = await openDb(url);
  await db.client.person.createMany({
    data: PEOPLE.map((id) => ({ id, name: id, departmentCode: 'X', title: '', roles: '[]' })),
  });
  const [start, end] = [-1, 60].map((minutes) => new Date(Date.now() + minutes * 60_000));
  if (!start || !end) throw new Error('unreachable');
  await db.client.session.create({ data: { code: 'S', topic: '学习', kind: '集中学习', venue: '三楼', start, end } });
  await db.close();

  const chats = openChats();
  const judge = { corpId: 'ww1', secret: 's', agentId: 1, members: new Set(PEOPLE), groups: new Map<string, string>() };
  const api = wecomApi({ ...judge, chats, clock: systemClock });
  const nothing = { directory: {}, say: async () => true, moveClock: async () => undefined };
  const emulator = await startEmulator({ api, chats, clock: systemClock, ...nothing }, 0);
  onTestFinished(() => void emulator.close());
  const port = 20_000 + (process.pid % 20_000);
  const env = {
    ...process.env,
    ...{ PORT: String(port), DATABASE_URL: url, LOG_LEVEL: 'silent', WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1' },
    ...{ WECOM_AGENT_SECRET: 's', WECOM_TOKEN: KEYS.token, WECOM_ENCODING_AES_KEY: KEYS.encodingAESKey },
    WECOM_API_BASE: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`,
  };
  const startService = (): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts'], { env, stdio: 'ignore' });
  return { url, chats, botUrl: `http://127.0.0.1:${port}`, start: startService };
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.status === 200) return;
    await pause(100);
  }
  throw new Error('the service did not become ready');
}

describe('断电与重启', () => {
  test('killed again and again under load, it loses no message, does none twice, and answers each person once', async () => {
    const { url, chats, botUrl, start } = await deployment();
    let service = start();
    onTestFinished(() => void service.kill('SIGKILL'));
    await ready(botUrl);
    const say = callbackSender(KEYS, 1, () => botUrl, systemClock);

    let next = 0;
    const refused: string[] = [];
    const member = async () => {
      for (let id = PEOPLE[next++]; id; id = PEOPLE[next++]) {
        // The platform gives up after four tries; a member then says it again, which makes it another message.
        while (!(await say(id, '签到'))) refused.push(id);
        await pause(20);
      }
    };
    const members = Promise.all(Array.from({ length: 8 }, member));
    for (let kills = 0; kills < KILLS; kills++) {
      await pause(150 + ((kills * 97) % 200));
      service.kill('SIGKILL');
      service = start();
      await ready(botUrl);
    }
    await members;

    const answersTo = (id: string) =>
      chats.bubbles.filter(({ chat, text }) => chat === id && text.startsWith('已签到')).length;
    const everybodyHeard = () => PEOPLE.every((id) => answersTo(id) > 0);
    for (let tries = 0; tries < 100 && !everybodyHeard(); tries++) await pause(100);
    service.kill('SIGTERM');
    await pause(500);

    const db = await openDb(url);
    const inbox = await db.client.inbox.findMany();
    expect(await db.client.signIn.count()).toBe(PEOPLE.length);
    expect(await db.client.audit.count()).toBe(PEOPLE.length);
    expect(inbox.filter(({ closedAt }) => !closedAt)).toEqual([]);
    expect(PEOPLE.filter((id) => answersTo(id) !== 1)).toEqual([]);
    await db.close();
  }, 120_000);
});
