import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const OPEN = '2013-05-14T08:20:00+08:00';
const CLOSED = '2013-05-14T10:40:00+08:00';
type Opened = Awaited<ReturnType<typeof openWorld>>;
const convene = (world: Opened) =>
  world.db.client.session.update({ where: { code: 'S0514' }, data: { convenorId: 'u0501' } });

describe('早退', () => {
  test('the convenor notes who left before the end: it stays an attendance and is counted apart', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    await world.says('U0503', '签到');
    world.at('2013-05-14T09:50:00+08:00');

    expect(await world.says('U0501', '早退 雷鸣 9:40')).toEqual([
      '已登记早退：5月14日（星期二）08:30《十八大报告专题辅导》雷鸣09:40离开，仍计实到，单列早退。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0503').at(-1)).toContain('已登记早退（09:40）');
    expect((await world.says('U0501', '今天考勤情况'))[0]).toContain('实到1人（早退1人）');
    await world.says('U0501', '撤销');
    expect((await world.says('U0501', '今天考勤情况'))[0]).toContain('实到1人，');
  });

  test('after the end, before signing in, or of whoever did not come there is none; a colleague may not note it', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    await world.says('U0503', '签到');

    expect((await world.says('U0501', '早退 雷鸣 10:30'))[0]).toContain('没有登记：离开时间应在');
    expect((await world.says('U0501', '早退 雷鸣 7:30'))[0]).toContain('没有登记：离开时间应在');
    expect((await world.says('U0501', '早退 温静 9:30'))[0]).toContain('没有登记：温静没有签到');
    expect((await world.says('U0702', '早退 雷鸣 9:30'))[0]).toContain('权限');
  });
});

describe('考勤快照', () => {
  test('what stood at closing is kept; with a joiner and a leaver of that day 应到 = 实到 + 请假 + 缺席', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    const post = { departmentCode: 'SFK', title: '科员', roles: '[]' };
    const people = await world.db.client.person.findMany();
    for (const { id, departmentCode } of people.filter(({ id }) => id !== 'u0702'))
      await world.db.client.membership.create({
        data: { personId: id, ...post, departmentCode, fromOn: '2013-01-04' },
      });
    // One came that very day, one was there for the last time the day before.
    await world.db.client.membership.create({ data: { personId: 'u0702', ...post, fromOn: '2013-05-14' } });
    await world.db.client.person.update({ where: { id: 'u0502' }, data: { leftOn: '2013-05-13' } });
    await world.says('U0702', '签到');
    await world.says('U0503', '请假 今天的学习，送材料去郑州');
    await world.says('U0501', '同意');

    await world.passUntil('2013-05-14T10:45:00+08:00');

    const kept = await world.db.client.attendanceClosing.findUniqueOrThrow({ where: { sessionCode: 'S0514' } });
    expect(kept).toMatchObject({ expected: 6, came: 1, leave: 1, absent: 4 });
    expect(kept.expected).toBe(kept.came + kept.leave + kept.absent);
    expect(JSON.parse(kept.statuses)).toMatchObject({ u0702: 'present', u0503: 'leave', u0501: 'absent' });
    expect(JSON.parse(kept.statuses)).not.toHaveProperty('u0502');
  });

  test('a correction after closing needs a reason, and what was kept at closing stays', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    await world.passUntil('2013-05-14T10:45:00+08:00');

    expect((await world.says('U0501', '更正考勤 雷鸣 已到'))[0]).toContain('请写明原因');
    expect((await world.says('U0501', '更正考勤 雷鸣 已到 纸质签到表漏录'))[0]).toContain('缺席→已到');
    expect(await world.db.client.attendanceClosing.findUnique({ where: { sessionCode: 'S0514' } })).toMatchObject({
      came: 0,
    });
    expect((await world.says('U0501', '今天考勤情况'))[0]).toContain('实到1人');
  });
});

describe('请假原因', () => {
  const ask = async () => {
    const world = await openWorld({ now: OPEN });
    await world.says('U0503', '请假 今天的学习，孩子发烧去医院');
    return world;
  };

  test('the office may look, and its look leaves a line in the audit without the reason', async () => {
    const world = await ask();
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });

    expect((await world.says('U0702', '查看雷鸣的请假原因'))[0]).toContain('孩子发烧');

    const line = await world.db.client.audit.findFirstOrThrow({ where: { intent: 'leave.reason' } });
    expect(line).toMatchObject({ actor: 'u0702', outcome: 'shown' });
    expect(line.command).toContain('u0503');
    expect(line.command).not.toContain('发烧');
  });

  test('whoever decides and the person may, a colleague and another head may not', async () => {
    const world = await ask();

    expect((await world.says('U0501', '查看雷鸣的请假原因'))[0]).toContain('孩子发烧');
    expect((await world.says('U0503', '查看我的请假原因'))[0]).toContain('孩子发烧');
    for (const other of ['U0502', 'U0702', 'L04'])
      expect(await world.says(other, '查看雷鸣的请假原因')).toEqual([
        '您没有“查看请假原因”权限，该操作由本人、审批领导或活动办办理。',
      ]);
  });

  test('granted at 08:29 it is a leave, at 08:31 an absence with a leave granted later', async () => {
    for (const [at, words] of [
      ['2013-05-14T08:29:00+08:00', '请假1人'],
      ['2013-05-14T08:31:00+08:00', '请假0人'],
    ] as const) {
      const world = await ask();
      await convene(world);
      world.at(at);
      await world.says('U0501', '同意');
      world.at(CLOSED);
      expect((await world.says('U0501', '今天考勤情况'))[0]).toContain(words);
      expect((await world.says('U0501', '雷鸣今天到会了吗'))[0]).toContain(
        words === '请假1人' ? '请假' : '缺席（事后批假）',
      );
    }
  });
});
