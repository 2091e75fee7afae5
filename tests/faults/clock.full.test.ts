import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

describe('时钟', () => {
  test('put back by hours, nothing runs twice, and what comes due then runs', async () => {
    const world = await openWorld({ now: '2013-05-13T16:00:00+08:00' });
    await world.passUntil('2013-05-14T12:00:00+08:00');
    const runs = await world.db.client.jobRun.findMany({ select: { key: true } });
    const told = world.wecom.sent.length;
    expect(runs.length).toBeGreaterThan(0);

    world.at('2013-05-14T07:00:00+08:00');
    await world.app.tick();
    await world.passUntil('2013-05-14T12:00:00+08:00');

    expect(await world.db.client.jobRun.findMany({ select: { key: true } })).toEqual(runs);
    expect(world.wecom.sent).toHaveLength(told);
    await world.passUntil('2013-05-15T18:00:00+08:00');
    expect(await world.db.client.jobRun.count()).toBeGreaterThan(runs.length);
  });

  test('a year ahead by mistake and back again, the jobs go on from the right day', async () => {
    const world = await openWorld({ now: '2013-05-13T16:00:00+08:00' });
    world.at('2014-05-13T16:00:00+08:00');
    await world.app.tick();

    world.at('2013-05-13T16:05:00+08:00');
    await world.app.tick();
    await world.passUntil('2013-05-14T12:00:00+08:00');

    const slots = await world.db.client.jobRun.findMany({
      where: { slot: { lt: new Date('2013-05-15T00:00+08:00') } },
    });
    expect(slots.length).toBeGreaterThan(0);
  });

  test('asleep over more slots than can be made up, each is noted once and the administrator hears of it', async () => {
    const world = await openWorld({ now: '2013-05-13T16:00:00+08:00' });
    await world.db.client.person.update({ where: { id: 'u0501' }, data: { roles: '["head","office"]' } });

    world.at('2013-05-16T10:00:00+08:00');
    await world.app.tick();
    await world.app.tick();

    const missed = await world.db.client.jobRun.findMany({ where: { outcome: 'missed' } });
    expect(missed.length).toBeGreaterThan(0);
    const reports = world.toldTo('U0501').filter((text) => text.includes('漏发'));
    expect(reports).toHaveLength(1);
  });
});
