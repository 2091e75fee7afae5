import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { openWorld } from '../support/world.ts';

const MONDAY = '2013-05-20T09:00:00+08:00';
const [OFFICE, HEAD, CLERK, OTHER] = ['U0201', 'U0501', 'U0503', 'U0702'];
const open = (now = MONDAY) => openBureau({ now, env: { QUIET_HOURS: 'none' } });
type World = Awaited<ReturnType<typeof open>>;
const sessions = (world: World, topic: string) =>
  world.db.client.session.findMany({ where: { topic }, orderBy: { start: 'asc' } });

/** 八项规定 on Friday at 15:00 for everybody, 专利法 of 高新科 on Thursday at 16:00, both in the same room. */
async function planned(): Promise<World> {
  const world = await open();
  await world.says(OFFICE, '安排周五下午三点三楼会议室学习八项规定，主讲柳文涛');
  await world.says(HEAD, '周四下午4点我们科在三楼会议室学习专利法');
  return world;
}

describe('改期', () => {
  test('a session is not called off for one that cannot be held', async () => {
    const world = await planned();

    expect((await world.says(OFFICE, '把周五的学习改到周四下午三点'))[0]).toBe(
      [
        '没有改期：5月24日（星期五）15:00《八项规定》仍按原时间举行。',
        '没有安排5月23日（星期四）15:00《八项规定》：三楼会议室已安排5月23日（星期四）16:00《专利法》，请换时间或地点。',
      ].join('\n'),
    );
    expect(await sessions(world, '八项规定')).toMatchObject([{ cancelledAt: null, movedTo: null }]);
    expect((await world.says(OFFICE, '把周五的学习改到今天早上七点'))[0]).toContain('没有改期');
    expect(await sessions(world, '八项规定')).toMatchObject([{ cancelledAt: null, movedTo: null }]);
  });

  test('moved to a rest day it stands as it was until somebody says yes', async () => {
    const world = await planned();

    const [asked = ''] = await world.says(OFFICE, '把周五的学习改到周六上午9点');
    expect(asked).toContain('在改期确认前照常');
    expect(asked).toContain('5月25日（星期六）是休息日');
    await world.says(OFFICE, '不');
    expect(await sessions(world, '八项规定')).toMatchObject([{ cancelledAt: null }]);

    await world.says(OFFICE, '把周五的学习改到周六上午9点');
    await world.says(OFFICE, '确认');
    const [old, moved] = await sessions(world, '八项规定');
    expect([old?.movedTo, moved?.cancelledAt]).toEqual([moved?.code, null]);
  });

  test('whoever was told hears of the new hour once, leave of the same day goes along, and taken back all is as before', async () => {
    const world = await planned();
    await world.says(CLERK, '请假，周四学习去市里送材料');
    await world.says(HEAD, '同意');
    await world.passUntil('2013-05-22T16:30:00+08:00');

    await world.says(OFFICE, '周四的学习改到下午三点半');

    const moved =
      '学习改期：5月23日（星期四）16:00《专利法》改为5月23日（星期四）15:30《专利法》，三楼会议室，请相互转告。';
    expect(world.toldTo(CLERK).at(-1)).toBe(`${moved}您的请假照旧。`);
    expect(world.toldTo('U0502').at(-1)).toBe(`${moved}不能参加请回复“请假，原因”。`);
    const [now] = (await sessions(world, '专利法')).filter(({ cancelledAt }) => cancelledAt === null);
    expect(now?.noticedAt).not.toBeNull();
    expect(await world.db.client.leave.findFirst()).toMatchObject({ sessionCode: now?.code, state: 'approved' });
    expect((await world.says(OFFICE, '5月23日学习谁没签到'))[0]).toContain('请假1人');

    expect((await world.says(OFFICE, '撤销'))[0]).toContain('《专利法》照常举行');
    expect(world.toldTo('U0502').at(-1)).toBe('更正：5月23日（星期四）16:00《专利法》照常举行。');
    const [back] = (await sessions(world, '专利法')).filter(({ cancelledAt }) => cancelledAt === null);
    expect(back?.start).toEqual(new Date('2013-05-23T16:00+08:00'));
    expect(await world.db.client.leave.findFirst()).toMatchObject({ sessionCode: back?.code });
  });

  test('taken back, a move to a near day is told to whoever heard of that day', async () => {
    const world = await open('2013-05-20T17:00:00+08:00');
    await world.says(HEAD, '安排周四下午3点我们科在二楼会议室学习专利法');
    await world.says(HEAD, '把周四的学习改到明天下午3点');
    await world.says(HEAD, '确认');
    expect(world.toldTo(CLERK).at(-1)).toContain('学习通知：5月21日（星期二）15:00《专利法》');

    await world.says(HEAD, '撤销');

    expect(world.toldTo(CLERK).at(-1)).toBe(
      '学习改期：5月21日（星期二）15:00《专利法》改为5月23日（星期四）15:00《专利法》，二楼会议室，请相互转告。',
    );
  });

  test('taken back after the hour of its notice, a session moved far away is announced now', async () => {
    const world = await open('2013-05-20T15:55:00+08:00');
    await world.says(HEAD, '安排明天下午3点我们科在二楼会议室学习专利法');
    await world.says(HEAD, '把明天的专利法学习改到下周三下午3点');
    await world.passUntil('2013-05-20T16:02:00+08:00');
    expect(world.toldTo(CLERK).join()).not.toContain('专利法');

    await world.says(HEAD, '撤销');

    expect(world.toldTo(CLERK).at(-1)).toBe(
      '学习通知：5月21日（星期二）15:00《专利法》，二楼会议室，请准时参加。不能参加请回复“请假，原因”。',
    );
    expect((await sessions(world, '专利法'))[0]).toMatchObject({ cancelledAt: null, noticedAt: world.now() });
  });

  test('moved to another day, leave does not go along, and who had it is told so', async () => {
    const world = await planned();
    await world.says(CLERK, '请假，周四学习去市里送材料');
    await world.says(HEAD, '同意');
    await world.passUntil('2013-05-22T16:30:00+08:00');

    await world.says(OFFICE, '周四的学习改到下周三下午三点');

    expect(world.toldTo(CLERK).at(-1)).toContain('您原来的请假不随改期，仍不能参加请重新请假。');
    expect((await world.says(OFFICE, '下周三有什么学习'))[0]).toContain('5月29日（星期三）15:00《专利法》');
  });

  test('who may not call the old one off arranges no second one beside it', async () => {
    const world = await planned();

    const [answer = ''] = await world.says(HEAD, '把周五的八项规定学习改到下周三下午三点');

    expect(answer).toContain('您没有“取消学习”权限');
    expect(await sessions(world, '八项规定')).toHaveLength(1);
  });
});

describe('临近的安排', () => {
  test('after the notice of the workday before, who is expected is told at once, once somebody said yes', async () => {
    const world = await open('2013-05-20T17:00:00+08:00');

    expect((await world.says(HEAD, '安排明天下午3点在二楼会议室学习专利法'))[0]).toBe(
      '5月21日（星期二）15:00《专利法》临近，安排后将立即通知应到3人。请回复“确认”，不安排请回复“不”。',
    );
    expect(await sessions(world, '专利法')).toEqual([]);
    expect((await world.says(HEAD, '确认'))[0]).toContain('已通知2人');
    expect(world.toldTo(CLERK).at(-1)).toBe(
      '学习通知：5月21日（星期二）15:00《专利法》，二楼会议室，请准时参加。不能参加请回复“请假，原因”。',
    );

    await world.says(HEAD, '撤销');
    expect(world.toldTo(CLERK).at(-1)).toBe('学习取消：5月21日（星期二）15:00《专利法》不再举行，请相互转告。');
  });

  test('while the notice is still to come nobody is told beforehand', async () => {
    const world = await open();

    expect((await world.says(HEAD, '安排明天下午3点在二楼会议室学习专利法'))[0]).toContain('开始前一个工作日16:00通知');
    expect(world.toldTo(CLERK)).toEqual([]);
  });

  test('the unit in front of what it learns is no part of the topic', async () => {
    const world = await open();

    expect((await world.says(OFFICE, '安排周四15:30二楼会议室高新科学习专利法'))[0]).toContain('《专利法》');
    expect(await sessions(world, '专利法')).toHaveLength(1);
  });
});

describe('会场上的话', () => {
  test('the four digits alone sign in while a session is on, and are guesses like any other', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    const [code = ''] = /\d{4}/.exec((await world.says('L03', '签到码'))[0] ?? '') ?? [];

    expect((await world.says('U0503', code))[0]).toContain('已签到 08:20（第1位）');
    const wrong = String((Number(code) + 1) % 10_000).padStart(4, '0');
    for (let n = 0; n < 3; n++) await world.says('U0502', wrong);
    expect((await world.says('U0502', code))[0]).toContain('签到码已错三次');
    world.at('2013-05-14T12:00:00+08:00');
    expect((await world.says('U0702', code))[0]).toContain('没有听懂');
    expect(await world.db.client.signIn.count()).toBe(1);
  });

  test('early departure is said plainly; an hour that has not come is not recorded', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await world.says('U0503', '签到');
    world.at('2013-05-14T09:20:00+08:00');

    expect((await world.says('U0501', '雷鸣9:40早退'))[0]).toContain('您没有“登记早退”权限');
    expect((await world.says('L03', '雷鸣9:40早退'))[0]).toBe(
      '没有登记：还没到09:40。离开后再登记，如“早退 雷鸣 09:40”。',
    );
    expect((await world.says('L03', '雷鸣提前走了'))[0]).toContain('雷鸣09:20离开');
    expect((await world.db.client.signIn.findFirst())?.leftAt).toEqual(new Date('2013-05-14T09:20+08:00'));
  });

  test('a correction is said plainly, with its reason', async () => {
    const world = await openWorld({ now: '2013-05-14T11:00:00+08:00' });

    expect((await world.says('L03', '把雷鸣的考勤改为迟到，会上忘了签'))[0]).toContain(
      '雷鸣缺席→迟到，原因：会上忘了签。',
    );
    expect((await world.says('L03', '把温静改为请假'))[0]).toContain('请写明原因');
    expect(await world.db.client.attendanceCorrection.count()).toBe(1);
  });

  test('the topic alone is no make-up: it says which session, not what was learnt', async () => {
    const world = await openWorld({ now: '2013-05-15T09:00:00+08:00' });

    expect((await world.says('U0503', '补学 十八大报告'))[0]).toContain('请写上学习要点');
    expect(await world.db.client.makeUp.count()).toBe(0);
    expect((await world.says('U0503', '补学 十八大报告，重点是生态文明建设'))[0]).toContain('已登记补学');
  });

  test('nobody asks leave from a session he is not expected at', async () => {
    const world = await planned();
    world.at('2013-05-23T15:50:00+08:00');

    expect((await world.says(OTHER, '请假，家里有急事'))[0]).toContain(
      '您不在5月23日（星期四）16:00《专利法》的应到名单里，不用请假',
    );
    expect(await world.db.client.leave.count()).toBe(0);
  });
});
