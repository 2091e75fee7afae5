import { describe, expect, test } from 'vitest';
import { resend } from '#bot/admin/resend.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const parked = async (from: string) => {
  const world = await openWorld({ now: MORNING });
  world.wecom.refusals.push(81013);
  await world.says(from, '签到');
  expect(world.toldTo(from)).toEqual([]);
  return world;
};

describe('重发搁置的消息', () => {
  test('what was given up on goes out once more, and once only', async () => {
    const world = await parked('U0503');
    const again = () => world.db.write((tx) => resend(tx, new Date('2013-05-14T00:00:00+08:00'), world.now()));

    expect(await again()).toEqual({ due: 1, left: 0 });
    await world.app.settled();
    expect(await again()).toEqual({ due: 0, left: 0 });
    await world.app.settled();

    expect(world.toldTo('U0503')).toHaveLength(1);
  });

  test('nothing goes to who has left, nor what was given up before', async () => {
    const world = await parked('U0503');
    const since = (at: string) => world.db.write((tx) => resend(tx, new Date(at), world.now()));
    expect(await since('2013-05-15T00:00:00+08:00')).toEqual({ due: 0, left: 0 });
    await world.db.client.person.update({ where: { id: 'u0503' }, data: { leftOn: '2013-05-14' } });

    expect(await since('2013-05-14T00:00:00+08:00')).toEqual({ due: 0, left: 1 });
    await world.app.settled();

    expect(world.toldTo('U0503')).toEqual([]);
  });
});
