import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb, type Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { discard, freshDatabase, server } from '../support/database.ts';
import { ended } from '../support/deployment.ts';

async function fresh(): Promise<string> {
  const url = await freshDatabase();
  onTestFinished(() => discard(url));
  return url;
}

const SQLITE_WRITER = `
  const db = new (require('better-sqlite3'))(process.argv[1].slice('file:'.length), { timeout: 5000 });
  const insert = db.prepare("INSERT INTO Inbox (key, message, receivedAt, tries) VALUES (?, '{}', '2013-05-14', 0)");
  let n = 0;
  setInterval(() => { insert.run('other' + n++); if (n === 1) console.log('ready'); }, 2);
`;
const POSTGRES_WRITER = `
  const db = new (require('pg').Client)(process.argv[1]);
  const insert = 'INSERT INTO "Inbox" (key, message, "receivedAt", tries) VALUES ($1, $2, now(), 0)';
  db.connect().then(async () => {
    for (let n = 0; ; n++) { await db.query(insert, ['other' + n, '{}']); if (n === 0) console.log('ready'); }
  });
`;
const KEEP_WRITING = server ? POSTGRES_WRITER : SQLITE_WRITER;

describe('记录簿', () => {
  test('a new database is brought up to date, opens again unchanged, and waits for the disk at every commit', async () => {
    const url = await fresh();
    const first = await openDb(url);
    await first.client.session.create({
      data: { code: 'S1', topic: '学习', kind: '集中学习', start: new Date(0), end: new Date(1), venue: '三楼' },
    });
    await first.close();

    const again = await openDb(url);

    expect(await again.client.session.count()).toBe(1);
    const [row] = await again.client.$queryRawUnsafe<object[]>(server ? 'SHOW fsync' : 'PRAGMA synchronous');
    expect(String(Object.values(row ?? {})[0])).toBe(server ? 'on' : '2');
    await again.close();
  });

  test('writes that come together are done one after another, and one that throws takes only itself back', async () => {
    const db = await openDb(await fresh());
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
    const url = await fresh();
    const db = await openDb(url);
    const other = spawn(process.execPath, ['-e', KEEP_WRITING, url], { stdio: 'pipe' });
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
    const url = await fresh();
    const [one, other] = [await openDb(url), await openDb(url)];

    expect([await one.leads(), await other.leads(), await one.leads()]).toEqual([true, false, true]);
    await one.close();
    expect(await other.leads()).toBe(true);
    await other.close();
  });

  test('what another process changes is seen by the next transaction, what this one knows is read no second time', async () => {
    const url = await fresh();
    const [one, other] = [await openDb(url), await openDb(url)];
    const look = () => one.write((tx) => loadWorld(tx));
    const add = (code: string) => (tx: Tx) =>
      tx.department.create({ data: { code, name: code, kind: '科室', rank: 1 } });
    const before = await look();

    expect(await look()).toBe(before);
    await other.write(add('A'));
    expect((await look()).departments.map(({ code }) => code)).toEqual(['A']);
    await one.write(add('B'));
    const own = await look();
    expect(own.departments).toHaveLength(2);
    expect(await look()).toBe(own);
    await Promise.all([one.close(), other.close()]);
  });

  test('two that open a new database at once bring it up to date once', async () => {
    const url = await fresh();

    const open = `import { openDb } from '#bot/store/db.ts'; await (await openDb(process.argv[1])).close();`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', open, url];
    const processes = [1, 2].map(() => spawn(process.execPath, args, { stdio: 'inherit' }));

    expect(await Promise.all(processes.map(ended))).toEqual([0, 0]);
    const db = await openDb(url);
    const rows = await db.client.$queryRawUnsafe<object[]>('SELECT migration_name FROM "_prisma_migrations"');
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    await db.close();
  });
});
