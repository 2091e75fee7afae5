import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Db, openDb } from '#bot/store/db.ts';

/** A record book whose disk does not answer until it is told to, well or badly. */
async function slowDisk() {
  const folder = mkdtempSync(path.join(tmpdir(), 'durable-'));
  const db = await openDb(`file:${folder}/book.db`);
  const handle = await open(`${folder}/book.db-wal`, 'r');
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const spy = vi
    .spyOn(prototype, 'datasync')
    .mockImplementation(() => new Promise((resolve, reject) => waiting.push({ resolve, reject })));
  onTestFinished(async () => {
    spy.mockRestore();
    await db.close();
    rmSync(folder, { recursive: true });
  });
  return { db, waiting };
}

const note = (db: Db) =>
  db.write((tx) => tx.inbox.create({ data: { key: 'a', message: '{}', receivedAt: new Date(0) } }));

describe('写入磁盘', () => {
  test('what was written is neither confirmed nor shown to others before it is on disk; the process goes on meanwhile', async () => {
    const { db, waiting } = await slowDisk();
    let [confirmed, seen] = [false, -1];
    const written = note(db).then(() => {
      confirmed = true;
    });
    const read = db
      .read((client) => client.inbox.count())
      .then((count) => {
        seen = count;
      });
    await vi.waitUntil(() => waiting.length > 0);
    for (let turn = 0; turn < 100; turn++) await othersTurn();
    expect([confirmed, seen]).toEqual([false, -1]);

    waiting[0]?.resolve();

    await Promise.all([written, read]);
    expect([confirmed, seen]).toEqual([true, 1]);
  });

  test('a disk that failed once is not believed again until the service is started anew', async () => {
    const { db, waiting } = await slowDisk();
    const written = note(db);
    await vi.waitUntil(() => waiting.length > 0);

    waiting[0]?.reject(new Error('EIO'));

    await expect(written).rejects.toThrow('EIO');
    await expect(db.read((client) => client.inbox.count())).rejects.toThrow('EIO');
    await expect(db.append((client) => client.inbox.count())).rejects.toThrow('EIO');
    expect(waiting).toHaveLength(1);
  });
});
