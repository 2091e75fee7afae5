import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

type Opened = Awaited<ReturnType<typeof openWorld>>;
const update = (world: Opened, data: object) => world.db.client.session.update({ where: { code: 'S0514' }, data });
const ready = { convenorId: 'u0501', host: '龚海波', material: '辅导读本' };
const heard = (world: Opened, id: string, part: string) => world.toldTo(id).filter((text) => text.includes(part));
const campaign = (world: Opened) =>
  world.db.client.campaign.create({ data: { id: 1, name: '活动', from: '2013-03-01', to: '2013-09-30' } });
const hold = async (world: Opened, day: string, data: object = {}) =>
  world.db.client.session.create({
    data: {
      ...{ code: `T${day}`, topic: `学习${day}`, kind: '集中学习', venue: '三楼会议室', ...ready },
      ...{ start: new Date(`${day}T09:00+08:00`), end: new Date(`${day}T10:30+08:00`), ...data },
    },
  });
const results = async (world: Opened, week: string) =>
  (await world.db.client.weekResult.findMany({ where: { week } })).map(({ result }) => result);

describe('一场学习从开始到通报', () => {
  test('the groups hear of it before, the convenor when sign-in opens and closes, then confirms, and the groups get counts and nobody’s name', async () => {
    const world = await openWorld({ now: '2013-05-14T07:55:00+08:00', env: { QUIET_HOURS: 'none' } });
    await update(world, ready);

    await world.passUntil('2013-05-14T08:20:00+08:00');
    expect(world.wecom.groups).toEqual([
      '学习通知：今天08:30在三楼会议室学习《十八大报告专题辅导》，开始前15分钟可以签到，请准时参加。',
    ]);
    expect(heard(world, 'U0501', '签到已开始')).toHaveLength(1);
    await world.says('U0502', '签到');
    await world.passUntil('2013-05-14T10:45:00+08:00');
    expect(heard(world, 'U0501', '签到已截止')[0]).toContain(
      '应到7人，实到1人，请假0人，缺席6人。缺席：郑国栋、柳文涛',
    );
    expect(heard(world, 'U0501', '考勤通报拟稿')).toHaveLength(1);
    await world.says('U0501', '确认考勤');
    await world.passUntil('2013-05-14T12:30:00+08:00');

    expect(world.wecom.groups.slice(1)).toEqual([
      '5月14日（星期二）08:30《十八大报告专题辅导》考勤情况：应到7人，实到1人，请假0人，缺席6人。',
    ]);
    expect((await world.says('U0501', '撤销'))[0]).not.toContain('已撤销');
  });

  test('unconfirmed after a workday it goes out by itself, counts only, once', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await update(world, ready);

    await world.passUntil('2013-05-15T10:10:00+08:00');
    expect(world.wecom.groups).toEqual([]);
    await world.passUntil('2013-05-16T18:00:00+08:00');

    expect(world.wecom.groups).toHaveLength(1);
  });

  test('leave undecided two hours before the start is brought up again', async () => {
    const world = await openWorld({ now: '2013-05-13T17:00:00+08:00', env: { QUIET_HOURS: 'none' } });
    await world.says('U0503', '请假，下乡');

    await world.passUntil('2013-05-14T06:40:00+08:00');

    expect(heard(world, 'U0501', '请假待批')).toEqual([
      '雷鸣请假待批：5月14日（星期二）08:30《十八大报告专题辅导》，开始前未批按缺席记。请发“准假 雷鸣”或“不批 雷鸣 原因”。',
    ]);
  });

  test('whoever missed it hears of making up after one workday and after five, and no more once it is done', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await update(world, ready);
    await world.says('U0502', '签到');

    await world.passUntil('2013-05-15T12:00:00+08:00');
    expect(heard(world, 'U0503', '补学提醒')).toEqual([
      '补学提醒：您未参加5月14日（星期二）08:30《十八大报告专题辅导》。材料：辅导读本。学完请发“补学 S0514 学习要点”。',
    ]);
    expect(heard(world, 'U0502', '补学提醒')).toEqual([]);
    await world.says('U0503', '补学 S0514 科学发展是第一要义，落到实验室建设上');
    await world.passUntil('2013-05-30T12:00:00+08:00');

    expect(heard(world, 'U0503', '补学提醒')).toHaveLength(1);
    expect(heard(world, 'U0702', '补学提醒')).toHaveLength(2);
  });
});

describe('每周学习', () => {
  test.each([
    ['2013-W09', '2013-03-03', '2013-03-05', 'exempt'],
    ['2013-W17', '2013-04-28', '2013-05-02', 'missing'],
    ['2013-W23', '2013-06-09', '2013-06-13', 'missing'],
  ])('%s is %#: seven workdays need a session, one does not', async (week, from, to, result) => {
    const world = await openWorld({ now: `${from}T22:00:00+08:00` });
    await campaign(world);

    await world.passUntil(`${to}T12:00:00+08:00`);

    expect(await results(world, week)).toEqual([result, result, result]);
  });

  test('week 40, of which one workday is left, is exempt; the office may exempt a unit with a reason', async () => {
    const world = await openWorld({ now: '2013-09-24T10:00:00+08:00' });
    await campaign(world);
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });

    expect((await world.says('U0503', '高新科本周免学，下乡'))[0]).toContain('该操作由活动办办理');
    await world.says('U0702', '高新科本周免学，全科在郑州参加评审');
    const board = (await world.says('U0501', '本周学习'))[0];
    expect(board).toContain('高新技术发展及产业化科免学');
    expect(board).toContain('社会发展科技科未学');
    expect((await world.says('U0501', '2013-W40学习情况'))[0]).toContain(
      '已学0个、未学0个、免学3个，共3个科室（单位）',
    );
  });

  test('a session on the makeup Sunday 28 April counts for week 17 only', async () => {
    const world = await openWorld({ now: '2013-04-28T11:00:00+08:00' });
    await campaign(world);
    await hold(world, '2013-04-28');

    await world.passUntil('2013-05-06T12:00:00+08:00');

    expect(await results(world, '2013-W17')).toEqual(['studied', 'studied', 'studied']);
    expect(await results(world, '2013-W18')).toEqual(['missing', 'missing', 'missing']);
  });

  test('a session without material shows three of four and does not count', async () => {
    const world = await openWorld({ now: '2013-05-13T08:00:00+08:00' });
    await campaign(world);
    await update(world, {
      ...ready,
      material: null,
      start: new Date('2013-05-16T09:00+08:00'),
      end: new Date('2013-05-16T10:30+08:00'),
    });

    await world.passUntil('2013-05-20T12:00:00+08:00');

    expect(heard(world, 'U0501', '四落实3/4，缺内容（学习材料）')).toHaveLength(1);
    expect(await results(world, '2013-W20')).toEqual(['missing', 'missing', 'missing']);
    expect(heard(world, 'U0501', '第20周（5月13日至5月19日）未学')).toHaveLength(1);
  });

  test('heads without a session in the week are asked to plan one on its first workday', async () => {
    const world = await openWorld({ now: '2013-05-05T10:00:00+08:00' });
    await campaign(world);

    await world.passUntil('2013-05-06T10:00:00+08:00');

    expect(heard(world, 'U0501', '第19周（5月6日至5月12日）还没有安排集中学习')).toHaveLength(1);
  });

  test('after a holiday the week’s first workday asks for a plan, and a Tuesday of rest is checked the workday after', async () => {
    // 29 April to 1 May and 10 to 12 June 2013 are rest days: week 18 begins on a Thursday, so does week 24.
    const world = await openWorld({ now: '2013-04-28T18:00:00+08:00' });
    await campaign(world);
    await world.passUntil('2013-05-01T23:00:00+08:00');
    expect(heard(world, 'U0501', '还没有安排集中学习')).toEqual([]);
    await world.passUntil('2013-05-02T09:30:00+08:00');
    expect(heard(world, 'U0501', '第18周（4月29日至5月5日）还没有安排集中学习')).toHaveLength(1);

    world.at('2013-06-09T18:00:00+08:00');
    await hold(world, '2013-06-14', { material: null });
    await world.passUntil('2013-06-12T23:00:00+08:00');
    expect(heard(world, 'U0501', '四落实3/4')).toEqual([]);
    await world.passUntil('2013-06-13T10:30:00+08:00');
    expect(heard(world, 'U0501', '四落实3/4，缺内容（学习材料）')).toHaveLength(1);
  });

  test('before the makeup Sunday 22 September the notice goes out on Wednesday the 18th, the last workday before it', async () => {
    const world = await openWorld({ now: '2013-09-18T12:00:00+08:00' });
    await campaign(world);
    await hold(world, '2013-09-22');
    await world.passUntil('2013-09-21T23:00:00+08:00');

    expect(heard(world, 'U0503', '学习提醒：9月22日（星期日）09:00')).toHaveLength(1);
  });
});

describe('收心得体会', () => {
  test('a round: everybody hears it, two workdays before and on the day only who has not handed in; then the office has both shares', async () => {
    const world = await openWorld({ now: '2013-05-21T09:30:00+08:00' });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    expect((await world.says('U0501', '收心得体会 5月24日截止'))[0]).toContain('您没有“收心得体会”权限');
    await world.says('U0702', '收心得体会 5月23日截止');
    await world.says('U0702', '撤销');
    expect(world.toldTo('U0503').at(-1)).toContain('已收回');
    expect((await world.says('U0702', '收心得体会 5月24日截止'))[0]).toContain('5月24日（星期五）截止，已通知6人');
    expect(world.toldTo('U0503').at(-1)).toContain('请于5月24日（星期五）前提交心得体会');
    expect((await world.says('U0702', '收心得体会 5月31日截止'))[0]).toContain('没有发起：正在收');
    await world.says('U0501', '心得体会：学习八项规定，重在从小事做起，把调研做实，把会开短，把话讲实。');

    await world.passUntil('2013-05-27T09:30:00+08:00');

    const reminded = (id: string) => world.toldTo(id).filter((text) => text.includes('您还没有提交'));
    expect([reminded('U0503').length, reminded('U0501').length]).toEqual([2, 0]);
    expect(world.toldTo('U0702').find((text) => text.includes('心得体会已截止'))).toContain(
      '领导干部已交1/4，干部职工已交0/3',
    );
  });
});
