import { describe, expect, test } from 'vitest';
import { unitInWords } from '#bot/domain/meeting-pack.ts';
import { runSlot } from '#bot/pipeline/scheduler.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { recount } from '#bot/store/recount.ts';
import { loadWorld } from '#bot/store/world.ts';
import carryOver from '#jobs/carry-over.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const office = async (now = '2013-05-14T12:00:00+08:00') => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
  await world.db.client.department.update({ where: { code: 'SFK' }, data: { headId: 'u0702' } });
  return world;
};
type Office = Awaited<ReturnType<typeof office>>;
const item = (world: Office, code: string) => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code } });
const ofGXK = async (world: Office, month: string) => {
  const pack = await world.db.read(async (tx) => packOf(tx, await loadWorld(tx), month, world.now()));
  const unit = pack.units.find(({ name }) => name.startsWith('高新'));
  return unit ? unitInWords(unit) : [];
};

const config = { QUIET_HOURS: null, WECOM_GROUP_WEBHOOKS: new Map<string, string>() };
const runs = (world: Office, at: string) => {
  world.at(at);
  const slot = new Date(at);
  return world.db.write((tx) => runSlot(tx, carryOver, slot, 'done', slot, config));
};

describe('终止 (R53)', () => {
  test('an end that was decided stands in the meeting pack, whatever words its reason is told in', async () => {
    const world = await office();
    await world.says('U0501', '申请终止3号台账，原因：承办企业已撤销，名额已收回');
    await world.says('L01', '同意');

    expect((await ofGXK(world, '2013-05')).join('\n')).toContain('（承办企业已撤销，名额已收回）');
  });

  test('nothing is deleted; an item ends only by decision of the head of the leading group, with a reason', async () => {
    const world = await office();
    expect((await world.says('U0501', '删除3号台账')).join()).not.toContain('已');
    expect((await world.says('U0501', '申请终止3号台账'))[0]).toContain('为什么终止？请写成');
    expect((await world.says('U0503', '申请终止3号台账，原因：上级取消该项任务'))[0]).toContain('权限');

    expect((await world.says('U0501', '申请终止3号台账，原因：上级取消该项任务'))[0]).toBe(
      '已送郑国栋审批：终止3号台账《制定创新驱动发展配套政策并分解任务》，原因：上级取消该项任务。批准前照常办理和提醒，十分钟内可发“撤销”收回。',
    );
    expect((await world.says('L03', '申请终止3号台账，原因：不办了'))[0]).toContain('已有一件终止申请待审批');
    expect(await item(world, 'K1-3')).toMatchObject({ endedAt: null });
    expect((await world.says('L01', '不同意'))[0]).toContain('继续办理');
    expect(world.toldTo('U0501').at(-1)).toContain('未同意终止：3号台账');

    await world.says('U0702', '3号台账终止，原因：上级取消该项任务');
    expect((await world.says('L01', '同意'))[0]).toContain(
      '原因：上级取消该项任务。不再列入催办和未完成，已报的数和记录保留',
    );
    for (const id of ['U0702', 'U0502', 'L03']) expect(world.toldTo(id).at(-1)).toContain('郑国栋已同意终止：3号台账');
    expect((await item(world, 'K1-3')).endedAt).not.toBeNull();
    expect((await world.says('U0501', '台账'))[0]).not.toContain('3号《');
    expect((await ofGXK(world, '2013-05')).join('\n')).toContain(
      '本月终止：3号《制定创新驱动发展配套政策并分解任务》（上级取消该项任务）。',
    );

    await world.says('L01', '撤销');
    expect(await item(world, 'K1-3')).toMatchObject({ endedAt: null });
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('deleting is not possible, and the answer says what to do instead (R53)', async () => {
    for (const text of ['删除3号台账', '把3号台账删掉', '3号台账删了', '帮我删掉3号台账'])
      expect(meaning(text, { from: 'U0401' })).toBe('ask');
    for (const text of ['3号台账不能删掉吧', '删除了多余的空格'])
      expect(meaning(text, { from: 'U0401' })).not.toBe('ask');
  });

  test('what waited for a decision on it is settled; what was reached stays in the parent’s sum; parts come first', async () => {
    const world = await office();
    await world.says('U0702', '8号台账分解：高新科2个，社发科1个');
    await world.says('U0502', '9号台账新增1个');
    world.at('2013-05-14T12:20:00+08:00');
    expect((await world.says('L01', '终止8号台账，原因：上级取消'))[0]).toContain('请先逐项申请终止下级');

    await world.says('U0501', '申请把9号台账延期到9月10日，评审推迟');
    expect((await world.says('L01', '终止9号台账，原因：任务并入省级平台'))[0]).toContain('已终止：9号台账');
    expect(await item(world, 'K3-4')).toMatchObject({ quantity: 1, target: 3 });
    expect((await world.says('L03', '同意')).join()).toMatch(/不必再批|已经/);
    expect(await item(world, 'K3-4-1')).toMatchObject({ deadline: '2013-08-31' });
    await world.says('U0702', '10号台账新增1个');
    expect(await item(world, 'K3-4')).toMatchObject({ quantity: 2 });
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('a split that was taken back can be made anew: new codes, and no figure twice', async () => {
    const world = await office();
    await world.says('U0502', '8号台账累计1个');
    await world.says('U0702', '8号台账分解：高新科2个，社发科1个');
    await world.says('U0702', '撤销');
    expect((await world.says('U0702', '8号台账分解：高新科1个，社发科2个'))[0]).toContain('已分解：8号台账');

    const parts = await world.db.client.ledgerItem.findMany({ where: { parentCode: 'K3-4' }, orderBy: { no: 'asc' } });
    expect(parts.map(({ code }) => code)).toEqual(['K3-4-3', 'K3-4-4']);
    expect(await item(world, 'K3-4')).toMatchObject({ quantity: 1 });
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test.each([
    ['申请终止3号台账，原因：上级取消该项任务', 'ledger.terminate'],
    ['3号台账终止，原因：任务合并', 'ledger.terminate'],
    ['K3-1终止，理由是上级取消', 'ledger.terminate'],
    ['终止3号台账：上级取消', 'ledger.terminate'],
    ['3号台账不再实施，原因：上级取消', 'ledger.terminate'],
    ['建议终止3号台账，因为任务已合并', 'ledger.terminate'],
    ['提请终止3号台账，原因：资金取消', 'ledger.terminate'],
    ['终止3号台账', 'ask'],
    ['申请终止，原因：上级取消', 'none'],
    ['3号台账终止了吗', 'query.item'],
    ['别终止3号台账', 'none'],
    ['如果上级取消就终止3号台账，原因再说', 'none'],
    ['听说3号台账终止，原因是上级取消', 'none'],
    ['3号台账要不要终止，原因你说说', 'query.item'],
    ['3号台账已经终止，原因上面说了', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0101' })).toBe(meant);
  });
});

describe('上月遗留 (R53, J11)', () => {
  test('as a month begins what is unfinished is noted; the hand-in shows it by itself, the meeting what became of it', async () => {
    const world = await office('2013-03-20T12:00:00+08:00');
    await world.db.client.campaign.create({
      data: { id: 1, name: '一创双优活动', from: '2013-03-01', to: '2013-09-30' },
    });
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-08-30' } });
    await runs(world, '2013-04-01T00:10:00+08:00');
    const [noted, other] = await world.db.client.carriedOver.findMany();
    expect([noted?.month, noted?.departmentCode, noted?.items, other]).toEqual([
      ...['2013-04', 'GXK', '["K1-3","K3-4"]', undefined],
    ]);

    world.at('2013-04-22T10:00:00+08:00');
    expect((await world.says('U0501', '报台账'))[0]).toContain(
      '3号《制定创新驱动发展配套政策并分解任务》未报（上月遗留）：未填',
    );
    await world.says('U0502', '3号台账申请验收');
    await world.says('L03', '3号台账验收通过');
    await world.says('L03', '确认');
    await runs(world, '2013-05-01T00:10:00+08:00');
    world.at('2013-05-21T10:00:00+08:00');
    expect((await world.says('U0501', '报台账'))[0]).toContain('8号《新建市级重点实验室3个》未报（上月遗留）');
    expect(await ofGXK(world, '2013-04')).toContain('上月遗留：2项，本月办结1项，仍未完成1项。');
    const before = await world.db.client.carriedOver.count();
    await runs(world, '2013-05-01T00:10:00+08:00');
    expect(await world.db.client.carriedOver.count()).toBe(before);
  }, 60_000);
});
