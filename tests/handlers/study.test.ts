import { describe, expect, test } from 'vitest';
import { EXPORTS } from '#bot/export/records.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:20:00+08:00';
const office = (world: Awaited<ReturnType<typeof openWorld>>) =>
  world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });

describe('自学与心得', () => {
  test('minutes are kept for the person alone; others hear what the unit has together; the export has every line', async () => {
    const world = await openWorld({ now: MORNING });

    expect(await world.says('U0503', '昨晚自学党章一个半小时')).toEqual([
      '已登记自学：5月13日（星期一），党章，90分钟。仅本人可查，十分钟内可发“撤销”收回。',
    ]);
    await world.says('U0502', '自学40分钟八项规定');
    expect((await world.says('U0503', '我这个月学了多长时间'))[0]).toContain('自学1次，共1小时30分钟。');
    expect(await world.says('U0501', '查雷鸣本月学习时长')).toEqual([
      '个人学习时长只有本人可查。高新技术发展及产业化科5月1日（星期三）至5月31日（星期五）自学：2人登记2次，共2小时10分钟。',
    ]);
    await world.says('U0502', '撤销');

    const records = await world.db.read((client) => EXPORTS.study.collect(client, { now: world.now() }));
    expect(records).toEqual([{ userid: 'U0503', date: '2013-05-13', minutes: 90, topic: '党章' }]);
  });

  test('a day older than seven is refused with whom to ask', async () => {
    const world = await openWorld({ now: MORNING });

    expect((await world.says('U0503', '5月3日自学党章40分钟'))[0]).toContain('已超过7天，请由科室（单位）负责人');
    expect(await world.db.client.studyRecord.count()).toBe(0);
  });

  test('a reflection is kept whole, counted in its month, and can be taken back', async () => {
    const world = await openWorld({ now: MORNING });
    const text = '学习八项规定，重在从小事做起，把调研做实。'.repeat(30);

    expect(await world.says('U0503', `心得体会：${text}`)).toEqual([
      '已收到心得体会（630字），计入5月份。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.db.client.reflection.findFirst()).toMatchObject({ text });
    await world.says('U0503', '撤销');
    expect((await world.db.client.reflection.findFirst())?.undoneAt).not.toBeNull();
  });
});

describe('学习场次', () => {
  test('a session is arranged with four conditions counted, and its number, topic, room and hours are read from the words', async () => {
    const world = await openWorld({ now: MORNING });

    expect(await world.says('L03', '安排下周二上午9点到11点在二楼报告厅学习新党章，主讲张三')).toEqual([
      '已安排：5月21日（星期二）09:00《新党章》，至11:00结束，二楼报告厅，应到7人。四落实3/4，缺内容（学习材料）。开始前一个工作日16:00通知应到人员，十分钟内可发“撤销”收回。',
    ]);
    expect(await world.db.client.session.findFirst({ where: { topic: '新党章' } })).toMatchObject({
      ...{ code: 'XX2013-W21-1', convenorId: 'l03', speaker: '张三', venue: '二楼报告厅' },
    });
  });

  test('the past, a taken room and people elsewhere are refused at once; a rest day is asked about', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('L03', '安排5月21日上午9点在三楼会议室学习新党章');

    expect((await world.says('L03', '安排5月13日上午9点在三楼会议室学习新党章'))[0]).toContain('时间已经过去');
    expect((await world.says('L03', '安排5月21日上午10点在三楼会议室学习廉政准则'))[0]).toContain('三楼会议室已安排');
    expect((await world.says('L03', '安排5月21日上午10点在二楼报告厅学习廉政准则'))[0]).toContain('人员冲突');
    expect((await world.says('L03', '安排5月18日上午9点在三楼会议室学习廉政准则'))[0]).toContain('是休息日，仍要安排');
    expect(await world.db.client.session.count()).toBe(2);
    expect((await world.says('L03', '确认'))[0]).toContain('已安排：5月18日（星期六）09:00《廉政准则》');
  });

  test('a head holds one for the own unit, a clerk none', async () => {
    const world = await openWorld({ now: MORNING });

    expect((await world.says('U0501', '安排下周三下午3点在三楼会议室学习专利法'))[0]).toContain('应到3人');
    expect(await world.says('U0503', '安排下周三下午3点在三楼会议室学习专利法')).toEqual([
      '您没有“安排学习”权限，该操作由局领导、活动办或本科室（单位）负责人办理。',
    ]);
  });

  test('a session people were told of is cancelled after a question; they hear it, and hear again if it is taken back', async () => {
    const world = await openWorld({ now: '2013-05-13T15:00:00+08:00' });
    await world.passUntil('2013-05-13T16:30:00+08:00');

    expect(await world.says('L03', '明天的学习取消')).toEqual([
      '将取消5月14日（星期二）08:30《十八大报告专题辅导》，并通知应到7人。请回复“确认”，不取消请回复“不”。',
    ]);
    await world.says('L03', '确认');
    expect(world.toldTo('U0503').at(-1)).toContain('学习取消：');
    expect(await world.says('U0503', '签到')).not.toContain('已签到');
    await world.says('L03', '撤销');
    expect(world.toldTo('U0503').at(-1)).toBe('更正：5月14日（星期二）08:30《十八大报告专题辅导》照常举行。');
  });

  test('a cancelled session reminds nobody, and whoever is on leave is not reminded', async () => {
    const world = await openWorld({ now: '2013-05-13T10:00:00+08:00' });
    await world.says('U0503', '明天请一天病假');
    await world.says('U0501', '同意');
    await world.passUntil('2013-05-13T16:30:00+08:00');
    const told = world.wecom.sent.filter(({ text }) => text.startsWith('学习提醒'));
    expect(told.map(({ to }) => to)).not.toContain('u0503');
    expect(told).toHaveLength(6);

    const other = await openWorld({ now: '2013-05-13T10:00:00+08:00' });
    await other.says('L03', '明天的学习取消');
    await other.passUntil('2013-05-14T12:00:00+08:00');
    expect(other.wecom.sent.filter(({ text }) => /学习提醒|签到已截止/.test(text))).toEqual([]);
  });

  test('moved in one sentence it keeps topic and convenor, and the old one points to the new', async () => {
    const world = await openWorld({ now: '2013-05-13T10:00:00+08:00' });

    const answer = await world.says('L03', '明天的学习取消，改到下周一下午两点半，地点不变');

    expect(answer[0]).toContain('已取消：5月14日（星期二）08:30');
    expect(answer[0]).toContain('已安排：5月20日（星期一）14:30《十八大报告专题辅导》，至16:00结束，三楼会议室');
    const old = await world.db.client.session.findUnique({ where: { code: 'S0514' } });
    expect(old?.movedTo).toBe('XX2013-W21-1');
  });
});

describe('查看考勤', () => {
  test('everybody hears figures; names of those missing only their superiors and the office', async () => {
    const world = await openWorld({ now: MORNING });
    await office(world);
    await world.says('U0502', '签到');
    world.at('2013-05-14T11:00:00+08:00');
    const figures = '5月14日（星期二）08:30《十八大报告专题辅导》：应到7人，实到1人，请假0人，缺席6人。';

    expect(await world.says('U0503', '今天学习谁没签到')).toEqual([figures]);
    expect(await world.says('U0501', '今天学习谁没签到')).toEqual([`${figures}缺席：龚海波、雷鸣。`]);
    expect((await world.says('U0702', '今天学习谁没签到'))[0]).toContain(
      '缺席：郑国栋、柳文涛、田素芬、龚海波、雷鸣、薛冰。',
    );
  });

  test('a colleague asks in vain about another; the superior hears the state and the time', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', '签到');

    expect(await world.says('U0503', '温静今天签到了吗')).toEqual(['没有查询：他人的考勤由其上级领导或活动办查看。']);
    expect((await world.says('U0501', '温静今天签到了吗'))[0]).toContain('已到，08:20签到');
  });
});

describe('学习安排', () => {
  test('who asks hears when, where and by whom what concerns him is; a group hears no lecturer', async () => {
    const world = await openWorld({ now: MORNING });
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { speaker: '王教授' } });

    const [answer = ''] = await world.says('U0503', '今天学习在哪');
    expect(answer).toMatch(
      /^5月14日（星期二）有学习1次：\n5月14日（星期二）08:30《十八大报告专题辅导》至\d\d:\d\d，.+，主讲王教授。$/,
    );
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { scope: '["RSK"]' } });
    expect((await world.says('U0503', '今天有学习吗'))[0]).toBe(
      '5月14日（星期二）没有您要参加的学习，之后也还没有安排。',
    );
  });
});
