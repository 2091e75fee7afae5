import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';
type World = Awaited<ReturnType<typeof openWorld>>;
const item = (world: World) => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'K3-4' } });

describe('延期（R47）', () => {
  test('agreed to it counts at once; taken back it waits again, and whoever heard of the decision hears of that', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0501', '8号台账延到9月30日，省厅评审推迟');

    expect((await world.says('L03', '同意'))[0]).toBe(
      '已同意延期：8号台账《新建市级重点实验室3个》时限8月31日（星期六）→9月30日（星期一），已告知申请人。十分钟内可发“撤销”收回。',
    );
    expect(await item(world)).toMatchObject({ deadline: '2013-09-30', firstDeadline: '2013-08-31' });
    await world.says('L03', '撤销');
    expect(await item(world)).toMatchObject({ deadline: '2013-08-31' });
    for (const id of ['U0501', 'U0502'])
      expect(world.toldTo(id).at(-1)).toBe(
        '柳文涛收回了对8号台账《新建市级重点实验室3个》延期的决定，申请继续等待审批。',
      );
    await world.says('L03', '不同意');
    expect(await item(world)).toMatchObject({ deadline: '2013-08-31' });
    expect(world.toldTo('U0501').at(-1)).toContain('仍于8月31日（星期六）到期');
    expect(await world.db.client.extension.findMany()).toMatchObject([{ state: 'rejected', decidedBy: 'l03' }]);
  });

  test('a refusal cannot be taken back once the term has moved by another decision', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0501', '8号台账延到9月30日，省厅评审推迟');
    await world.says('L03', '不同意');
    await world.says('L01', '8号台账延到9月15日，局党组会定');

    expect((await world.says('L03', '撤销'))[0]).not.toContain('已撤销');
    expect(await item(world)).toMatchObject({ deadline: '2013-09-15' });
  });
});

describe('调整目标（R47）', () => {
  test.each([
    'U0401 05-16 申请把4号台账目标调整为90项，原因省里压减计划 => ledger.retarget item=K2-1 target=90',
    'U0401 05-16 申请调整 K2-1 目标 90 理由省里压减计划 => ledger.retarget item=K2-1 target=90',
    'L03 05-16 K2-1目标调整为90项，因为省里压减计划 => ledger.retarget item=K2-1 target=90',
    'U0401 05-16 4号台账目标从100项调到90项，省里压减计划 => ledger.retarget item=K2-1 target=90',
    'L01 05-16 把K3-4的目标提高到5个，原因新增两家 => ledger.retarget item=K3-4 target=5',
    'U0401 05-16 K2-1目标改为九十项，理由：计划压减 => ledger.retarget item=K2-1 target=90',
    'U0401 05-16 K2-1目标变更为110，由于上级加码 => ledger.retarget item=K2-1 target=110',
    'U0401 05-16 申请调整目标 => ask',
    'U0401 05-16 4号台账申请下调目标 => ask',
    'U0401 05-16 4号台账目标是100项，完成90项 => ledger.progress item=K2-1 quantity=90',
    'U0401 05-16 4号台账目标调整了吗 => query.item item=K2-1',
    'U0401 05-16 4号台账目标不调整 => none',
    'U0401g 05-16 4号台账目标调整为90项，省里压减 => none | ask',
    'U0401 05-16 如果4号台账目标改为90项就好了 => none | ask',
    'U0401 05-16 4号台账完成90项 => ledger.progress item=K2-1 quantity=90',
    'U0401 05-16 我们的目标是争先进 => none',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the head asks, who is in charge agrees: it counts at once, the rate with it, and 原定 stays in the ledger', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计2个');

    expect(await world.says('U0501', '申请把8号台账目标调整为4个，原因省里加码')).toEqual([
      '已送柳文涛审批：8号台账《新建市级重点实验室3个》目标3→4个。批准前仍按原目标3个计算，十分钟内可发“撤销”收回。',
    ]);
    expect(await item(world)).toMatchObject({ target: 3 });
    expect((await world.says('U0501', '申请把8号台账目标调整为5个，原因省里加码'))[0]).toContain(
      '已有一件目标调整申请待审批',
    );
    expect(world.toldTo('L03').at(-1)).toContain('目标3→4个，当前进度2/3个（66.7%）');

    expect((await world.says('L03', '同意'))[0]).toContain('已同意目标调整：8号台账《新建市级重点实验室3个》目标3→4个');

    expect(await item(world)).toMatchObject({ target: 4, firstTarget: 3, quantity: 2, percent: 50 });
    expect(world.toldTo('U0501').at(-1)).toBe('柳文涛已同意目标调整：8号台账《新建市级重点实验室3个》目标3→4个。');
    await world.says('L03', '撤销');
    expect(await item(world), 'taking the decision back restores exactly').toMatchObject({
      target: 3,
      firstTarget: null,
      percent: 66.7,
    });
  });

  test('refused, it stays as it was; taken back, nobody decides on it; after the due day the chief decides', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0501', '8号台账目标改为2个，原因一家撤销');
    await world.says('L03', '不同意');
    expect(world.toldTo('U0501').at(-1)).toContain('目标仍为3个');
    await world.says('U0501', '8号台账目标改为2个，原因一家撤销');
    await world.says('U0501', '撤销');
    await world.says('L03', '同意');
    expect(await item(world)).toMatchObject({ target: 3 });

    world.at('2013-09-02T12:00:00+08:00');
    expect((await world.says('U0501', '8号台账目标改为2个，原因一家撤销'))[0]).toContain('已送郑国栋审批');
  });

  test.each([
    ['U0501', '8号台账目标改为2个', '请写明原因'],
    ['U0501', '8号台账目标改为2.5个，原因一家撤销', '目标不能有小数'],
    ['U0501', '8号台账目标改为3个，原因核对', '现在的目标就是3个'],
    ['U0501', '3号台账目标改为2个，原因核对', '没有数字目标'],
    ['U0503', '8号台账目标改为2个，原因一家撤销', '没有“申请调整目标”权限'],
    ['L04', '8号台账目标改为2个，原因一家撤销', '没有“申请调整目标”权限'],
  ])('%s saying %s changes nothing and hears why', async (id, text, why) => {
    const world = await openWorld({ now: NOON });
    expect((await world.says(id, text))[0]).toContain(why);
    expect(await item(world)).toMatchObject({ target: 3 });
  });
});

describe('设定亮灯（R43）', () => {
  test.each([
    'U0201 05-16 4号台账设为黄灯到6月10日，原因等省厅批复 => ledger.set_light item=K2-1 light=yellow until=06-10',
    'U0201 05-16 K3-4改为绿灯至6月30日，因为专家评审推迟 => ledger.set_light item=K3-4 light=green until=06-30',
    'U0201 05-16 把8号台账亮灯调整为绿灯，到6月底，原因评审推迟 => ledger.set_light item=K3-4 light=green until=06-30',
    'U0201 05-16 4号台账标为红灯到5月31日，由于数字不实 => ledger.set_light item=K2-1 light=red until=05-31',
    'U0201 05-16 4号台账设定为灰灯到6月10日，理由：尚未启动 => ledger.set_light item=K2-1 light=grey until=06-10',
    'U0201 05-16 取消4号台账的设定灯 => ledger.set_light item=K2-1',
    'U0201 05-16 4号台账亮灯恢复规则 => ledger.set_light item=K2-1',
    'U0201 05-16 4号台账设为黄灯 => ask',
    'U0501 05-16 4号台账变成红灯了吗 => query.item item=K2-1',
    'U0201 05-16 别把4号台账设为红灯 => none',
    'U0201 05-16 要不要把4号台账设为红灯？ => none | ask | query.item item=K2-1',
    'U0201g 05-16 4号台账设为黄灯到6月10日，原因等批复 => none | ask',
    'U0201 05-16 如果4号台账改为绿灯就好了 => none | ask',
    'U0201 05-16 红灯改为绿灯了，高兴 => none | ask | query.ledger scope=bureau status=overdue',
    'U0501 05-16 路口红绿灯设为黄灯了 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the office sets a light with reason and last day; afterwards the rule counts again', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.says('U0502', 'K3-4累计0个');

    expect(await world.says('U0702', '8号台账设为黄灯到6月10日，原因等省厅批复')).toEqual([
      '已设定：8号台账《新建市级重点实验室3个》红灯→黄灯，到6月10日（星期一），之后恢复按规则亮灯。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0501').at(-1)).toContain('设定为黄灯');
    expect((await world.says('L03', 'K3-4进展如何'))[0]).toContain('活动办设定至6月10日（星期一）：等省厅批复');
    world.at('2013-06-11T12:00:00+08:00');
    expect((await world.says('L03', 'K3-4进展如何'))[0]).toContain('🔴红灯');
  });

  test('without a reason, for a day gone by or too long, by anybody else: nothing is set; undone, the rule is back', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });

    expect((await world.says('U0702', '8号台账设为绿灯到6月10日'))[0]).toContain('没有设定：请写明原因');
    expect((await world.says('U0702', '8号台账设为绿灯到12月31日，原因等批复'))[0]).toContain('最长设定92天');
    expect((await world.says('U0501', '8号台账设为绿灯到6月10日，原因等批复'))[0]).toContain('没有“设定亮灯”权限');
    expect((await world.says('U0702', '8号台账亮灯恢复规则'))[0]).toContain('没有设定过灯');
    await world.says('U0702', '8号台账设为绿灯到6月10日，原因等批复');
    await world.says('U0702', '撤销');
    expect(await item(world)).toMatchObject({ setLight: null });
  });
});
