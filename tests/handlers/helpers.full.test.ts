import { describe, expect, test } from 'vitest';
import { understand } from '#bot/language/understand.ts';
import { recount } from '#bot/store/recount.ts';
import { meaning } from '../support/meaning.ts';
import { robotOf } from '../support/robot.ts';
import { bureau, capabilities } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

/** 龚海波 heads 高新科, 何平 heads 社发科, 薛冰 is the office. */
const office = async (now = '2013-05-14T12:00:00+08:00') => {
  const world = await openWorld({ now });
  const { client } = world.db;
  const common = { userid: 'U0701', title: '科长', departmentCode: 'SFK' };
  await client.person.create({ data: { ...common, id: 'u0701', name: '何平', roles: '["head"]' } });
  await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};

const sample = bureau('fixture.json');
/** 「主办 协办,协办」 of every matter a sentence of the chief gives out, or what else it is. */
function taken(text: string): string {
  const speaker = sample.members.find(({ id }) => id.toLowerCase() === 'l01');
  if (!speaker) throw new Error('no chief');
  const found = understand(
    { text, speaker, now: new Date('2013-06-03T10:00:00+08:00'), chat: 'direct' },
    sample,
    capabilities,
  );
  if (found.outcome !== 'act') return found.outcome;
  return found.commands
    .map(({ input }) => {
      const {
        department,
        member,
        helpers = [],
      } = input as { department?: string; member?: string; helpers?: string[] };
      return [
        member?.toLowerCase() ?? department,
        helpers.map((one) => (/^u/i.test(one) ? one.toLowerCase() : one)).join(','),
      ]
        .filter(Boolean)
        .join(' ');
    })
    .join(' + ');
}

describe('主办与协办 (R56)', () => {
  test('two owners: the first has the matter, the other helps; each hears its part, one number, one deadline', async () => {
    const world = await office();

    expect((await world.says('L01', '交办高新科、社发科：5月24日前报产学研对接方案'))[0]).toBe(
      '已交办高新技术发展及产业化科：9号台账（JB2013-001）《报产学研对接方案》，5月24日（星期五）前办结，责任人龚海波。协办社会发展科技科。先写的为主办，其余协办；要各办一件，请撤销后写“各报一份”。已告知承办人，十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0501').at(-1)).toContain('请回复“签收JB2013-001”');
    expect(world.toldTo('U0701').at(-1)).toBe(
      'JB2013-001《报产学研对接方案》由高新技术发展及产业化科主办，请你科（单位）协办，5月24日（星期五）前办结。交办人：郑国栋。不需签收，办理情况请回复“反馈JB2013-001：……”，有异议请回复“异议JB2013-001，原因”。',
    );
    expect(await world.db.client.assignment.findMany()).toMatchObject([{ departmentCode: 'GXK', helpers: '["SFK"]' }]);

    await world.says('L01', '撤销');
    expect(world.toldTo('U0701').at(-1)).toContain('郑国栋已收回交办');
  });

  test('「各报一份」 is a matter each; who is named 牵头 has it, wherever that stands', async () => {
    const world = await office();
    await world.says('L01', '交办高新科、社发科各报一份半年小结，5月24日前报来');
    await world.says('L01', '由社发科牵头、高新科配合，5月24日前报对接方案');
    await world.says('L01', '交办高新科：5月27日前报企业名单，社发科配合');

    const rows = await world.db.client.assignment.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ departmentCode, helpers }) => `${departmentCode} ${helpers}`)).toEqual([
      ...['GXK []', 'SFK []'],
      ...['SFK ["GXK"]', 'GXK ["SFK"]'],
    ]);
    const items = await world.db.client.ledgerItem.findMany({ where: { category: '交办' }, orderBy: { no: 'asc' } });
    expect(items.slice(2).map(({ title }) => title)).toEqual(['报对接方案', '报企业名单']);
  });

  test('the helper neither signs nor hands in; it tells its own part, which the main unit, the giver and whoever accepts hear of', async () => {
    const world = await office();
    await world.says('L01', '交办高新科、社发科：5月24日前报产学研对接方案');

    expect((await world.says('U0701', '签收JB2013-001'))[0]).toContain('权限');
    await world.says('U0501', '签收');
    expect((await world.says('U0701', 'JB2013-001申请验收'))[0]).toContain(
      '你科（单位）是协办，办结由主办科室（单位）申请',
    );
    expect((await world.says('U0701', '反馈JB2013-001：已联系三所院校'))[0]).toContain(
      '协办情况已告知主办科室和交办人',
    );
    for (const id of ['U0501', 'L01'])
      expect(world.toldTo(id).at(-1)).toBe(
        '社会发展科技科何平（协办）反馈JB2013-001《报产学研对接方案》：已联系三所院校。',
      );

    await world.says('U0501', 'JB2013-001申请验收');
    expect(world.toldTo('L01').at(-1)).toContain('协办社会发展科技科尚未反馈办好。');
    await world.says('L01', 'JB2013-001退回，缺院校名单');
    expect((await world.says('U0701', 'JB2013-001协办部分已完成，院校名单已提供'))[0]).toContain('协办部分已办好');
    expect(world.toldTo('U0501').at(-1)).toContain('社会发展科技科何平（协办，已办好）反馈');

    expect((await world.says('U0701', 'JB2013-001现在什么情况'))[0]).toContain(
      '协办：社会发展科技科已办好（5月14日：协办部分已完成，院校名单已提供）。',
    );
    await world.says('U0501', 'JB2013-001申请验收');
    expect(world.toldTo('L01').at(-1)).not.toContain('尚未反馈');
    // What a helper tells moves no figure of the matter.
    const item = await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'JB2013-001' } });
    expect(item).toMatchObject({ percent: null, departmentCode: 'GXK' });
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('a helper finds the matter among its duties, hears three workdays before and when it is urged, until its part is done', async () => {
    const world = await office();
    await world.says('L01', '交办高新科、社发科：5月24日前报产学研对接方案');
    await world.says('U0501', '签收');
    expect((await world.says('U0701', '我还有什么没办'))[0]).toContain(
      '协办1件未办好：JB2013-001《报产学研对接方案》。',
    );

    await world.says('L01', '催办JB2013-001');
    expect(world.toldTo('U0701').at(-1)).toContain('催办：（协办）9号台账');
    await world.passUntil('2013-05-21T12:00:00+08:00');
    expect(world.toldTo('U0701').filter((text) => text.includes('协办的JB2013-001'))).toHaveLength(1);
    await world.says('U0701', '反馈JB2013-001：协办部分已完成');
    expect((await world.says('U0701', '我还有什么没办'))[0]).not.toContain('协办1件');
    await world.says('U0701', '撤销');
    expect((await world.says('U0701', '我还有什么没办'))[0]).toContain('协办1件');
  });

  test('a helper may object; a head gives no work to another unit by way of help; the sheet has its column', async () => {
    const world = await office();
    await world.says('L01', '交办高新科、社发科：5月24日前报产学研对接方案');

    expect((await world.says('U0701', '异议JB2013-001，本科室不掌握院校情况'))[0]).toContain('已提出异议');
    expect(world.toldTo('L01').at(-1)).toBe('何平对协办JB2013-001《报产学研对接方案》提出异议：本科室不掌握院校情况。');
    expect((await world.says('U0501', '交办高新科、社发科：5月24日前报另一份名单'))[0]).toContain('权限');
    expect((await world.says('U0503', '异议JB2013-001，不归我管'))[0]).toContain('权限');

    await world.says('U0702', '导出台账');
    const sheet = world.wecom.papers.find(({ name }) => name.includes('工作台账'));
    expect(sheet?.bytes.toString('utf8')).toContain('"helpers":"社会发展科技科"');
  });

  test('a group message naming a task is but a draft until whoever gave it confirms; the group hears no name', async () => {
    const world = await office();
    const group = robotOf(world);

    const [asked] = await group.says('L01', '交办高新科、社发科：5月24日前报产学研对接方案');
    expect(asked).toContain(
      '将交办高新技术发展及产业化科主办，社会发展科技科协办：报产学研对接方案，5月24日（星期五）前办结',
    );
    expect(await world.db.client.assignment.count()).toBe(0);
    await group.says('U0503', '确认');
    expect(await world.db.client.assignment.count()).toBe(0);
    const [done] = await group.says('L01', '确认');
    expect(done).toContain('已交办高新技术发展及产业化科主办、社会发展科技科协办：9号台账');
    expect(done).not.toMatch(/龚海波|郑国栋/);
    expect(await world.db.client.assignment.count()).toBe(1);
  });

  test.each([
    ['交办高新科、农村科：6月20日前报对接方案', 'GXK NCK'],
    ['交办高新科和农村科6月20日前报对接方案', 'GXK NCK'],
    ['由高新科牵头、农村科配合，6月20日前报对接方案', 'GXK NCK'],
    ['请农村科配合，高新科牵头，6月20日前报对接方案', 'GXK NCK'],
    ['交办高新科：6月20日前报对接方案，农村科、成果科配合', 'GXK NCK,CGK'],
    ['交办高新科：6月20日前报对接方案，协办农村科、成果科', 'GXK NCK,CGK'],
    ['责成高新科会同农村科6月20日前拿出对接方案', 'GXK NCK'],
    ['交办高新科、农村科各报一份半年小结，6月20日前报来', 'GXK + NCK'],
    ['高新科和农村科6月20日前各报一份名单给我', 'GXK + NCK'],
    ['交办高新科：6月20日前报对接方案', 'GXK'],
    ['交办高新科：6月20日前协助企业报专利', 'GXK'],
    ['交办龚海波和倪卫国：6月20日前报对接方案', 'u0501 u0801'],
    ['龚海波和倪卫国各报一份上半年盘点，都在7月10号前', 'u0501 + u0801'],
    ['高新科和农村科配合得怎么样', 'none'],
    ['听说高新科牵头、农村科配合，6月20日前报方案', 'none'],
  ])('「%s」 is for %s', (text, parts) => {
    expect(taken(text)).toBe(parts);
  });

  test.each([
    ['反馈J-1：协办部分已完成', 'matter.feedback'],
    ['J-1协办部分已完成，名单已提供', 'matter.feedback'],
    ['J-1我科协办的部分办完了', 'matter.feedback'],
    ['J-1协办部分完成了吗', 'query.item'],
    ['J-1协办部分还没完成吧', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0501', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});
