import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const handedIn = async () => {
  const world = await openWorld({ now: '2013-05-08T09:00:00+08:00' });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.says('U0502', '3号台账申请验收');
  return world;
};
type World = Awaited<ReturnType<typeof handedIn>>;
const chased = (world: World, id: string): string[] => world.toldTo(id).filter((text) => text.includes('已等待'));

describe('待验收提醒（R46）', () => {
  test('after three workdays the leader in charge hears of it, after five the office, each once', async () => {
    const world = await handedIn();

    await world.passUntil('2013-05-10T12:00:00+08:00');
    expect(chased(world, 'L03')).toEqual([]);
    await world.passUntil('2013-05-13T09:00:00+08:00');
    expect(chased(world, 'L03')).toEqual([
      expect.stringContaining(
        '3号台账《制定创新驱动发展配套政策并分解任务》5月8日（星期三）申请验收，已等待3个工作日，请验收',
      ),
    ]);
    expect(chased(world, 'U0702')).toEqual([]);
    await world.passUntil('2013-05-22T12:00:00+08:00');

    expect(chased(world, 'L03')).toHaveLength(1);
    expect(chased(world, 'U0702')).toEqual([expect.stringContaining('已等待5个工作日')]);
  });

  test.each(['3号台账退回，缺会议纪要', '3号台账验收通过'])('「%s」 ends it', async (decision) => {
    const world = await handedIn();
    await world.says('L03', decision);
    await world.says('L03', '确认');

    await world.passUntil('2013-05-16T12:00:00+08:00');

    expect([chased(world, 'L03'), chased(world, 'U0702')]).toEqual([[], []]);
  });
});
