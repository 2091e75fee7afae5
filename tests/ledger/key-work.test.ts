import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { groupOf } from '#bot/domain/tasks.ts';
import { importLedger } from '#bot/import/ledger.ts';
import { readSheets } from '#bot/import/table.ts';
import { openWorld } from '../support/world.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../emulator/sample/九项重点工作.csv');

async function office() {
  const world = await openWorld({ now: '2013-03-01T09:00:00+08:00' });
  await world.db.client.ledgerItem.deleteMany();
  const load = (file: string) => world.db.write(async (tx) => importLedger(tx, await readSheets(file), '2013-03-01'));
  return { world, load };
}

describe('九项重点工作入账（R40）', () => {
  test('42 items come in nine groups, 15 counted and 27 milestones, of the bureau and nobody’s unit yet', async () => {
    const { world, load } = await office();

    expect(await load(SAMPLE)).toMatchObject({ added: 42, changed: 0, unchanged: 0 });
    const items = await world.db.client.ledgerItem.findMany();
    const inGroup = (group: number) => items.filter((item) => groupOf(item).rank === group);
    const counted = (some: typeof items) => some.filter(({ target }) => target !== null).length;
    expect(new Set(items.map((item) => groupOf(item).rank))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect([items.length, counted(items)]).toEqual([42, 15]);
    expect([inGroup(3).length, counted(inGroup(3))]).toEqual([6, 6]);
    expect([inGroup(6).length, counted(inGroup(6))]).toEqual([10, 6]);
    expect(items.every(({ level, departmentCode }) => level === '局班子' && departmentCode === '')).toBe(true);
    expect(items.find(({ code }) => code === 'K6-6')).toMatchObject({
      ...{ target: 1000, unit: '万元', comparator: '>', deadline: '2013-12-31', evidence: '质押合同及放款凭证' },
    });
    expect((await world.says('L01', 'K3-4'))[0]).toContain('验收佐证：批准建设文件。');
  });

  test('loaded twice it doubles nothing; what differs is taken over and named', async () => {
    const { world, load } = await office();
    await load(SAMPLE);

    expect(await load(SAMPLE)).toEqual({ added: 0, changed: 0, unchanged: 42, differences: [] });
    const changed = path.join(path.dirname(world.mediaDir), `key-work-${process.pid}.csv`);
    writeFileSync(changed, readFileSync(SAMPLE, 'utf8').replace('实施科技计划项目,100', '实施科技计划项目,120'));
    expect(await load(changed)).toEqual({
      ...{ added: 0, changed: 1, unchanged: 41 },
      differences: ['K2-1 目标值：100→120'],
    });
    expect(await world.db.client.ledgerItem.count()).toBe(42);
  });

  test('who looked at what kind of thing is kept, and nothing of what it said', async () => {
    const { world, load } = await office();
    await load(SAMPLE);
    await world.says('L01', 'K3-4');
    await world.says('L01', '情况');

    expect(await world.db.client.queryLog.findMany({ select: { actor: true, intent: true } })).toEqual([
      { actor: 'l01', intent: 'query.item' },
      { actor: 'l01', intent: 'query.standing' },
    ]);
  });
});
