import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Db, openDb } from '#bot/store/db.ts';
import { startPostgres } from '../support/postgresql.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const folder = () => mkdtempSync(path.join(tmpdir(), 'chuangyou-'));
const sqliteUrl = () => `file:${path.join(folder(), 'book.db')}`;
const keep = (db: Db, key: string) =>
  db.write((tx) => tx.inbox.create({ data: { key, message: '{}', receivedAt: new Date(MORNING) } }));

/** A world on a file of SQLite's, whichever database the other tests run on. */
const onFile = () => openWorld({ now: MORNING, file: sqliteUrl() });

describe('SQLite 的磁盘', () => {
  test('a log torn anywhere opens whole, with every commit up to the tear and nothing of one after', async () => {
    const url = sqliteUrl();
    const file = url.slice('file:'.length);
    const db = await openDb(url);
    onTestFinished(() => db.close());
    for (let n = 0; n < 12; n++) await keep(db, `k${String(n).padStart(2, '0')}`);
    const log = readFileSync(`${file}-wal`);
    const counts: number[] = [];

    for (let cut = 0; cut <= 10; cut++) {
      const torn = path.join(folder(), 'book.db');
      copyFileSync(file, torn);
      copyFileSync(`${file}.key`, `${torn}.key`);
      // The last bytes written before the power went: some are there, the one after is not what it should be.
      const kept = Buffer.from(log.subarray(0, Math.floor((log.length * cut) / 10)));
      if (kept.length > 100) kept.writeUInt8((kept.readUInt8(kept.length - 50) + 1) % 256, kept.length - 50);
      writeFileSync(`${torn}-wal`, kept);
      const again = await openDb(`file:${torn}`);
      const keys = (await again.client.inbox.findMany({ orderBy: { id: 'asc' } })).map(({ key }) => key);
      expect(await again.isWhole()).toBe(true);
      expect(keys).toEqual(keys.map((_, n) => `k${String(n).padStart(2, '0')}`));
      counts.push(keys.length);
      await again.close();
    }
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    expect(counts.at(-1)).toBeGreaterThan(8);
  });

  test('while the disk is full nothing is answered 200; with room again all goes on, and nothing is half there', async () => {
    const world = await onFile();
    await world.says('U0503', '签到');
    const [row] = await world.db.client.$queryRawUnsafe<Record<string, bigint>[]>('PRAGMA page_count');
    const pages = Number(Object.values(row ?? {})[0]);
    await world.db.client.$queryRawUnsafe(`PRAGMA max_page_count=${pages}`);

    const statuses: number[] = [];
    while (!statuses.includes(503) && statuses.length < 500)
      statuses.push((await world.post(world.textXml('U0502', '帮助', `f${statuses.length}`))).status);
    expect(statuses.at(-1)).toBe(503);
    const refused = `f${statuses.length - 1}`;
    expect(await world.db.client.inbox.findUnique({ where: { key: refused } })).toBeNull();

    await world.db.client.$queryRawUnsafe('PRAGMA max_page_count=1000000');
    expect((await world.post(world.textXml('U0702', '签到', 'after'))).status).toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(2);
    expect(await world.db.client.inbox.count({ where: { closedAt: null } })).toBe(0);
    expect(await world.db.isWhole()).toBe(true);
  });

  test('a book that may only be read refuses with 503, lives on, and takes messages again', async () => {
    const world = await onFile();
    await world.db.client.$executeRawUnsafe('PRAGMA query_only=ON');

    expect((await world.post(world.textXml('U0503', '签到', '1'))).status).toBe(503);
    expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);

    await world.db.client.$executeRawUnsafe('PRAGMA query_only=OFF');
    expect((await world.post(world.textXml('U0503', '签到', '1'))).status).toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(1);
  });

  test('a lock that another process holds is waited for without holding up anything else', async () => {
    const world = await onFile();
    const other = await openDb(world.url);
    onTestFinished(() => other.close());
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    let taken = () => {};
    const held = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const holder = other.write(async () => {
      taken();
      await until;
    });
    await held;

    const answer = world.post(world.textXml('U0503', '签到', '1'));
    for (let n = 0; n < 5; n++) expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
    release();
    await holder;

    expect((await answer).status).toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(1);
  });
});

describe('PostgreSQL 的重启', () => {
  test('gone it refuses with 503; recovered from a crash it has every message that was answered 200', async () => {
    const server = await startPostgres();
    onTestFinished(server.remove);
    const world = await openWorld({ now: MORNING, file: server.url });
    await world.says('U0503', '签到');

    await server.stop();
    expect((await world.post(world.textXml('U0702', '签到', 'x'))).status).toBe(503);
    expect((await fetch(`${world.app.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
    await server.start();

    await expect.poll(async () => (await fetch(`${world.app.url}/readyz`)).status, { timeout: 10_000 }).toBe(200);
    await expect
      .poll(async () => (await world.post(world.textXml('U0702', '签到', 'x'))).status, { timeout: 10_000 })
      .toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(2);
    expect(await world.db.client.audit.count()).toBe(2);
  }, 60_000);

  test('turned read only it refuses with 503 and takes messages again when that is over', async () => {
    const server = await startPostgres();
    onTestFinished(server.remove);
    const world = await openWorld({ now: MORNING, file: server.url });
    await server.readOnly('on');
    await expect.poll(async () => (await fetch(`${world.app.url}/readyz`)).status, { timeout: 10_000 }).toBe(200);

    expect((await world.post(world.textXml('U0503', '签到', '1'))).status).toBe(503);

    await server.readOnly('off');
    await expect
      .poll(async () => (await world.post(world.textXml('U0503', '签到', '1'))).status, { timeout: 10_000 })
      .toBe(200);
    await world.app.settled();
    expect(await world.db.client.signIn.count()).toBe(1);
  }, 60_000);
});
