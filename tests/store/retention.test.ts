import { expect, test } from 'vitest';
import { auditFlaw } from '#bot/store/audit.ts';
import { forgetOldWords } from '#jobs/index.ts';
import { openWorld } from '../support/world.ts';

const REASON = '孩子高烧要去医院';

test('words are gone half a year later, a leave reason two years later; records, audit and what was done once stay', async () => {
  const world = await openWorld({ now: '2013-05-13T08:25:00+08:00', jobs: [forgetOldWords] });
  const { client } = world.db;
  await world.says('U0503', `明天的学习请假，${REASON}`, 'leave');
  await world.says('U0503', '自学20分钟《党章》', 'self');
  const approved = await client.leave.findFirstOrThrow();
  await client.leave.update({ where: { id: approved.id }, data: { state: 'approved' } });
  const audit = await client.audit.count();
  const words = async () => {
    const said = (await client.inbox.findMany()).map(({ message }) => message);
    return JSON.stringify([said, (await client.outbox.findMany()).map(({ text }) => text)]);
  };
  const night = async (day: string) => {
    world.at(`${day}T03:31:00+08:00`);
    await world.app.tick();
  };

  await night('2013-11-08');
  expect(await words()).toContain(REASON);
  await night('2013-11-12');
  expect(await words()).not.toMatch(/高烧|党章/);
  expect((await client.leave.findFirst())?.reason).toContain(REASON);
  await night('2015-05-17');
  expect((await client.leave.findFirst())?.reason).toBe('（已过保存期）');

  expect(await client.studyRecord.findFirst()).toMatchObject({ topic: '《党章》', minutes: 20 });
  expect(await client.audit.count()).toBeGreaterThanOrEqual(audit);
  expect(await auditFlaw(world.db)).toBeNull();
  expect((await world.post(world.textXml('U0503', '自学20分钟《党章》', 'self'))).status).toBe(200);
  await world.app.settled();
  expect(await client.studyRecord.count()).toBe(1);
});
