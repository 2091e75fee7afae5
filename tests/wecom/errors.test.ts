import { describe, expect, test } from 'vitest';
import { recallSlot } from '#bot/admin/recall.ts';
import { inWords, REFUSALS, refusalOf, WecomError } from '#bot/wecom/errors.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
/** How many deliveries are under way together, in whatever order they arrive. */
const AT_ONCE = 24;
type World = Awaited<ReturnType<typeof openWorld>>;

const parked = (world: World) => world.db.client.outbox.findMany({ where: { parkedAt: { not: null } } });

describe('错误码', () => {
  test('every code says what it means; what people can mend says how', () => {
    expect(REFUSALS.size).toBeGreaterThan(200);
    for (const [code, { reaction, means, remedy }] of REFUSALS) {
      expect(means, String(code)).toMatch(/^[^。]{2,30}$/);
      if (reaction === 'alert' || reaction === 'fix') expect(remedy, String(code)).not.toBe('');
      expect(inWords(code), String(code)).toMatch(/。$/);
    }
    expect(inWords(60020)).toBe(
      '服务器IP不在可信名单（60020）。请到应用详情页“企业可信IP”中加入服务器的出口IP，约一分钟后生效。',
    );
  });

  test.each([
    [-1, 'retry', true],
    [-2, 'retry', true],
    [42_001, 'refresh', true],
    [45_009, 'slow', true],
    [60_020, 'alert', true],
    [81_013, 'drop', false],
    [42_035, 'fix', false],
    [846_605, 'elsewhere', false],
    [12_345, 'drop', false],
  ])('%i asks for %s', (code, reaction, retryable) => {
    expect(refusalOf(code).reaction).toBe(reaction);
    expect(new WecomError('x', code).retryable).toBe(retryable);
  });
});

describe('发不出去的时候', () => {
  test('something set up wrong stops all for ten minutes, and then everything arrives', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(60_020);
    await world.says('U0503', '签到');
    await world.says('U0702', '签到');
    expect(world.wecom.sent).toEqual([]);
    expect(await parked(world)).toEqual([]);

    world.at('2013-05-14T08:34:00+08:00');
    await world.app.settled();
    expect(world.wecom.sent).toEqual([]);
    world.at('2013-05-14T08:36:00+08:00');
    await world.app.settled();

    expect(world.wecom.sent.map(({ to }) => to).sort()).toEqual(['u0503', 'u0702']);
  });

  test('called too often it rests a minute, and an hour where that was not enough', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(45_009, 45_009);
    await world.says('U0503', '签到');
    world.at('2013-05-14T08:26:01+08:00');
    await world.app.settled();
    world.at('2013-05-14T09:20:00+08:00');
    await world.app.settled();
    expect(world.wecom.sent).toEqual([]);

    world.at('2013-05-14T09:27:00+08:00');
    await world.app.settled();

    expect(world.wecom.sent).toHaveLength(1);
  });

  test('several refused at the same time rest the same minute', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(...Array.from({ length: 7 }, () => 45_009));
    const row = { kind: 'user', text: '通知', notBefore: world.now() };
    await world.db.client.outbox.createMany({
      data: Array.from({ length: 7 }, (_, one) => ({ ...row, key: `a#${one}`, address: `p${one}` })),
    });
    await world.app.settled();
    world.wecom.refusals.length = 0;

    world.at('2013-05-14T08:26:01+08:00');
    await world.app.settled();

    expect(world.wecom.sent).toHaveLength(7);
  });

  test('more than a member may get within an hour waits for the next, and answers to others do not', async () => {
    const world = await openWorld({ now: MORNING });
    const row = { kind: 'user', address: 'u0503', text: '通知', sentAt: world.now(), notBefore: world.now() };
    await world.db.client.outbox.createMany({
      data: Array.from({ length: 900 }, (_, one) => ({ ...row, key: `a#${one}` })),
    });
    world.at('2013-05-14T08:27:00+08:00');

    expect(await world.says('U0503', '签到')).toEqual([]);
    expect(await world.says('U0702', '签到')).toHaveLength(1);
    world.at('2013-05-14T09:26:00+08:00');
    await world.app.settled();

    expect(world.toldTo('U0503')).toHaveLength(1);
  });

  test('a token whose secret was changed meanwhile is fetched anew', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(40_001);

    expect(await world.says('U0503', '签到')).toHaveLength(1);

    expect(world.wecom.tokensGiven()).toBe(2);
  });

  test('who was left out of a message that went well is noticed, however the id is spelled', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.unseen.add('u0503');

    expect(await world.says('U0503', '签到')).toEqual([]);

    expect(await parked(world)).toMatchObject([{ error: '81013', reason: expect.stringContaining('可见范围') }]);
  });

  test('an answer goes before what the clock has for many', async () => {
    const world = await openWorld({ now: MORNING });
    // All at once: what is under way already cannot be overtaken.
    const row = { kind: 'user', notBefore: world.now() };
    const reminders = Array.from({ length: 130 }, (_, one) => ({
      ...{ ...row, key: `remind-x@1#${one}`, address: `p${one}`, text: '提醒', broadcast: true },
    }));
    const answer = { ...row, key: 'later#0', address: 'u0503', text: '答复' };
    await world.db.client.outbox.createMany({ data: [...reminders, answer] });

    await world.app.settled();

    expect(world.wecom.sent).toHaveLength(131);
    expect(world.wecom.sent.findIndex(({ text }) => text === '答复')).toBeLessThan(AT_ONCE);
  });

  test('the office hears once in the morning what did not arrive, why, and what to do', async () => {
    const world = await openWorld({ now: MORNING });
    await world.db.client.person.create({
      data: { id: 'u0101', name: '文静', departmentCode: 'BGS', title: '主任', roles: '["office"]' },
    });
    world.wecom.refusals.push(81_013, 81_013);
    await world.says('U0503', '签到');
    await world.says('U0702', '签到');

    await world.passUntil('2013-05-15T08:50:00+08:00');
    await world.passUntil('2013-05-16T08:50:00+08:00');

    const reports = world.toldTo('U0101').filter((text) => text.includes('没有送达'));
    expect(reports).toHaveLength(1);
    // A card: its title, and what stands under it.
    expect(reports[0]).toContain(
      '有2条消息没有送达。雷鸣、薛冰：2条，收件人都不在应用的可见范围（81013）。请到应用详情页把该成员加入“可见范围”。',
    );
  });
});

describe('撤回', () => {
  test('what a job told by mistake is taken back by command: what waits is not sent, what was sent disappears', async () => {
    const world = await openWorld({ now: MORNING });
    const row = { kind: 'user', text: '提醒', broadcast: true, notBefore: world.now() };
    const slot = world.now().toISOString();
    const later = new Date('2013-05-14T09:00+08:00');
    await world.db.client.outbox.createMany({
      data: [
        { ...row, key: `remind-x@${slot}#0`, address: 'u0502' },
        { ...row, key: `remind-x@${slot}#1`, address: 'u0503', notBefore: later },
        { ...row, key: `remind-x@${slot}#2`, address: '全局群', kind: 'group' },
      ],
    });
    await world.app.settled();
    const recall = () => world.db.write((tx) => recallSlot(tx, 'remind-x', slot, world.now()));

    expect(await recall()).toBe('没发的1条不再发，正在撤回1条，1条不能撤回（群消息、未送达或超过24小时）');
    expect(await recall()).toContain('正在撤回0条');
    world.at('2013-05-14T09:30:00+08:00');
    await world.app.settled();

    expect(world.wecom.recalled).toEqual(['M1']);
    expect(world.toldTo('U0503')).toEqual([]);
    await expect(world.db.write((tx) => recallSlot(tx, 'remind-y', slot, world.now()))).rejects.toThrow('没有发过通知');
  });

  test('what a deed told others is taken back with it', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '请假，到郑州送材料');
    const asked = world.wecom.sent.findIndex(({ to }) => to === 'u0501');
    expect(asked).toBeGreaterThanOrEqual(0);

    await world.says('U0503', '撤销');

    expect(world.wecom.recalled).toEqual([`M${asked + 1}`]);
  });

  test('what still waited is not sent at all', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(0, -1);
    await world.says('U0503', '请假，到郑州送材料');
    await world.says('U0503', '撤销');
    world.at('2013-05-14T08:27:00+08:00');
    await world.app.settled();

    expect(world.toldTo('U0501').filter((text) => text.includes('送材料'))).toEqual([]);
  });
});
