import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';

const fresh = () => `file:${path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-')), 'book.db')}`;

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
});
