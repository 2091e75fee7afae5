import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { moveTo } from '#bot/admin/move.ts';
import { auditFlaw } from '#bot/store/audit.ts';
import { openDb } from '#bot/store/db.ts';
import { dump } from '../support/dump.ts';
import { startPostgres } from '../support/postgresql.ts';
import { openWorld } from '../support/world.ts';

const KEY = '5e'.repeat(32);

describe('迁移到 PostgreSQL', () => {
  test('everything arrives, the audit holds, counting goes on, and a database with data is left alone', async () => {
    const url = `file:${path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-')), 'book.db')}`;
    const server = await startPostgres();
    onTestFinished(server.remove);
    const world = await openWorld({ now: '2013-05-14T08:25:00+08:00', file: url, dataKey: KEY });
    await world.says('U0503', '签到');
    await world.says('U0502', '3号台账完成60%');
    const before = await dump(world.db);
    await expect(moveTo(url, server.url, KEY)).rejects.toThrow('服务正在运行');
    await world.app.stop();
    await world.db.close();

    const { rows } = await moveTo(url, server.url, KEY);

    expect(rows).toBeGreaterThan(20);
    const fresh = await openDb(server.url, KEY);
    expect(await dump(fresh)).toEqual(before);
    expect(await auditFlaw(fresh)).toBeNull();
    const last = await fresh.client.inbox.findFirst({ orderBy: { id: 'desc' } });
    const next = await fresh.client.inbox.create({ data: { key: 'next', message: '{}', receivedAt: new Date() } });
    expect(next.id).toBe((last?.id ?? 0) + 1);
    await fresh.close();
    await expect(moveTo(url, server.url, KEY)).rejects.toThrow('目标数据库里已有数据');
  }, 60_000);
});
