import { describe, expect, test } from 'vitest';
import { readSheets } from '#bot/import/table.ts';
import { importTopics } from '#bot/import/topics.ts';
import { studyBoardPicture } from '#bot/papers/study-board.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-15T09:00:00+08:00';
type Opened = Awaited<ReturnType<typeof openWorld>>;
const office = (world: Opened) =>
  world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
const library = async (world: Opened) => {
  const sheets = await readSheets('emulator/sample/学习内容.csv');
  return world.db.write((tx) => importTopics(tx, sheets));
};

describe('学习内容库', () => {
  test('the 21 topics load from the file, again they change nothing, and a session held on one is counted', async () => {
    const world = await openWorld({ now: NOW });
    expect(await library(world)).toEqual({ added: 21, changed: 0, unchanged: 0 });
    expect(await library(world)).toEqual({ added: 0, changed: 0, unchanged: 21 });
    await world.db.client.session.create({
      data: {
        ...{ code: 'S1', topic: '《何平新九论》', kind: '集中学习', venue: '三楼会议室' },
        ...{ start: new Date('2013-05-10T09:00+08:00'), end: new Date('2013-05-10T10:30+08:00') },
      },
    });

    const answer = (await world.says('U0503', '学习内容'))[0];

    expect(answer).toContain('学习内容共21项，已学2项');
    expect(answer).toContain('《何平新九论》（1次）');
    expect(answer).toContain('《濮兴九评》（未学）');
  });

  test('a plan on a topic of the library takes its material; on an unknown one the three nearest are named', async () => {
    const world = await openWorld({ now: NOW });
    await library(world);

    expect((await world.says('L03', '安排下周二上午9点在二楼报告厅学习中央八项规定'))[0]).toContain('四落实4/4');
    expect((await world.says('L03', '安排下周三上午9点在二楼报告厅学习消防安全常识'))[0]).toMatch(
      /学习内容库中没有这个主题，相近的有：[^、]+、[^、]+、[^、。]+。/,
    );
  });

  test('on the last workday of the month the office hears in one message what was never studied, who has not spoken, and at a quarter’s end the forms not used', async () => {
    const world = await openWorld({ now: '2013-05-31T14:00:00+08:00' });
    await office(world);
    await library(world);

    await world.passUntil('2013-05-31T16:30:00+08:00');

    const told = world.toldTo('U0702').find((text) => text.includes('还有20项未学'));
    expect(told).toContain('截至5月31日，学习内容21项中还有20项未学');
    expect(told).toContain('科级及以上干部已讲/应讲：0/5，未讲：郑国栋、柳文涛、田素芬、龚海波、温静。');
    expect(told).not.toContain('学习形式');
    world.at('2013-06-28T14:00:00+08:00');
    await world.says('U0501', '活动记录 调查研究 到三家企业调研孵化器');
    await world.passUntil('2013-06-28T15:10:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('二季度未开展'))).toContain(
      '2013年二季度未开展的学习形式7种：专题培训班、外出考察学习、演讲比赛',
    );
  });
});

describe('讲谈议读写', () => {
  test('a talk needs three parts; its measure becomes a ledger item, linked both ways', async () => {
    const world = await openWorld({ now: NOW });

    expect(await world.says('U0501', '谈 创新驱动是根本|项目要跟着需求走')).toEqual([
      '还缺措施。请写成“谈 认识|见解|措施”，三部分都要有。',
    ]);
    const id = /编号T(\d+)/.exec(
      (await world.says('U0501', '谈 创新驱动是根本|项目要跟着需求走|每月走访两家企业'))[0] ?? '',
    )?.[1];
    expect((await world.says('U0501', `转台账 T${id}`))[0]).toContain(
      '9号（X-1）《每月走访两家企业》，5月31日（星期五）前办结',
    );
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'X-1' } })).toMatchObject({
      ownerId: 'u0501',
      remark: `由T${id}转化`,
    });
    expect(await world.db.client.studyLink.findFirst()).toMatchObject({
      fromKind: 'event',
      fromId: Number(id),
      itemCode: 'X-1',
    });
    expect((await world.says('U0501', `转台账 T${id}`))[0]).toContain('同样的内容已在X-1');
    expect((await world.says('U0501', '讲谈读写'))[0]).toContain('由学习转化问题0条、措施1条');
    expect((await world.says('U0501', '撤销'))[0]).toContain('已撤销：学习转化');
    expect((await world.says('U0501', 'X-1进展'))[0]).not.toContain('每月走访两家企业');
  });

  test('a meeting without conclusions is kept as such, and what is to be done comes as sentences to assign', async () => {
    const world = await openWorld({ now: NOW });

    expect((await world.says('U0501', '座谈会：层次 科级；参加 8人；问题 孵化器入驻率低'))[0]).toContain('未形成结论');
    expect(
      (
        await world.says('U0501', '座谈会：参加 8人；问题 入驻率低；结论 简化手续；待办 5月31日前出办法、走访三家企业')
      )[0],
    ).toContain(
      '待办2项可以交办，请改好承办科室和时限后发来：“交办某科：5月31日前出办法（T2）”；“交办某科：走访三家企业（T2）”',
    );
  });

  test('each thing to be done becomes a draft of an assignment, stored until whoever may assign it agrees', async () => {
    const world = await openWorld({ now: NOW });
    await office(world);

    const [answer] = await world.says(
      'U0501',
      '座谈会：参加 8人；问题 入驻率低；结论 简化手续；待办 高新科5月31日前出办法、社发科6月7日前走访三家企业',
    );
    expect(answer).toContain('待办2项已拟成交办稿，分别待您和活动办同意后交办。');
    expect(world.toldTo('U0702').at(-1)).toContain('交办稿（龚海波5月15日（星期三）座谈会T1）：交办社会发展科技科');
    expect(await world.db.client.assignment.count()).toBe(0);

    world.at('2013-05-17T09:00:00+08:00');
    expect((await world.says('U0501', '同意'))[0]).toContain('已交办高新技术发展及产业化科');
    await world.says('U0702', '不同意');
    expect(await world.db.client.assignment.findMany()).toMatchObject([{ departmentCode: 'GXK', byId: 'u0501' }]);
    expect((await world.db.client.ledgerItem.findFirstOrThrow({ where: { category: '交办' } })).title).toBe('出办法');
    // Both ways: the record says what became of each, the item where it comes from.
    const record = (await world.says('U0501', '查看T1'))[0];
    expect(record).toContain('T1 座谈会，5月15日（星期三），高新技术发展及产业化科，龚海波记录。');
    expect(record).toContain('结论：简化手续。');
    expect(record).toContain(
      '1. 高新科5月31日前出办法：已交办JB2013-001《出办法》，5月31日（星期五）到期，未报。\n2. 社发科6月7日前走访三家企业：尚未交办。',
    );
    expect((await world.says('U0501', 'JB2013-001情况'))[0]).toContain(
      '来源：5月15日（星期三）座谈会，原记录请发“T1”。',
    );
  });

  test('a to-do without unit or day is tied to its record when it is given out by its number; taken back, it is open again', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0501', '座谈会：参加 8人；问题 入驻率低；待办 走访三家企业、高新科5月31日前出办法');
    expect((await world.says('U0501', 'T1'))[0]).toContain(
      '1. 走访三家企业：尚未交办。\n2. 高新科5月31日前出办法：交办稿待同意。',
    );

    expect((await world.says('U0501', '交办高新科：6月7日前走访三家企业（T1）'))[0]).toContain('《走访三家企业》');
    expect((await world.says('U0501', 'T1的待办情况'))[0]).toContain(
      '1. 走访三家企业：已交办JB2013-001《走访三家企业》',
    );
    await world.says('U0501', '撤销');
    expect((await world.says('U0501', 'T1'))[0]).toContain('1. 走访三家企业：尚未交办。');
  });

  test('a record whose to-do was given out cannot be taken back under it; a stranger’s unit is not shown', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0501', '座谈会：参加 8人；问题 入驻率低；待办 高新科5月31日前出办法');
    await world.says('U0501', '同意');
    await world.says('U0503', 'JB2013-001完成50%');

    expect((await world.says('U0501', '撤销'))[0]).not.toContain('已撤销');

    expect((await world.says('U0501', '本月座谈会记录'))[0]).toContain(
      'T1　5月15日（星期三）高新技术发展及产业化科座谈会，入驻率低。',
    );
    expect((await world.says('U0702', 'T1'))[0]).toContain('您没有“查看活动记录”权限');
    expect((await world.says('U0702', '本月活动记录'))[0]).toBe('5月份还没有活动记录。');
    expect((await world.says('U0501', 'T99'))[0]).toContain('没有编号为T99的活动记录');
  });

  test('a meeting taken back takes its drafts with it', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0501', '座谈会：参加 8人；问题 入驻率低；待办 高新科5月31日前出办法');

    await world.says('U0501', '撤销');

    expect((await world.says('U0501', '同意'))[0]).not.toContain('已交办');
    expect(await world.db.client.assignment.count()).toBe(0);
  });

  test('a speaker below 科级 needs a reason, and the coverage counts by rank', async () => {
    const world = await openWorld({ now: NOW });
    await office(world);

    expect((await world.says('U0702', '活动记录 讲 雷鸣演讲怎样服务企业'))[0]).toContain('雷鸣不是科级干部');
    await world.says('U0702', '活动记录 讲 雷鸣演讲怎样服务企业，因科长出差由其代表');
    expect((await world.says('U0702', '活动记录 讲 龚海波演讲第三个问题'))[0]).toContain(
      '科级干部演讲（龚海波，九个问题之三）',
    );
    expect((await world.says('U0501', '活动记录 讲 龚海波演讲'))[0]).toContain('由活动办登记');
    expect((await world.says('U0702', '讲谈议写情况'))[0]).toContain('科级及以上干部已讲/应讲：1/5');
    expect((await world.says('U0702', '活动记录 讲 邀请郑州大学王志刚教授作专题报告《创新驱动》'))[0]).toContain(
      '专题报告（郑州大学王志刚教授），《创新驱动》',
    );
    // One who is of 科级 only from tomorrow is not yet due.
    const post = { personId: 'u0502', departmentCode: 'GXK', roles: '["staff"]' };
    await world.db.client.membership.createMany({
      data: [
        { ...post, title: '科员', fromOn: '2013-03-01' },
        { ...post, title: '副科长', fromOn: '2013-05-16' },
      ],
    });
    expect((await world.says('U0702', '讲谈议写情况'))[0]).toContain('已讲/应讲：1/4');
  });

  test('an activity on the 31st counts for its month, and the board equals the records', async () => {
    const world = await openWorld({ now: '2013-05-31T15:00:00+08:00' });
    await office(world);
    await world.says('U0501', '活动记录 读 全科共读十八大报告');
    await world.says('U0503', '今天自学党章40分钟');

    const board = (await world.says('U0702', '讲谈读写'))[0];
    expect(board).toContain('已开展1个，共3个科室（单位）');
    expect(board).toContain('高新技术发展及产业化科读2。');
    await world.passUntil('2013-05-31T16:10:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('“讲谈读写”：'))).toContain(
      '未开展：办公室、社会发展科技科',
    );
    expect(await world.db.client.weekResult.findMany({ where: { week: '2013-05' } })).toHaveLength(3);
  });

  test('on the last workday heads hear of their own unit, the groups see every unit in a picture, and nobody’s name', async () => {
    const world = await openWorld({ now: '2013-05-31T15:00:00+08:00' });
    await world.says('U0501', '活动记录 读 全科共读十八大报告');
    await world.db.client.signIn.create({
      data: { sessionCode: 'S0514', personId: 'u0502', at: new Date('2013-05-14T08:20:00+08:00'), late: false },
    });

    await world.passUntil('2013-05-31T16:10:00+08:00');

    expect(world.toldTo('U0501').at(-1)).toContain('5月份“讲谈读写”：读1。有遗漏的，今天发');
    expect(world.wecom.groups.at(-1)).toBe('5月份“讲谈读写”：已开展1个，共3个科室（单位），各科室（单位）情况见图。');
    const picture = world.wecom.papers.at(-1);
    expect(picture).toMatchObject({ to: 'group', kind: 'image' });
    const facts = picture?.bytes.toString() ?? '';
    expect(JSON.parse(facts).rows).toMatchObject([
      { unit: '办公室', total: 0, came: 0, expected: 3 },
      { unit: '高新技术发展及产业化科', counts: [0, 0, 0, 1, 0], came: 1, expected: 3 },
      { unit: '社会发展科技科', total: 0, expected: 1 },
    ]);
    for (const { name } of await world.db.client.person.findMany()) expect(facts).not.toContain(name);
  });

  test('the board is drawn as a picture a phone can show, also for many units and strange names', async () => {
    const row = { counts: [1, 0, 2, 31, 0], total: 34, sessions: 2, came: 19, expected: 20 };
    const rows = Array.from({ length: 30 }, (_, no) => ({ ...row, unit: `<科室>&“${no}”` }));

    const png = await studyBoardPicture({ month: '2013-05', until: '截至2013年5月31日16:00', rows });

    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.length < 2 * 1024 * 1024]).toEqual([1200, true]);
  });

  test('units without anything by mid-month are told so', async () => {
    const world = await openWorld({ now: '2013-06-14T18:00:00+08:00' });

    await world.passUntil('2013-06-17T12:00:00+08:00');

    expect(world.toldTo('U0501').find((text) => text.includes('讲谈读写'))).toContain('6月份还没有开展');
  });
});

describe('学习形式', () => {
  test('the eight of the document are there; one the office adds is counted the same day; a taken name is refused', async () => {
    const world = await openWorld({ now: NOW });
    await office(world);

    expect((await world.says('U0503', '形式'))[0]).toContain(
      '学习形式共8种，已开展0种；未开展8种：专题培训班、外出考察学习、调查研究、演讲比赛、知识竞赛、学习心得评比、有奖征文、知识测试。',
    );
    expect((await world.says('U0702', '新增形式 演讲比赛'))[0]).toContain('已经有了');
    await world.says('U0702', '新增形式 青年沙龙');
    expect((await world.says('U0501', '活动记录 青年沙龙 交流八项规定学习体会'))[0]).toContain(
      '已记录：5月15日（星期三）青年沙龙',
    );
    expect((await world.says('U0503', '形式'))[0]).toContain('学习形式共9种，已开展1种：青年沙龙1次');
    expect((await world.says('U0501', '活动记录 广场舞 全科参加'))[0]).toContain('没有这种形式');
  });

  test('one with a least number a month is brought up to the office at the month’s end where it was held less often', async () => {
    const world = await openWorld({ now: '2013-05-31T10:00:00+08:00' });
    await office(world);

    expect((await world.says('U0702', '新增形式 青年沙龙，每月不少于2次'))[0]).toContain('每月不少于2次');
    await world.says('U0501', '活动记录 青年沙龙 交流八项规定学习体会');
    await world.passUntil('2013-05-31T16:00:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('未达到次数'))).toContain('青年沙龙1/2次');
  });
});
