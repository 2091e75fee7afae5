import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');
const MAY = '2013-05-21T10:00:00+08:00';
type World = Awaited<ReturnType<typeof openBureau>>;
const reports = (world: World) =>
  world.db.client.monthReport.findMany({ where: { undoneAt: null }, orderBy: { id: 'asc' } });

describe('免报', () => {
  test.each([
    'U0201 05-21 知识产权科5月份免报，理由：全科抽调迎检 => month.exempt department=ZCQ month=2013-05',
    'U0201 05-21 产权科本月免报，全科抽调 => month.exempt department=ZCQ month=2013-05',
    'U0201 05-21 同意情报所五月份免报，因为整体搬迁 => month.exempt department=QBS month=2013-05',
    'U0201 05-03 高新科4月免报台账，理由：迎接审计 => month.exempt department=GXK month=2013-04',
    'U0201 05-21 批准孵化器上个月免报，原因是停电检修 => month.exempt department=FHQ month=2013-04',
    'U0201 05-21 人事科这个月免报总结：干部调整 => month.exempt department=RSK month=2013-05',
    'L01 05-21 农村科免报，全科下乡抗旱 => month.exempt department=NCK month=2013-05',
    'U0501 05-21 我科本月免报，人手太紧 => month.exempt department=GXK month=2013-05',
    'U0201 05-21 知识产权科5月份免报，理由：特殊情况，全科名单已报组织部 => month.exempt department=ZCQ month=2013-05',
    'U0201 05-21 知识产权科5月免报 => ask',
    'U0201 05-21 本月免报，理由：抽调 => ask',
    'U0201 05-21 哪些科室免报 => none | ask | query.unreported month=2013-05',
    'U0201 05-21 知识产权科能否免报？ => none | ask',
    'U0901 05-21 申请本科5月免报，全科抽调 => none | ask',
    'U0201 05-21 听说知识产权科5月免报，抽调 => none | ask',
    'U0201g 05-21 知识产权科5月份免报，理由：抽调 => none | ask',
    'U0201 05-21 知识产权科本周免学，全科在郑州参加执法检查 => study.exempt week=2013-W21 department=ZCQ',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the unit is neither reminded nor missing nor late, and says so wherever it is counted', async () => {
    const world = await openBureau({ now: MAY });

    expect((await world.says('U0201', '知识产权科5月份免报，理由：全科抽调迎检'))[0]).toBe(
      '已记录：知识产权科5月份免报，理由：全科抽调迎检。不再催报，不计未报。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0901').at(-1)).toBe('活动办同意知识产权科5月份免报台账和总结，理由：全科抽调迎检。');
    expect((await world.says('U0201', '这个月总结还有哪些科室没报'))[0]).toContain(
      '5月份总结应报13个科室（单位），已报0个，免报1个（知识产权科），未报13个：',
    );
    await world.passUntil('2013-05-29T09:30:00+08:00');

    expect(world.toldTo('U0901').filter((text) => text.includes('台账上报'))).toEqual([]);
    expect(world.toldTo('U0201').join()).toContain('应报13个科室（单位），按时0个，逾期0个，未报13个：');
    expect(world.toldTo('U0201').join()).toContain('免报1个（知识产权科）。');
    expect(world.wecom.groups.join()).toContain('六、月度总结：应报13个科室（单位），按时0个，逾期0个，未报13个');
  });

  test('it can be taken back, is not needed twice, and counts for nothing once the unit handed in', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });
    const exempt = (text = '高新科5月免报，抽调') => world.says('U0201', text);

    await exempt();
    expect((await exempt())[0]).toContain('已经免报，不必重复');
    await world.says('U0201', '撤销');
    await world.says('U0501', '提交台账，其余未报');
    expect((await exempt())[0]).toBe('没有改动：高新技术发展及产业化科5月份已经报送，不必免报。');
    expect(await world.db.client.weekExemption.count({ where: { undoneAt: null } })).toBe(0);
  });
});

describe('提交', () => {
  test.each([
    'U0501 05-21 提交 => month.submit bare=true',
    'U0501 05-21 提交吧 => month.submit bare=true',
    'U0501 05-21 可以提交了 => month.submit bare=true',
    'U0501 05-21 现在提交 => month.submit bare=true',
    'U0501 05-21 提交了吗 => none | ask',
    'U0501 05-21 先别提交 => none | ask',
    'U0501g 05-21 提交 => none',
    'U0501 05-21 要是填好了就提交 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('alone it hands in what was just spoken of, asks where both wait, and says what is handed in already', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });

    expect((await world.says('U0501', '提交'))[0]).toContain('您要提交哪一个？请发“提交台账”或“提交自检”。');
    await world.says('U0501', '自检J-1按期推进');
    expect((await world.says('U0501', '提交'))[0]).toContain('待提交的是自检，请发“提交自检”。');
    world.at('2013-05-21T10:05:00+08:00');
    await world.says('U0501', '8号台账本月无变化');
    expect((await world.says('U0501', '提交'))[0]).toContain('台账还有3项未填：5号、9号、31号');
    await world.says('U0501', '5号、9号、31号台账本月无变化');
    expect((await world.says('U0501', '提交'))[0]).toContain('已提交：高新技术发展及产业化科5月份台账4项');
    await world.says('U0501', '提交自检');
    expect((await world.says('U0501', '提交'))[0]).toBe(
      '高新技术发展及产业化科5月份台账已于5月21日（星期二）提交。有改动要重新提交，请发“提交台账”。',
    );
    expect(await reports(world)).toHaveLength(1);
  });

  test('what was handed in can be taken back', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });
    await world.says('U0501', '提交台账，其余未报');

    expect((await world.says('U0501', '撤销'))[0]).toContain('已撤销');
    expect(await reports(world)).toEqual([]);
  });
});

describe('委托代报', () => {
  test.each([
    'U0501 05-21 委托温静代报台账，到6月30日 => month.delegate member=U0502 until=2013-06-30',
    'U0501 05-21 委托温静代我提交月度台账 => month.delegate member=U0502',
    'U0501 05-21 授权雷鸣填报本月台账 => month.delegate member=U0503',
    'U0501 05-21 指定温静负责上报台账到月底 => month.delegate member=U0502 until=2013-05-31',
    'U0501 05-21 我出差期间，委托温静代报台账 => month.delegate member=U0502',
    'U0501 05-21 委托温静替我报台账 => month.delegate member=U0502',
    'U0501 05-21 委托温静代报自检 => month.delegate member=U0502',
    'U0501 05-21 取消代报委托 => month.delegate',
    'U0501 05-21 收回委托 => month.delegate',
    'U0501 05-21 不再委托温静 => month.delegate',
    'U0501 05-21 委托谁代报台账 => none | ask | query.ledger scope=department:GXK status=all',
    'U0501 05-21 委托温静、雷鸣代报台账 => ask',
    'U0501 05-21 委托温静代报台账行吗？ => none | ask | query.ledger scope=department:GXK status=all',
    'U0501 05-21 要是我出差就委托温静代报台账 => none | ask',
    'U0501 05-21 听说科长委托温静代报台账 => none | ask',
    'U0501g 05-21 委托温静代报台账 => none',
    'U0502 05-21 科长委托我代报台账了 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test("what a delegate sends is handed in by the head's confirm, and both times are kept (R70)", async () => {
    const world = await openBureau({ now: MAY, jobs: [] });

    expect((await world.says('U0502', '提交台账，其余未报'))[0]).toContain('没有“提交月度台账”权限');
    expect((await world.says('U0501', '委托温静代报台账，到6月30日'))[0]).toBe(
      '已委托温静代报高新技术发展及产业化科月度台账和自检，到6月30日（星期日）。受托人提交后由您确认；您请假期间其提交即生效。十分钟内可发“撤销”收回。',
    );
    expect((await world.says('U0502', '提交台账，其余未报'))[0]).toContain('已送科室（单位）负责人确认');
    expect(await reports(world)).toEqual([]);
    world.at('2013-05-22T09:00:00+08:00');
    expect((await world.says('U0501', '同意'))[0]).toContain('5月22日（星期三）09:00，按时报送');

    expect(await reports(world)).toMatchObject([
      { personId: 'u0501', at: new Date('2013-05-22T01:00:00Z'), draftedBy: 'u0502', draftedAt: new Date(MAY) },
    ]);
    expect(world.toldTo('U0502').at(-1)).toBe('龚海波已确认提交高新技术发展及产业化科5月份台账。');
  });

  test('only up to the day and within the unit; while the head is on leave it counts at once', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });

    expect((await world.says('U0901', '委托温静代报台账'))[0]).toBe('没有委托：受托人须是知识产权科的人员。');
    await world.says('U0501', '委托温静代报台账，到5月24日');
    world.at('2013-05-25T10:00:00+08:00');
    expect((await world.says('U0502', '提交台账，其余未报'))[0]).toContain('没有“提交月度台账”权限');
    await world.says('U0501', '委托温静代报台账');
    await world.db.client.leave.create({
      data: {
        ...{ personId: 'u0501', fromOn: '2013-05-25', toOn: '2013-05-31', reason: '公差', state: 'approved' },
        askedAt: world.now(),
      },
    });

    expect((await world.says('U0502', '提交台账，其余未报'))[0]).toContain('负责人请假期间由受托人代报');
    expect(await reports(world)).toMatchObject([{ personId: 'u0502' }]);
  });

  test('a consent taken back leaves the hand-in waiting for the head again', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });
    await world.says('U0501', '委托温静代报台账');
    await world.says('U0502', '提交台账，其余未报');
    await world.says('U0501', '同意');

    await world.says('U0501', '撤销');
    expect(await reports(world)).toEqual([]);
    expect(world.toldTo('U0502').at(-1)).toContain('提交继续等待确认');
    await world.says('U0501', '同意');
    expect(await reports(world)).toMatchObject([{ personId: 'u0501', draftedBy: 'u0502' }]);
  });

  test('a head may decline, and the delegate may take it back before', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });
    await world.says('U0501', '委托温静代报台账');

    await world.says('U0502', '提交台账，其余未报');
    expect((await world.says('U0501', '不同意'))[0]).toContain('没有提交');
    expect(world.toldTo('U0502').at(-1)).toContain('没有同意提交');
    await world.says('U0502', '提交台账，其余未报');
    expect((await world.says('U0502', '撤销'))[0]).toBe('已撤销：提交月度台账。');
    await world.says('U0501', '同意');
    expect(await reports(world)).toEqual([]);
  });
});

describe('局属单位的活动情况回顾（R62）', () => {
  const REVIEW = '活动情况回顾：组织两次集中学习；经验：以会代训；下月安排：走访园区企业';
  test.each([
    `U1301 05-21 ${REVIEW} => month.review review=组织两次集中学习 experience=以会代训 plans=走访园区企业`,
    'U1301 05-21 活动回顾：开展一次主题实践活动 => month.review review=开展一次主题实践活动',
    'U1301 05-21 本月回顾：学习两次，走访三家 => month.review review=学习两次，走访三家',
    'U1301 05-21 经验：以会代训 => month.review experience=以会代训',
    'U1301 05-21 主要经验：每周一碰头 => month.review experience=每周一碰头',
    'U1301 05-21 经验做法：每周一碰头 => month.review experience=每周一碰头',
    'U1302 05-21 下月安排：走访园区企业 => month.review plans=走访园区企业',
    'U1302 05-21 下月工作安排：抓好育苗 => month.review plans=抓好育苗',
    'U1302 05-21 下月计划：抓好育苗 => month.review plans=抓好育苗',
    'U1401 06-03 下个月打算：引进两家企业 => month.review plans=引进两家企业',
    'U1301 05-21 回顾：两次学习。经验：以会代训。下月安排：走访 => month.review review=两次学习。 experience=以会代训。 plans=走访',
    'U1301 05-21 五月份总结：活动情况回顾：组织学习两次。经验：以会代训。下月安排：走访 => report.month month=2013-05',
    'U1301 05-21 12号台账下一步打算：抓紧育苗 => month.line item=K4-2 plans=抓紧育苗',
    'U1301 05-21 下月安排谁来报？ => none | ask',
    'U1301g 05-21 下月安排：走访园区企业 => none',
    'U1301 05-21 下月安排一次学习 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('a missing part is asked for and refuses the hand-in of a 局属单位, whatever is left; then it stands in it', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });

    expect((await world.says('U1301', '报台账'))[0]).toContain(
      '局属单位另缺活动情况回顾、经验、下月安排，请发“活动情况回顾：……；经验：……；下月安排：……”。',
    );
    expect((await world.says('U1301', '提交台账，其余未报'))[0]).toContain(
      '局属单位另缺活动情况回顾、经验、下月安排。',
    );
    await world.says('U1302', '活动情况回顾：组织两次集中学习；经验：以会代训');
    expect((await world.says('U1301', '12号台账本月无变化'))[0]).toContain('各项已有内容');
    expect((await world.says('U1301', '提交'))[0]).toBe(
      '没有提交：高新农业技术试验示范园区5月份台账还缺下月安排。请写成“下月安排：……”。',
    );
    await world.says('U1301', '下月安排：走访园区企业');
    expect((await world.says('U1301', '报台账'))[0]).toContain(
      '活动情况回顾：组织两次集中学习\n经验：以会代训\n下月安排：走访园区企业\n各项已有内容，不必再填',
    );
    expect((await world.says('U1301', '提交'))[0]).toContain('台账1项，含活动情况回顾、经验、下月安排，');

    const [report] = await reports(world);
    expect(report?.text).toContain('\n活动情况回顾：组织两次集中学习\n经验：以会代训\n下月安排：走访园区企业');
  });

  test('a summary with its review need not be told again; 机关科室 neither see nor owe the part', async () => {
    const world = await openBureau({ now: MAY, jobs: [] });

    await world.says('U1401', '五月份总结：活动情况回顾：学习两次。经验：以会代训。下月安排：引进两家企业。');
    expect((await world.says('U1401', '提交台账，其余未报'))[0]).toContain('含活动情况回顾');
    expect((await reports(world)).at(-1)?.text).toContain('下月安排：引进两家企业');

    expect((await world.says('U0401', '报台账'))[0]).not.toMatch(/回顾|经验/);
    expect((await world.says('U0401', '下月安排：抓好项目'))[0]).toBe(
      '没有记录：计划财务科是机关科室，月度台账没有活动情况回顾这一部分。',
    );
    expect((await world.says('U0401', '提交台账，其余未报'))[0]).not.toContain('回顾');
    expect(await world.db.client.monthReview.count()).toBe(0);
  });

  test('the reminder names what of it is still missing', async () => {
    const world = await openBureau({ now: MAY });
    await world.says('U1301', '活动情况回顾：组织两次集中学习；经验：以会代训');

    await world.passUntil('2013-05-23T09:30:00+08:00');

    expect(world.toldTo('U1301').join()).toContain('局属单位请一并写明下月安排。');
    expect(world.toldTo('U1401').join()).toContain('局属单位请一并写明活动情况回顾、经验和下月安排。');
  });
});
