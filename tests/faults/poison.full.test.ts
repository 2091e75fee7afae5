import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { defineJob } from '#bot/job.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';

/** Writes something and then fails, each time. */
const poison = defineHandler({
  ...{ name: 'test.poison', title: '毒药', examples: [], input: z.object({}), allow: anyone },
  meant(clause) {
    const span = cue(clause, /毒药/);
    return span && act(span, 3, {});
  },
  async execute({ tx }) {
    await tx.campaign.deleteMany();
    throw new Error('broken');
  },
  reply: () => '',
});

describe('毒消息', () => {
  test('what fails three times is parked, apologised for and reported once; nobody waits for it, nothing stays of it', async () => {
    const world = await openWorld({ now: MORNING, handlers: [...Object.values(handlers), poison] });
    await world.db.client.person.update({ where: { id: 'u0501' }, data: { roles: '["head","admin"]' } });
    await world.db.client.campaign.create({ data: { id: 1, name: '活动', from: '2013-03-01', to: '2013-09-30' } });

    await Promise.all([
      world.post(world.textXml('U0503', '毒药', '1')),
      world.post(world.textXml('U0503', '签到', '2')),
      world.post(world.textXml('U0702', '签到', '3')),
    ]);
    await world.app.settled();

    expect(await world.db.client.signIn.count()).toBe(2);
    expect(await world.db.client.campaign.count()).toBe(1);
    expect(await world.db.client.inbox.findUnique({ where: { key: '1' } })).toMatchObject({ tries: 3, closedAt: null });
    expect(world.toldTo('U0503').filter((text) => text.startsWith('这条消息没有处理成功'))).toHaveLength(1);
    const reports = world.toldTo('U0501');
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^有一条消息三次没有处理成功，已搁置，未作任何记录（收件\d+号）/);
    expect(reports[0]).not.toMatch(/毒药|雷鸣|u0503/i);
  });

  test('a job that fails is tried thrice, given up and reported; the others of its minute run meanwhile', async () => {
    const at = new Date('2013-05-14T09:00:00+08:00');
    const job = defineJob({
      ...{ name: 'broken-job', title: '坏任务', rule: '', graceMs: 3_600_000 },
      slotsOn: (day) => (day === '2013-05-14' ? [at] : []),
      run: async () => {
        throw new Error('broken');
      },
    });
    const other = defineJob({
      ...{ name: 'sound-job', title: '好任务', rule: '', graceMs: 3_600_000 },
      slotsOn: (day) => (day === '2013-05-14' ? [at] : []),
      run: async () => [{ to: { kind: 'user', id: 'u0503' }, text: '好了' }],
    });
    const world = await openWorld({ now: MORNING, jobs: [...Object.values(jobs), job, other] });
    await world.db.client.person.update({ where: { id: 'u0501' }, data: { roles: '["head","office"]' } });

    world.at('2013-05-14T09:00:10+08:00');
    await world.app.tick();
    expect(world.toldTo('U0503')).toContain('好了');
    for (let minute = 1; minute <= 4; minute++) {
      world.at(`2013-05-14T09:0${minute}:10+08:00`);
      await world.app.tick();
    }

    expect(await world.db.client.jobRun.findMany({ where: { name: 'broken-job' } })).toMatchObject([
      { outcome: 'failed' },
    ]);
    expect(world.toldTo('U0503').filter((text) => text === '好了')).toHaveLength(1);
    const reports = world.toldTo('U0501').filter((text) => text.includes('坏任务'));
    expect(reports).toEqual([expect.stringContaining('坏任务（2013年5月14日09:00）三次未成')]);
  });
});
