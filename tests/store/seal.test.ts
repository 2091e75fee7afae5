import { readFileSync, rmSync, statSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { auditFlaw } from '#bot/store/audit.ts';
import { keyFileOf, openDb } from '#bot/store/db.ts';
import { server } from '../support/database.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-13T08:25:00+08:00';
const REASON = '孩子高烧要去医院';
const TABLES = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+) \{/gm)].map(([, name]) => name);
const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

describe('加密存放', () => {
  test('a leave reason lies nowhere in the database as it was said, and is read by whom it is for', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', `明天的学习请假，${REASON}`);

    expect(world.toldTo('U0501').join()).toContain(REASON);
    expect((await world.db.client.leave.findFirst())?.reason).toContain(REASON);
    for (const table of TABLES) {
      const lying = JSON.stringify(await world.db.client.$queryRawUnsafe(`SELECT * FROM "${table}"`), text);
      expect([table, lying.includes(REASON), lying.includes('高烧')]).toEqual([table, false, false]);
    }
  });

  test('a lost key is noticed at the start; the key file is for its owner only', async () => {
    const world = await openWorld({ now: MORNING });
    const file = keyFileOf(world.url);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(openDb(world.url, 'ab'.repeat(32))).rejects.toThrow('数据密钥不对');
    if (server) return;
    const key = readFileSync(file, 'utf8').trim();
    rmSync(file);
    await expect(openDb(world.url)).rejects.toThrow('数据密钥不对');
    const again = await openDb(world.url, key);
    await again.close();
  });
});

describe('操作日志', () => {
  async function written() {
    const world = await openWorld({ now: '2013-05-14T08:25:00+08:00' });
    onTestFinished(() => undefined);
    for (const [from, text] of [
      ['U0502', '签到'],
      ['U0503', '签到'],
      ['U0702', '签到'],
      ['U0502', '3号台账完成60%'],
    ] as const)
      await world.says(from, text);
    const lines = await world.db.client.audit.findMany({ orderBy: { id: 'asc' } });
    expect(lines).toHaveLength(4);
    expect(await auditFlaw(world.db)).toBeNull();
    return { world, lines, ids: lines.map(({ id }) => id) as [number, number, number, number] };
  }

  test('a line that was changed is found', async () => {
    const { world, ids } = await written();

    await world.db.client.audit.update({ where: { id: ids[1] }, data: { actor: 'u0501' } });

    expect(await auditFlaw(world.db)).toContain(`第${ids[1]}行`);
  });

  test('a line that was taken out is found, be it in the middle, the first or the last', async () => {
    for (const n of [1, 0, 3]) {
      const { world, ids } = await written();
      await world.db.client.audit.delete({ where: { id: ids[n] ?? 0 } });
      expect(await auditFlaw(world.db)).not.toBeNull();
    }
  });

  test('a line that was put in is found, also a copy of a true one', async () => {
    const { world, lines } = await written();
    const { id: _, ...last } = lines[3] ?? { id: 0 };

    await world.db.client.audit.create({ data: last as never });

    expect(await auditFlaw(world.db)).not.toBeNull();
  });

  test('a head made to fit a shortened chain is found without the key', async () => {
    const { world, lines, ids } = await written();
    await world.db.client.audit.delete({ where: { id: ids[3] } });

    await world.db.client.auditHead.update({ where: { id: 1 }, data: { lines: 3, hash: lines[2]?.hash ?? '' } });

    expect(await auditFlaw(world.db)).toBe('总数记录被改动');
  });
});
