import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { keepNew } from '#bot/store/inbox.ts';

const MESSAGE = { sender: 'a', message: '{}' };

test('what is kept without holding up others is kept only once the log is on disk', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'book.db');
  const db = await openDb(`file:${file}`);
  onTestFinished(() => db.close());

  renameSync(`${file}-wal`, `${file}-gone`);
  const kept = keepNew(db, [{ key: 'one', ...MESSAGE }], new Date(0));
  await expect(kept).rejects.toThrow();

  renameSync(`${file}-gone`, `${file}-wal`);
  await keepNew(db, [{ key: 'two', ...MESSAGE }], new Date(0));
  expect((await db.client.inbox.findMany()).map(({ key }) => key)).toContain('two');
});
