import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';

const fresh = () => `file:${path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-')), 'book.db')}`;

const KEEP_WRITING = `
  const db = new (require('better-sqlite3'))(process.argv[1], { timeout: 5000 });
  const insert = db.prepare("INSERT INTO Inbox (key, message, receivedAt, tries) VALUES (?, '{}', '2013-05-14', 0)");
  let n = 0;
  setInterval(() => { insert.run('other' + n++); if (n === 1) console.log('ready'); }, 2);
`;

describe('记录簿', () => {
  test('a new database is brought up to date, opens again unchanged, and waits for the disk at every commit', async () => {
    const url = fresh();
    const first = await openDb(url);
    await first.client.session.create({
      data: { code: 'S1', topic: '学习', kind: '集中学习', start: new Date(0), end: new Date(1), venue: '三楼' },
    });
    await first.close();

    const again = await openDb(url);

    expect(await again.client.session.count()).toBe(1);
    const rows = await again.client.$queryRawUnsafe<{ synchronous: bigint }[]>('PRAGMA synchronous');
    expect(Number(rows[0]?.synchronous)).toBe(2);
    await again.close();
  });

  test('writes that come together are done one after another, and one that throws takes only itself back', async () => {
    const db = await openDb(fresh());
    const add = (name: string, fail: string | null) =>
      db.write(async (tx) => {
        await tx.inbox.create({ data: { key: name, message: '{}', receivedAt: new Date(0) } });
        if (fail) throw new Error(fail);
      });

    const results = await Promise.allSettled([add('a', null), add('b', 'broken'), add('c', null)]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await db.client.inbox.findMany()).map(({ key }) => key)).toEqual(['a', 'c']);
    await db.close();
  });

  test('a write that reads first holds its own against another process that keeps writing', async () => {
    const url = fresh();
    const db = await openDb(url);
    const other = spawn(process.execPath, ['-e', KEEP_WRITING, url.slice('file:'.length)], { stdio: 'pipe' });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');

    for (let n = 0; n < 20; n++)
      await db.write(async (tx) => {
        await tx.inbox.count();
        await pause(3);
        await tx.inbox.create({ data: { key: `own${n}`, message: '{}', receivedAt: new Date(0) } });
      });

    expect(await db.client.inbox.count({ where: { key: { startsWith: 'own' } } })).toBe(20);
    expect(await db.client.inbox.count({ where: { key: { startsWith: 'other' } } })).toBeGreaterThan(0);
    await db.close();
  });

  test('of two instances one leads, the other once the first has closed', async () => {
    const url = fresh();
    const [one, other] = [await openDb(url), await openDb(url)];

    expect([one.leads(), other.leads(), one.leads()]).toEqual([true, false, true]);
    await one.close();
    expect(other.leads()).toBe(true);
    await other.close();
  });
});
