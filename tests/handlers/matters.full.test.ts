import { describe, expect, test } from 'vitest';
import { detailsIn, feedbackIn } from '#bot/domain/matter.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

/** 何平 heads 社发科, 薛冰 is the office. */
const office = async (now: string) => {
  const world = await openWorld({ now });
  const { client } = world.db;
  const common = { userid: 'U0701', title: '科长', departmentCode: 'SFK' };
  await client.person.create({ data: { ...common, id: 'u0701', name: '何平', roles: '["head"]' } });
  await client.department.update({ where: { code: 'SFK' }, data: { headId: 'u0701' } });
  await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};
type Office = Awaited<ReturnType<typeof office>>;
const matter = (world: Office, number: string) => world.db.client.assignment.findUniqueOrThrow({ where: { number } });

describe('集中交办 (R56)', () => {
  test('level, source, helpers and rhythm are kept and told, and are no part of the title', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');

    const [answer] = await world.says(
      'L01',
      '交办高新科：5月24日前核实资助发放问题，来源群众反映，协办社发科，级别重点',
    );

    expect(answer).toContain('《核实资助发放问题》，5月24日（星期五）前办结，责任人龚海波。');
    expect(answer).toContain('重点事项，来源群众反映，协办社会发展科技科，反馈每周一次。');
    expect(world.toldTo('U0501').at(-1)).toContain('重点事项，来源群众反映，协办社会发展科技科');
    expect(await matter(world, 'JB2013-001')).toMatchObject({
      ...{ level: '重点', source: '群众反映', helpers: '["SFK"]', rhythm: 'weekly' },
      text: '交办高新科：5月24日前核实资助发放问题，来源群众反映，协办社发科，级别重点',
    });
  });

  test('a day off as term and an owner who will be away are said at once (R56)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    await world.says('U0501', '请假，5月18日到5月24日，外出培训');
    await world.says('L03', '准假 龚海波');

    const [answer] = await world.says('L01', '交办高新科：5月18日前报孵化器名单');

    expect(answer).toContain('注意：5月18日（星期六）是休息日，提醒按前一工作日5月17日（星期五）算。');
    expect(answer).toContain('注意：龚海波到期日请假，可改交温静代办。');
    expect(world.toldTo('U0501').at(-1)).not.toContain('注意');
  });

  test.each([
    ['交办高新科：周五前报名单', '交办高新科：周五前报名单', '一般', '', ''],
    ['交办高新科：周五前报名单，来源局党组会', '交办高新科：周五前报名单', '一般', '会议', ''],
    ['报名单，来源：市委批示，每月反馈', '报名单', '一般', '批示', 'monthly'],
    ['报名单；重点督办', '报名单', '重点', '', ''],
    ['报名单，重点，协办农村科', '报名单', '重点', '', ''],
    ['查清资金来源，周五前报', '查清资金来源，周五前报', '一般', '', ''],
  ])('「%s」 is about 「%s」', (text, rest, level, source, rhythm) => {
    expect(detailsIn(text)).toMatchObject({ rest, level, source, rhythm });
  });
});

describe('反馈、督办单回复 (R58, R59)', () => {
  test('feedback needs the signing, is kept as a row with its parts, reaches the giver, and can be taken back', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    await world.says('L01', '交办高新科：5月24日前报孵化器名单');
    const words = '反馈JB2013-001：已收集12家；问题：缺两家联系方式；下一步：周五前补齐';

    expect((await world.says('U0501', words))[0]).toContain('还没有签收，请先回复“签收JB2013-001”');
    await world.says('U0501', '签收');
    expect((await world.says('U0501', words))[0]).toBe(
      '已反馈：JB2013-001《报孵化器名单》，已告知交办人。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('L01').at(-1)).toBe(
      '龚海波反馈JB2013-001《报孵化器名单》：已收集12家；问题：缺两家联系方式；下一步：周五前补齐。',
    );
    expect(await world.db.client.feedback.findFirst()).toMatchObject({
      ...{ problem: '缺两家联系方式', next: '周五前补齐', personId: 'u0501', undoneAt: null },
    });
    expect((await world.says('U0701', words))[0]).toContain('权限');

    await world.says('U0501', '撤销');
    expect((await world.db.client.feedback.findFirst())?.undoneAt).not.toBeNull();
    expect(world.toldTo('L01').at(-1)).toBe('龚海波已收回对JB2013-001的反馈。');
  });

  test('a 重点 matter, and one of the people’s, is asked about every fifth workday without a word of it, and stands in the chief’s weekly line (R58, J10)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    await world.says('L01', '交办高新科：6月20日前报孵化器名单，级别重点');
    await world.says('L01', '交办高新科：6月20日前报联络员名单');
    await world.says('L01', '交办社发科：6月20日前答复来信，来源群众反映');
    await world.says('U0501', '签收JB2013-001');
    await world.says('U0501', '签收JB2013-002');

    await world.passUntil('2013-05-22T12:00:00+08:00');
    const asked = () => world.toldTo('U0501').filter((text) => text.includes('没有反馈'));
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).toContain('重点事项JB2013-001《报孵化器名单》自5月14日（星期二）后没有反馈');
    expect(world.toldTo('L01').find((text) => text.startsWith('督办中'))).toMatch(
      /督办中2项：\n1\. 9号台账《报孵化器名单》（重点，.*\n2\. 11号台账《答复来信》（群众反映，/,
    );

    await world.says('U0501', '反馈JB2013-001：已收集12家');
    await world.passUntil('2013-05-28T12:00:00+08:00');
    expect(asked()).toHaveLength(1);
  });

  test('the unit answers a slip: the words are kept with it, the office hears of it, nobody else may', async () => {
    const world = await office('2013-05-13T09:00:00+08:00');
    await world.says('U0702', '给3号台账发督办单');
    await world.says('U0702', '确认');

    expect((await world.says('U0701', '督办单DB2013-001回复：已完成初稿'))[0]).toContain('权限');
    expect((await world.says('U0501', '督办单DB2013-009回复：已完成初稿'))[0]).toContain(
      '没有编号为DB2013-009的督办单',
    );
    expect((await world.says('U0502', '督办单DB2013-001回复：已完成初稿，5月20日前报送'))[0]).toBe(
      '已回复红色督办单DB2013-001《制定创新驱动发展配套政策并分解任务》，已告知活动办。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0702').at(-1)).toContain('温静回复红色督办单DB2013-001');
    expect((await world.db.client.slip.findFirst())?.answer).toBe('已完成初稿，5月20日前报送');
    await world.says('U0502', '撤销');
    expect((await world.db.client.slip.findFirst())?.answer).toBeNull();
  });

  test('urged twice a day is said with who and when; a helper may not hand in (R59)', async () => {
    const world = await office('2013-05-14T09:12:00+08:00');
    await world.says('L01', '交办高新科：5月24日前报孵化器名单，协办社发科');
    await world.says('U0501', '签收');

    await world.says('L01', '催办JB2013-001');
    expect((await world.says('L03', '催办JB2013-001'))[0]).toBe('今日已催办（09:12，郑国栋），不再重复。');
    expect((await world.says('U0701', 'JB2013-001申请验收'))[0]).toContain(
      '你科（单位）是协办，办结由主办科室（单位）申请',
    );
  });

  test('a returned matter keeps its age; more time after the term is the chief’s to give and lights it anew (R59)', async () => {
    const world = await office('2013-05-14T09:00:00+08:00');
    await world.says('L03', '交办高新科：5月16日前报孵化器名单');
    await world.says('U0501', '签收');
    await world.says('U0501', 'JB2013-001申请验收');
    await world.says('L03', 'JB2013-001退回，缺电话');
    const item = () => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'JB2013-001' } });
    expect(await item()).toMatchObject({ openedOn: '2013-05-14', completedAt: null });

    world.at('2013-05-17T09:00:00+08:00');
    expect((await world.says('U0501', 'JB2013-001现在什么情况'))[0]).toContain('红灯');
    expect((await world.says('U0501', '申请把JB2013-001延到5月31日，等企业回复'))[0]).toContain('由局主要领导审批');
    await world.says('L01', '同意');
    expect(await item()).toMatchObject({ deadline: '2013-05-31', openedOn: '2013-05-14' });
    expect((await world.says('U0501', 'JB2013-001现在什么情况'))[0]).not.toContain('红灯');
  });

  test('more time asked for is not chased, nor given, once the matter is closed (R47, R59)', async () => {
    const world = await office('2013-05-14T09:00:00+08:00');
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '签收');
    await world.says('U0501', '申请把JB2013-001延到6月14日，等企业回复');
    await world.says('L01', '申请终止JB2013-001，原因：上级取消该项任务');

    await world.passUntil('2013-05-17T12:00:00+08:00');
    expect(world.toldTo('L03').filter((text) => text.includes('待您审批'))).toEqual([]);
    expect((await world.says('L03', '同意'))[0]).toContain('不必再批');
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } })).toMatchObject({
      deadline: '2013-05-30',
    });
  });

  test('办结 with its number and result asks whoever gave it, who takes it off the list or sends it back (R59)', async () => {
    const world = await office('2013-05-14T09:00:00+08:00');
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '签收');

    expect((await world.says('U0501', '办结JB2013-001，名单已报送'))[0]).toContain(
      '已申请验收：9号台账《报孵化器名单》',
    );
    expect(world.toldTo('L01').at(-1)).toContain('龚海波申请验收9号台账《报孵化器名单》');
    await world.says('L01', 'JB2013-001退回，缺电话');
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } })).toMatchObject({
      completedAt: null,
    });
  });

  test('whoever was asked to accept hears that it was taken back, and nobody else (R59)', async () => {
    const world = await office('2013-05-14T09:00:00+08:00');
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '签收');
    const before = world.toldTo('L03').length;
    await world.says('U0501', 'JB2013-001申请验收');
    await world.says('U0501', '撤销');

    expect(world.toldTo('L01').at(-1)).toBe('龚海波已收回9号台账《报孵化器名单》的验收申请。');
    expect(
      world
        .toldTo('L03')
        .slice(before)
        .filter((text) => text.includes('收回')),
    ).toEqual([]);
  });

  test.each([
    ['反馈J-1：已走访6家企业；问题：数据不全；下一步：本周补齐', 'matter.feedback'],
    ['反馈J-1 问题：缺场地', 'matter.feedback'],
    ['办结J-1，报告已报送', 'ledger.complete'],
    ['销号J-1，已整改到位', 'ledger.complete'],
    ['办结J-1了吗', 'query.item'],
    ['我科反馈J-1：初稿已成；下一步：送审', 'matter.feedback'],
    ['办理反馈：J-1，已走访两家，存在问题：无', 'matter.feedback'],
    ['督办单DB2013-001回复：已完成初稿', 'slip.answer'],
    ['回复督办单DB2013-002：下周一报送', 'slip.answer'],
    ['黄色督办单DB2013-003办理情况：已整改', 'slip.answer'],
    ['答复督办单DB2013-004 已联系企业', 'slip.answer'],
    ['督办单DB2013-001', 'ask'],
    ['督办单DB2013-001收到了吗', 'none'],
    ['反馈J-1了吗', 'query.item'],
    ['请大家尽快反馈意见', 'none'],
    ['群众反馈服务态度不好', 'none'],
    ['听说督办单DB2013-001要回复', 'none'],
    ['如果反馈J-1：问题：缺人', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0501', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });

  test('what was said is taken apart by its words', () => {
    expect(feedbackIn('进展顺利；存在问题：缺场地；下一步打算：另选址。')).toEqual({
      ...{ text: '进展顺利；存在问题：缺场地；下一步打算：另选址', problem: '缺场地', next: '另选址' },
    });
  });
});
