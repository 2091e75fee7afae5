import { describe, expect, test } from 'vitest';
import { importQuestions } from '#bot/import/questions.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:20:00+08:00';
type Opened = Awaited<ReturnType<typeof openWorld>>;
const office = (world: Opened) =>
  world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
const first = async (world: Opened, from: string, text: string) => (await world.says(from, text))[0] ?? '';

describe('安排学习', () => {
  test('one sentence without a full stop arranges it; a taken speaker and another unit’s people are refused', async () => {
    const world = await openWorld({ now: MORNING });
    await office(world);

    expect(await first(world, 'U0702', '安排学习 周五15:00 三楼会议室 学习八项规定 主讲张三')).toContain(
      '已安排：5月17日（星期五）15:00《八项规定》，至16:30结束，三楼会议室，应到7人',
    );
    expect(await first(world, 'U0702', '安排社发科周五15:30在二楼会议室学习专利法 主讲张三')).toBe(
      '没有安排5月17日（星期五）15:30《专利法》：张三同一时间主讲5月17日（星期五）15:00《八项规定》，请换时间或主讲人。',
    );
    expect(await first(world, 'U0501', '安排社发科下周三下午3点在三楼会议室学习专利法')).toContain(
      '您没有“安排学习”权限',
    );
    expect(await first(world, 'U0702', '安排社发科下周三下午3点在三楼会议室学习专利法')).toContain('应到1人');
  });

  test('a session for a unit that has nobody is refused', async () => {
    const world = await openWorld({ now: MORNING });
    await office(world);
    await world.db.client.person.updateMany({ where: { departmentCode: 'SFK' }, data: { departmentCode: 'GXK' } });

    expect(await first(world, 'U0702', '安排社发科下周三下午3点在三楼会议室学习专利法')).toContain(
      '参加范围内没有人员',
    );
    expect(await world.db.client.session.count()).toBe(1);
  });

  test.each([
    ['2013-04-23T09:00:00+08:00', '4月28日', '已安排：4月28日（星期日）'],
    ['2013-04-23T09:00:00+08:00', '4月27日', '已安排：4月27日（星期六）'],
    ['2013-04-23T09:00:00+08:00', '4月29日', '4月29日（星期一）是休息日，仍要安排'],
    ['2013-09-16T09:00:00+08:00', '9月22日', '已安排：9月22日（星期日）'],
    ['2013-09-16T09:00:00+08:00', '9月20日', '9月20日（星期五）是休息日，仍要安排'],
  ])('%s: on %s a makeup day is a workday, a holiday is asked about', async (now, day, answer) => {
    const world = await openWorld({ now });

    expect(await first(world, 'L03', `安排${day}上午9点在三楼会议室学习新党章`)).toContain(answer);
  });
});

describe('签到与补学', () => {
  test('before the window its hours are said, after it whom to ask; whoever signed in and asks leave is told to take it back', async () => {
    const world = await openWorld({ now: '2013-05-14T08:10:00+08:00' });
    expect(await first(world, 'U0503', '签到')).toBe(
      '还没到签到时间。《十八大报告专题辅导》08:15开始签到，届时请再发“签到”。',
    );
    world.at(MORNING);
    expect(await first(world, 'U0503', '签到')).toContain('已签到 08:20（第1位）');
    expect(await first(world, 'U0503', '今天的学习请假，拉肚子')).toContain('如需请假，请先撤销签到');
    world.at('2013-05-14T10:30:01+08:00');
    expect(await first(world, 'U0502', '签到')).toBe('签到已于10:30截止，请联系召集人补录。');
    expect(await world.db.client.leave.count()).toBe(0);
  });

  test('who attended owes nothing, who missed it is counted until the points are in, and only the convenor and the heads see names', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '签到');
    world.at('2013-05-14T10:31:00+08:00');

    expect(await first(world, 'U0503', '补学 S0514 科学发展观学习要点')).toBe(
      '您已参加5月14日（星期二）08:30《十八大报告专题辅导》，不必补学。',
    );
    expect(await first(world, 'U0501', '补学情况')).toContain('应补6人，已补0人，未补：温静');
    await world.says('U0502', '补学 S0514 科学发展观学习要点');
    expect(await first(world, 'U0503', '补学情况')).toMatch(/应补6人，已补1人。$/);
    await world.says('U0502', '撤销');
    expect(await first(world, 'U0503', '补学情况')).toMatch(/应补6人，已补0人。$/);
  });

  test('asking leave where no session is near names the one to come', async () => {
    const world = await openWorld({ now: '2013-05-07T09:00:00+08:00' });

    expect(await first(world, 'U0503', '请假，学习去不了')).toContain(
      '您要请5月14日（星期二）《十八大报告专题辅导》的假吗？',
    );
    await world.says('U0503', '是');
    expect(await world.db.client.leave.findFirst()).toMatchObject({ sessionCode: 'S0514', state: 'pending' });
  });
});

describe('练习与竞赛', () => {
  const BANK = [
    ['题库', '题号', '题型', '题目', 'A', 'B', 'C', '答案'],
    ['八项规定', '1', '单选', '八项规定由谁通过', '中央政治局', '国务院', '全国人大', 'A'],
    ['八项规定', '2', '多选', '要改进的有', '文风', '会风', '门风', 'AB'],
  ];
  const open = async (mode: string) => {
    const world = await openWorld({ now: MORNING });
    await office(world);
    await world.db.write((tx) => importQuestions(tx, [BANK]));
    await world.says('U0702', `组织${mode} 应知应会 题库 八项规定 2题 5月16日截止`);
    return world;
  };

  test('a practice may be tried twice, the better try counts, a third is refused', async () => {
    const world = await open('练习');
    for (const text of ['开始练习', 'A', 'AB', '开始练习', 'B', 'C']) await world.says('U0503', text);

    expect(await first(world, 'U0503', '开始练习')).toContain('不能重复作答');
    expect(await first(world, 'U0503', '测试结果')).toContain('您的成绩100分');
  });

  test('an answer after the time is not counted', async () => {
    const world = await open('测试');
    for (const text of ['开始答题', 'A']) await world.says('U0503', text);
    world.at('2013-05-16T18:00:01+08:00');
    await world.says('U0503', 'AB');

    await world.passUntil('2013-05-17T10:00:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('已截止'))).toContain('应考7人，已考0人');
  });

  test('in the last two hours who has not finished hears it; each head then has the unit’s mean; only a declared contest names the best', async () => {
    for (const [mode, best] of [
      ['竞赛', '前1名：雷鸣（100分）。'],
      ['测试', ''],
    ] as const) {
      const world = await open(mode);
      for (const text of ['开始答题', 'A', 'AB']) await world.says('U0503', text);
      await world.passUntil('2013-05-16T16:05:00+08:00');
      const reminded = (id: string) => world.toldTo(id).filter((text) => text.includes('今天18:00截止，您还没有答完'));
      expect([reminded('U0502').length, reminded('U0503').length]).toEqual([1, 0]);

      await world.passUntil('2013-05-17T10:00:00+08:00');
      expect(world.toldTo('U0501').at(-1)).toContain(
        '高新技术发展及产业化科应考3人，已考1人，平均100.0分，及格率100.0%（1/1）。',
      );
      expect(await first(world, 'U0502', '测试结果')).toMatch(new RegExp(`及格率100.0%（1/1）。${best}$`));
    }
  });
});
