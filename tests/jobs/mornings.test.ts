import { describe, expect, test } from 'vitest';
import showWorseLights from '#jobs/show-worse-lights.ts';
import { openBureau } from '../support/bureau.ts';
import { openWorld } from '../support/world.ts';

describe('晨间提醒（R91）', () => {
  test('seven things due are one message; who is on leave gets none, and who has nothing due none', async () => {
    const world = await openBureau({ now: '2013-05-27T17:00:00+08:00' });
    const { client } = world.db;
    const codes = ['K6-1', 'K6-2', 'K6-3', 'K6-4', 'K6-5', 'K6-6', 'K6-7'];
    const due = { deadline: '2013-05-28', ownerId: 'u0902' };
    await client.ledgerItem.updateMany({ where: { code: { in: codes } }, data: due });
    const onLeave = { deadline: '2013-05-28', ownerId: 'u0502' };
    await client.ledgerItem.updateMany({ where: { code: { in: ['K3-4'] } }, data: onLeave });
    await client.leave.create({
      data: {
        ...{ personId: 'u0502', fromOn: '2013-05-28', toOn: '2013-05-28', reason: '公差', state: 'approved' },
        askedAt: world.now(),
      },
    });
    const before = world.wecom.sent.length;
    await world.passUntil('2013-05-28T08:46:00+08:00');

    const sent = world.wecom.sent.slice(before);
    const mine = sent.filter(({ to }) => to === 'u0902');
    expect(mine).toHaveLength(1);
    expect(mine[0]?.text.match(/号台账《[^》]+》今日到期/g)).toHaveLength(7);
    expect(sent.filter(({ to }) => to === 'u0502')).toEqual([]);
    expect(sent.filter(({ to }) => to === 'u1402')).toEqual([]);
  });
});

describe('灯色变化（R43）', () => {
  test('the head hears of a worse light once, on the first workday it is worse, and of nothing that stayed as it was', async () => {
    const world = await openWorld({ now: '2013-07-03T10:00:00+08:00', jobs: [showWorseLights] });
    await world.says('U0502', 'K3-4累计2个');
    await world.app.tick();
    const heard: string[] = [];
    // 66.7 % of the 243 days to 31 August: ten points behind from Saturday 6 July on.
    for (const day of ['07-04', '07-05', '07-08', '07-09', '07-10']) {
      const before = world.toldTo('U0501').length;
      world.at(`2013-${day}T08:50:00+08:00`);
      await world.app.tick();
      heard.push(
        ...world
          .toldTo('U0501')
          .slice(before)
          .map((text) => `${day} ${text}`),
      );
    }

    expect(heard).toEqual([
      '07-08 亮灯变差1项：8号台账《新建市级重点实验室3个》绿灯→黄灯（时间已过77.8%，完成66.7%，落后11.1个百分点，满10亮黄灯）。',
    ]);
  });
});

describe('调整待批（R47）', () => {
  test('what is undecided for two workdays is brought up once; decided, no more', async () => {
    const world = await openWorld({ now: '2013-05-14T10:00:00+08:00' });
    await world.says('U0501', '申请把K3-4目标调整为5个，理由：新增两家');
    const told = () => world.toldTo('L03').filter((text) => text.includes('待您审批已满2个工作日'));
    await world.passUntil('2013-05-15T09:00:00+08:00');
    expect(told()).toEqual([]);
    await world.passUntil('2013-05-17T09:00:00+08:00');
    expect(told()).toHaveLength(1);
    await world.says('L03', '同意');
    expect((await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'K3-4' } })).target).toBe(5);

    const other = await openWorld({ now: '2013-05-14T10:00:00+08:00' });
    await other.says('U0501', '申请把K3-4目标调整为5个，理由：新增两家');
    await other.says('L03', '不同意');
    await other.passUntil('2013-05-17T09:00:00+08:00');
    expect(other.toldTo('L03').join()).not.toContain('已满2个工作日');
  });
});
