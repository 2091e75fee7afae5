import { describe, expect, test } from 'vitest';
import { recount } from '#bot/store/recount.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';
const office = async () => {
  const world = await openWorld({ now: NOON });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head"]' } });
  await world.db.client.department.update({ where: { code: 'SFK' }, data: { headId: 'u0702' } });
  return world;
};

describe('交办、签收、转办 (R56, R57)', () => {
  test('numbers have no gaps, what was taken back keeps its own, and the title is the matter without its term (R56)', async () => {
    const world = await office();

    expect((await world.says('L01', '交办高新科：5月20日前报孵化器名单'))[0]).toBe(
      '已交办高新技术发展及产业化科：9号台账（JB2013-001）《报孵化器名单》，5月20日（星期一）前办结，责任人龚海波。已告知承办人，十分钟内可发“撤销”收回。',
    );
    await world.says('L01', '撤销');
    await world.says('L01', '交办高新科：5月22日前报企业名单');
    await world.says('L01', '交办社发科：5月23日前报调研报告');

    expect((await world.db.client.assignment.findMany()).map(({ number }) => number)).toEqual([
      'JB2013-001',
      'JB2013-002',
      'JB2013-003',
    ]);
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } })).toMatchObject({
      endedAt: new Date(NOON),
    });
    expect((await world.says('L01', '台账全局'))[0]).not.toContain('孵化器名单');
  });

  test('the receiving head signs by a button or a word, the time is kept, the giver hears of it (R56)', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    expect(world.toldTo('U0501').at(-1)).toContain('签收JB2013-001');

    expect(await world.says('U0702', '签收JB2013-001')).toEqual([
      '您没有“签收交办事项”权限，该操作由承办科室（单位）负责人或责任人办理。',
    ]);
    expect((await world.says('U0501', '签收'))[0]).toContain(
      '已签收：9号台账《报孵化器名单》（JB2013-001），5月14日12:00。',
    );
    expect((await world.says('U0501', '签收JB2013-001'))[0]).toContain('已由龚海波于5月14日12:00签收，不必重复');

    expect(world.toldTo('L01').at(-1)).toBe('龚海波已签收JB2013-001《报孵化器名单》。');
    expect((await world.db.client.assignment.findFirst())?.signedAt).toEqual(new Date(NOON));
  });

  test('an objection goes to the giver; unsigned after a workday the head and the office hear, once (R56)', async () => {
    const world = await office();
    await world.db.client.person.update({ where: { id: 'u0503' }, data: { roles: '["office"]' } });
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    await world.says('L01', '交办社发科：5月21日前报调研报告');

    expect((await world.says('L01', '还有哪些没签收'))[0]).toMatch(
      /^待签收2件：\nJB2013-001《报孵化器名单》，高新技术/,
    );
    expect((await world.says('L01', '督办事项有哪些'))[0]).toContain('共2项');
    expect((await world.says('U0501', '异议JB2013-001，不属本科室职责'))[0]).toContain('已提出异议');
    expect(world.toldTo('L01').at(-1)).toContain('提出异议：不属本科室职责');
    await world.passUntil('2013-05-17T12:00:00+08:00');

    const chased = (id: string) => world.toldTo(id).filter((text) => text.includes('未签收'));
    expect(chased('U0501')).toEqual([]);
    expect(chased('U0702')).toHaveLength(1);
    expect(chased('U0503')[0]).toContain('社会发展科技科有1件交办事项满1个工作日未签收：JB2013-002《报调研报告》。');
  });

  test('a transfer that was gone on with is not taken back, and whoever is to sign is asked still', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await world.says('L01', '同意');

    expect((await world.says('U0501', '撤销'))[0]).not.toContain('已撤销');
    expect((await world.says('U0702', '同意'))[0]).toContain('已签收：JB2013-001');
  });

  test('passed on it moves when the receiver signs and not before, its term stays, the chain is printed in order, back and forth has an end (R57)', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    const item = () => world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } });

    expect((await world.says('U0501', '转办JB2013-001给社发科'))[0]).toContain('请写明理由');
    expect((await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展'))[0]).toContain(
      '已送郑国栋同意（跨分管领导），同意后由社会发展科技科签收',
    );
    expect((await world.says('U0702', '同意'))[0]).not.toContain('已签收');
    expect((await world.says('L01', '同意'))[0]).toContain(
      '已送社会发展科技科签收，签收前仍由高新技术发展及产业化科承办',
    );
    expect(await item()).toMatchObject({ departmentCode: 'GXK' });
    expect((await world.says('U0702', '同意'))[0]).toContain(
      '已签收：JB2013-001《报孵化器名单》改由社会发展科技科承办，5月20日（星期一）前办结',
    );
    expect(await item()).toMatchObject({
      departmentCode: 'SFK',
      ownerId: 'u0702',
      leaderId: 'l04',
      deadline: '2013-05-20',
    });

    expect((await world.says('U0702', '转办JB2013-001给高新科，理由：还是高新科熟悉'))[0]).toContain('曾承办过此事');
    await world.says('L01', '同意');
    await world.says('U0501', '同意');
    expect((await world.says('U0501', '转办JB2013-001给社发科，理由：再转一次'))[0]).toContain(
      '已送郑国栋同意（已转办两次）',
    );
    expect((await world.says('L01', '不同意，理由：不得再推'))[0]).toContain('仍由高新技术发展及产业化科承办');
    expect(world.toldTo('U0501').at(-1)).toContain('仍由原科室（单位）承办。理由：不得再推。');
    expect((await world.says('L01', 'JB2013-001现在什么情况'))[0]).toContain(
      [
        '转办：',
        '· 5月14日（星期二）龚海波：高新技术发展及产业化科→社会发展科技科，理由：涉及社会发展；5月14日（星期二）郑国栋同意；5月14日（星期二）薛冰签收',
        '· 5月14日（星期二）薛冰：社会发展科技科→高新技术发展及产业化科，理由：还是高新科熟悉；5月14日（星期二）郑国栋同意；5月14日（星期二）龚海波签收',
        '· 5月14日（星期二）龚海波：高新技术发展及产业化科→社会发展科技科，理由：再转一次；5月14日（星期二）郑国栋未同意：不得再推',
      ].join('\n'),
    );
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('within one line the receiver alone signs; unsigned or not agreed to after a workday it is chased, once (R57)', async () => {
    const world = await office();
    await world.db.client.person.update({ where: { id: 'u0503' }, data: { roles: '["office"]' } });
    await world.db.client.department.update({ where: { code: 'BGS' }, data: { headId: 'l04', leaderId: 'l03' } });
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('L01', '交办高新科：5月31日前报企业名单');
    await world.says('U0501', '签收JB2013-001');
    await world.says('U0501', '签收JB2013-002');

    expect((await world.says('U0501', '转办JB2013-001给局办，理由：涉及后勤'))[0]).toContain('已送办公室签收');
    await world.says('U0501', '转办JB2013-002给社发科，理由：涉及社会发展');
    await world.passUntil('2013-05-17T12:00:00+08:00');
    const heard = (id: string) => world.toldTo(id).flatMap((text) => text.match(/转办\S+?满1个工作日[^。]+/g) ?? []);
    expect(heard('L04')).toEqual(['转办办公室的JB2013-001《报孵化器名单》满1个工作日未签收']);
    expect(heard('L01')).toEqual(['转办社会发展科技科的JB2013-002《报企业名单》满1个工作日未同意或退回']);
    expect(heard('U0503')).toHaveLength(2);
  });

  test('a receiver without a head: who leads it signs; with neither nothing waits for ever, the office hears what the roster lacks (R57)', async () => {
    const world = await office();
    const { client } = world.db;
    await client.person.update({ where: { id: 'u0503' }, data: { roles: '["office"]' } });
    await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff"]' } });
    await client.department.update({ where: { code: 'SFK' }, data: { headId: null } });
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '签收');
    const item = () => client.ledgerItem.findUniqueOrThrow({ where: { code: 'JB2013-001' } });

    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await client.department.update({ where: { code: 'SFK' }, data: { leaderId: null } });
    expect((await world.says('L01', '同意'))[0]).toContain(
      '没有转出：社会发展科技科没有负责人，也没有分管领导，无人签收',
    );
    for (const id of ['U0501', 'U0503']) expect(world.toldTo(id).at(-1)).toContain('请活动办补录负责人后再转办');
    expect(await client.handover.findMany()).toMatchObject([{ state: 'refused' }]);
    expect((await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展'))[0]).toContain(
      '没有转办：社会发展科技科没有负责人，也没有分管领导',
    );

    await client.department.update({ where: { code: 'SFK' }, data: { leaderId: 'l04' } });
    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await world.says('L01', '同意');
    expect(await item()).toMatchObject({ departmentCode: 'GXK' });
    expect((await world.says('L04', '同意'))[0]).toContain('已签收：JB2013-001《报孵化器名单》改由社会发展科技科承办');
    expect(await item()).toMatchObject({ departmentCode: 'SFK', leaderId: 'l04' });
  });

  test('what was agreed to or signed is taken back with all that went with it, until the next has acted on it (R57, G11)', async () => {
    const world = await office();
    const { client } = world.db;
    await world.says('L01', '交办高新科：5月30日前报孵化器名单，协办社发科');
    await world.says('U0501', '签收');
    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await world.says('L01', '同意');

    expect((await world.says('L01', '撤销'))[0]).toContain('已撤销');
    expect((await world.says('U0702', '同意'))[0]).not.toContain('已签收');
    await world.says('L01', '同意');
    await world.says('U0702', '同意');
    expect(await client.assignment.findFirst()).toMatchObject({ signedBy: 'u0702', helpers: '[]' });
    expect((await world.says('L01', '撤销'))[0]).not.toContain('已撤销');

    expect((await world.says('U0702', '撤销'))[0]).toContain('已撤销');
    expect(await client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } })).toMatchObject({
      ...{ departmentCode: 'GXK', ownerId: 'u0501', leaderId: 'l03' },
    });
    expect(await client.assignment.findFirst()).toMatchObject({ signedBy: 'u0501', helpers: '["SFK"]' });
    expect(world.toldTo('U0501').at(-1)).toContain('转办继续等待签收');
    expect((await world.says('U0702', '不同意，理由：人手不足'))[0]).toContain('已退回转办');
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('nobody is chased for what is done or ended, nor urged about what was ended (R53, R57, R59)', async () => {
    const world = await office();
    await world.db.client.person.update({ where: { id: 'u0503' }, data: { roles: '["office"]' } });
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('L01', '交办高新科：5月31日前报企业名单');
    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await world.says('L01', '申请终止JB2013-001，原因：上级取消该项任务');
    await world.says('L01', '申请终止JB2013-002，原因：上级取消该项任务');
    await world.passUntil('2013-05-16T12:00:00+08:00');

    for (const id of ['L01', 'U0501', 'U0702', 'U0503'])
      expect(world.toldTo(id).filter((text) => /满1个工作日/.test(text))).toEqual([]);
    await world.says('L01', '催一下高新科');
    expect(world.toldTo('U0501').at(-1)).not.toMatch(/孵化器名单|企业名单/);
  });

  test('a transfer open while the matter was handed in waits no more: sent back, it can be passed on anew (R57)', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '签收');
    await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展');
    await world.says('U0501', 'JB2013-001已办结，名单已报送，申请验收');

    expect((await world.says('L01', '同意'))[0]).toContain('不必再批');
    await world.says('L01', 'JB2013-001退回，缺电话');
    expect((await world.says('U0501', '转办JB2013-001给社发科，理由：涉及社会发展'))[0]).toContain('已送郑国栋同意');
  });

  test('a head gives the own unit work and names no other as helper, in whatever words (R56, 2.7)', async () => {
    const world = await office();

    expect((await world.says('U0501', '交办雷鸣：5月20日前报孵化器名单，协办社发科'))[0]).toContain('权限');
    expect((await world.says('U0501', '交办雷鸣：5月20日前报孵化器名单'))[0]).toContain('已交办高新技术发展及产业化科');
    expect(await world.db.client.assignment.count()).toBe(1);
  });

  test('a unit without a head is no secret: who leads it is told, and the answer says so (R56)', async () => {
    const world = await office();
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff"]' } });
    await world.db.client.department.update({ where: { code: 'SFK' }, data: { headId: null } });

    expect((await world.says('L01', '交办社发科：5月21日前报调研报告'))[0]).toContain(
      '责任人待定。该科室（单位）没有负责人，已告知分管领导或活动办',
    );
    expect(world.toldTo('L04').at(-1)).toContain('请回复“签收JB2013-001”');
    expect((await world.says('L04', '签收JB2013-001'))[0]).toContain('已签收');
  });

  test('a signature taken back leaves the objection that stood before it (R56, G11)', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    await world.says('U0501', '异议JB2013-001，不属本科室职责');
    await world.says('U0501', '签收JB2013-001');
    await world.says('U0501', '撤销');

    expect(await world.db.client.assignment.findFirst()).toMatchObject({
      ...{ signedAt: null, objection: '不属本科室职责', objectedAt: new Date(NOON) },
    });
  });

  test('finished, it is decided by whoever gave it, not by who did it (R59)', async () => {
    const world = await office();
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    await world.says('U0501', '签收');

    await world.says('U0501', 'JB2013-001已办结，名单已报送，申请验收');
    expect(world.toldTo('L01').at(-1)).toContain('申请验收9号台账');
    expect((await world.says('U0501', 'JB2013-001验收通过'))[0]).toContain('权限');
    await world.says('L01', 'JB2013-001退回，缺电话');
    await world.says('U0501', 'JB2013-001申请验收');
    await world.says('L01', 'JB2013-001验收通过');
    await world.says('L01', '确认');

    expect((await world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } }))?.acceptedAt).not.toBeNull();
  });

  test.each([
    ['签收', 'assignment.sign'],
    ['已签收', 'assignment.sign'],
    ['签收J-1', 'assignment.sign'],
    ['签收31号台账', 'assignment.sign'],
    ['我科签收了', 'assignment.sign'],
    ['签收了吗', 'query.unsigned'],
    ['谁还没签收', 'query.unsigned'],
    ['还没签收', 'none'],
    ['签到', 'ask'],
    ['异议J-1，不属本科室职责', 'assignment.object'],
    ['提出异议：J-1，原因是应由成果科办理', 'assignment.object'],
    ['异议J-1', 'ask'],
    ['大家没有异议', 'none'],
    ['转办J-1给知识产权科，理由：涉及专利资助', 'ledger.hand_over'],
    ['J-1转给知识产权科，涉及专利资助', 'ledger.hand_over'],
    ['把J-1转交成果科，由其牵头', 'ledger.hand_over'],
    ['J-1转办了吗', 'query.item'],
    ['要是办不了就把J-1转给知识产权科', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0501', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});
