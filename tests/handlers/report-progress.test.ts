import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';

describe('上报台账进度', () => {
  test('additions and totals give the same state, and each answer says before and after', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('U0502', 'K3-4新增１个')).toEqual([
      '已记录：8号台账《新建市级重点实验室3个》0→1/3个（33.3%）。',
    ]);
    expect(await world.says('U0503', '重点实验室累计2个')).toEqual([
      '已记录：8号台账《新建市级重点实验室3个》1→2/3个（66.7%）。',
    ]);

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 2 });
    expect(await world.db.client.progressReport.count()).toBe(2);
  });

  test.each([
    ['U0702', '3号台账完成60%', '该事项不由您所在科室（单位）承办，如需调整请联系活动办。'],
    ['U0502', '3号台账还没完成60%', '没有听懂。'],
    [
      'U0502',
      '99号台账完成60%',
      '台账里没有“99号台账”。您科室（单位）的有3号《制定创新驱动发展配套政策并分解任务》、8号《新建市级重点实验室3个》；发“我的台账”可查看编号。请写明是哪一项。',
    ],
    ['U0702', 'K3-9完成60%', '台账里没有“K3-9”。发“我的台账”可查看编号。请写明是哪一项。'],
  ])('%s saying %s changes nothing and hears one clear sentence', async (from, text, answer) => {
    const world = await openWorld({ now: NOON });

    expect(await world.says(from, text)).toEqual([expect.stringContaining(answer)]);

    expect(await world.db.client.progressReport.count()).toBe(0);
    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('an item and 进度 without a figure is a look at it, not a question back', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成60%');

    const [answer] = await world.says('U0502', '3号台账进度');

    expect(answer).toContain('60%');
    expect(await world.db.client.progressReport.count()).toBe(1);
  });

  test('a figure below the one reported before is refused', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成60%');

    expect((await world.says('U0502', '3号台账完成50%'))[0]).toContain('低于已报进度');

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K1-3' } })).toMatchObject({ percent: 60 });
  });
});
