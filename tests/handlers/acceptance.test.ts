import { describe, expect, test } from 'vitest';
import { record } from '#bot/store/facts.ts';
import { png } from '../support/files.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';
const handedIn = async () => {
  const world = await openWorld({ now: NOON });
  await world.says('U0502', '3号台账完成100%');
  await world.says('U0502', '3号台账申请验收');
  return world;
};
const item = async (world: Awaited<ReturnType<typeof openWorld>>) =>
  world.db.client.ledgerItem.findUnique({ where: { code: 'K1-3' } });

describe('验收（R46）', () => {
  test('the acceptor’s card says what proves it, and a tap looks at it or accepts', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成100%');
    await world.sends('U0502', png());
    await world.says('U0502', '3号台账申请验收');

    const card = world.wecom.sent.findLast(({ to }) => to === 'l03')?.card;
    expect(world.toldTo('L03').at(-1)).toContain('，附佐证1份（照片1份）。请回复“3号台账验收通过”');
    expect(card?.['button_list']).toMatchObject([{ text: '验收通过' }, { text: '看佐证' }]);
    const task = String(card?.task_id);

    expect((await world.taps('L03', task, '看3号台账的佐证'))[0]).toContain('有佐证1份');
    expect((await world.taps('L03', task, '3号台账验收通过'))[0]).toContain('请回复“确认”');
  });

  test('finished work goes to the leader in charge, who confirms, and only then it is done', async () => {
    const world = await handedIn();
    expect(world.toldTo('L03').at(-1)).toContain(
      '温静申请验收3号台账《制定创新驱动发展配套政策并分解任务》，没有附佐证。请回复“3号台账验收通过”',
    );

    expect(await world.says('L03', '3号台账验收通过')).toEqual([
      '将验收通过3号台账《制定创新驱动发展配套政策并分解任务》，通过后不能撤销。请回复“确认”或“取消”。',
    ]);
    expect(await item(world)).toMatchObject({ acceptedAt: null });
    expect((await world.says('L03', '确认'))[0]).toContain('已验收通过');

    expect((await item(world))?.acceptedAt).not.toBeNull();
    expect(world.toldTo('U0502').at(-1)).toContain('已由柳文涛验收通过');
    expect((await world.says('U0502', '3号台账完成100%'))[0]).toBe('该事项已通过验收，不再上报进度。');
  });

  test.each(['U0502', 'U0503', 'U0501', 'L04', 'L01'])('%s may not accept, whatever the rank', async (id) => {
    const world = await handedIn();

    expect(await world.says(id, '3号台账验收通过')).toEqual(['您没有“验收”权限，该操作由分管领导办理。']);

    expect(await item(world)).toMatchObject({ acceptedAt: null });
  });

  test('who may decide on neither of two is told so once', async () => {
    const world = await handedIn();

    expect(await world.says('U0502', '3号台账和8号台账验收通过')).toEqual(['您没有“验收”权限，该操作由分管领导办理。']);
    expect(await world.db.client.refusal.count()).toBe(2);
  });

  test('a confirmation after ten minutes, a no, or another message confirms nothing', async () => {
    const world = await handedIn();

    await world.says('L03', '3号台账验收通过');
    expect(await world.says('L03', '取消')).toEqual(['好的，没有办理。']);
    await world.says('L03', '3号台账验收通过');
    await world.says('L03', '帮助');
    await world.says('L03', '确认');
    await world.says('L03', '3号台账验收通过');
    world.at('2013-05-14T12:11:00+08:00');
    await world.says('L03', '确认');

    expect(await item(world)).toMatchObject({ acceptedAt: null });
  });

  test('returned work goes back with its reason, and every round is kept', async () => {
    const world = await handedIn();

    expect((await world.says('L03', '3号台账退回，缺会议纪要'))[0]).toContain('原因：缺会议纪要');
    expect(world.toldTo('U0502').at(-1)).toContain('退回。原因：缺会议纪要。');
    await world.says('U0502', '3号台账申请验收');

    expect((await world.db.client.itemFact.findMany()).map(({ kind }) => kind)).toEqual([
      'reported',
      'applied',
      'returned',
      'applied',
    ]);
  });

  test('below its target an item cannot be handed in', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计2个');

    expect((await world.says('U0502', 'K3-4申请验收'))[0]).toContain('目标3个，已报2个，未达目标');
  });
});

describe('领导本人的事项', () => {
  test('nobody accepts the own work, the chief neither: it goes to the group, whose decision the office enters (R46)', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const { client } = world.db;
    await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    const own = { departmentCode: 'BGS', ownerId: 'l01', leaderId: 'l01', level: '局班子' };
    await client.ledgerItem.update({ where: { code: 'K1-3' }, data: own });

    expect((await world.says('L01', '3号台账申请验收'))[0]).toContain('待薛冰验收');
    expect(world.toldTo('U0702').at(-1)).toContain('请按领导小组的决定录入。');
    for (const id of ['L01', 'L03', 'L04', 'U0501', 'U0502'])
      expect((await world.says(id, '3号台账验收通过'))[0], id).toContain('没有“验收');
    await world.says('U0702', '3号台账验收通过');
    await world.says('U0702', '确认');

    expect((await item(world))?.acceptedAt).not.toBeNull();
    expect((await world.says('L01', '3号台账进展：又印发一份'))[0]).toContain('已通过验收，不再上报进度');
  });
});

describe('账目一致', () => {
  test('a target raised while an item waits: it is not accepted below it, so no ledger shows few beside 100%', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计3个');
    await world.says('U0502', 'K3-4申请验收');
    const raised = { kind: 'targeted' as const, personId: 'l01', at: world.now(), target: 5 };
    await world.db.write((tx) => record(tx, 'K3-4', raised));

    expect(await world.says('L03', 'K3-4验收通过')).toEqual([
      '没有验收：8号台账《新建市级重点实验室3个》目标5个，现为3个，未达目标。请退回，或先调整目标。',
    ]);
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({
      acceptedAt: null,
    });
  });

  test('a row of the ledger shows the rate of the figures beside it, whatever was written before', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.update({
      where: { code: 'K3-4' },
      data: { quantity: 0, percent: 100, completedAt: new Date(NOON), acceptedAt: new Date(NOON) },
    });

    await world.says('L01', '导出台账');

    const { groups } = JSON.parse(world.wecom.papers[0]?.bytes.toString('utf8') ?? '');
    const rows: { code: string; total: string; percent: string }[] = groups.flatMap(
      (group: { rows: object[] }) => group.rows,
    );
    expect(rows.find(({ code }) => code === 'K3-4')).toMatchObject({ total: '0个', percent: '0.0%' });
  });
});

describe('撤销与查询', () => {
  test('taking a report back restores exactly what stood before, and only once', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计1个');
    await world.says('U0502', 'K3-4新增1个');

    expect(await world.says('U0502', '撤销')).toEqual([
      '已撤销：上报台账进度。8号台账《新建市级重点实验室3个》2→1/3个（33.3%）。',
    ]);
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 1 });

    world.at('2013-05-14T12:11:00+08:00');
    expect(await world.says('U0502', '撤销')).toEqual(['十分钟内没有可以撤销的记录。']);
  });

  test.each([
    ['L03', '您分管的共2项：未报1项，逾期1项。其中逾期1项：\n3号《'],
    ['L01', '全局共2项：未报1项，逾期1项。其中逾期1项：\n3号《'],
    ['L04', '您分管的没有台账事项。'],
    ['U0501', '高新技术发展及产业化科共2项：未报1项，逾期1项。其中逾期1项：\n3号《'],
    ['U0702', '您名下没有台账事项。'],
  ])('%s asking what is overdue hears of the own scope only', async (id, answer) => {
    const world = await openWorld({ now: NOON });

    expect((await world.says(id, '哪些逾期了'))[0]).toContain(answer);
  });

  test('asking about a unit outside the own scope is refused without saying anything of it', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('L04', '高新科逾期的有哪些')).toEqual([
      '您没有“查看台账”权限，该操作由该科室（单位）负责人、分管领导或活动办办理。',
    ]);
    const attempts = await world.db.read((client) => client.refusal.findMany());
    expect(attempts, 'that it was tried is kept, what it was about is not (G3)').toEqual([
      { id: 1, at: new Date(NOON), actor: 'l04', intent: 'query.ledger', inboxKey: expect.any(String) },
    ]);
  });
});

describe('佐证要求与补充材料', () => {
  test.each([
    'L03 05-16 J-2需补充材料：名册、现场照片 => ledger.supplement item=J-2 list=名册、现场照片',
    'L03 05-16 J-2请补充会议纪要 => ledger.supplement item=J-2 list=会议纪要',
    'L03 05-16 J-2还需补充名册 => ledger.supplement item=J-2 list=名册',
    'L03 05-16 J-2要补交名册和照片 => ledger.supplement item=J-2 list=名册和照片',
    'L03 05-16 J-2还缺名册，请补齐 => ask',
    'L03 05-16 J-2退回，补充名册后再报 => ledger.return item=J-2',
    'L03 05-16 J-2验收通过 => ledger.accept item=J-2',
    'L03 05-16 J-2不用补充材料了，验收通过 => ask | ledger.accept item=J-2',
    'L03 05-16 J-2需要补充材料吗？ => none | ask | query.item item=J-2',
    'L03 05-16 如果J-2需补充材料就再等等 => none | ask',
    'L03 05-16 K3-4需补充材料：批准文件 => none | ask',
    'L03 05-16 听说J-2需补充材料 => none | ask',
    'L03g 05-16 J-2需补充材料：名册 => none | ask',
    'U0502 05-16 J-2需补充材料，我们正在准备 => none | ask',
    'U0502 05-16 我需要补充材料 => none | ask',
    'U0502 05-16 请补充水源 => none',
  ])('%s', (line) => expect(differs(line, bureau('fixture.json'))).toBeNull());

  test('what is lacking is listed, the item waits on, and who asked hears when it came', async () => {
    const world = await handedIn();

    expect((await world.says('L03', '3号台账需补充材料：批准文件、现场照片'))[0]).toBe(
      '已要求补充：3号台账《制定创新驱动发展配套政策并分解任务》，清单：批准文件、现场照片。已告知责任人，补齐后会告诉您。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0502').at(-1)).toContain('需补充材料：批准文件、现场照片。请把照片或文件直接发给我');
    expect((await item(world))?.completedAt).not.toBeNull();
    await world.sends('U0502', png());
    await world.says('U0502', '刚才的照片附到3号台账');

    expect(world.toldTo('L03').at(-1)).toContain('已补充照片1份，现有佐证1份。请回复“3号台账验收通过”');
    expect((await world.says('L03', '3号台账'))[0]).toContain('要求补充材料：批准文件、现场照片');
    expect(await world.says('U0502', '3号台账需补充材料：批准文件')).not.toContain('已要求补充');
  });

  test('without the evidence that a kind of work needs it is not handed in, and the answer names it', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { evidence: '印发文件' } });
    await world.says('U0502', '3号台账完成100%');

    expect((await world.says('U0502', '3号台账申请验收'))[0]).toBe(
      '没有受理：3号台账《制定创新驱动发展配套政策并分解任务》验收要有佐证“印发文件”，还没有附。请把照片或文件发给我，说“刚才的材料附到3号台账”，再申请验收。',
    );
    expect((await item(world))?.completedAt).toBeNull();
    await world.sends('U0502', png());
    await world.says('U0502', '刚才的照片附到3号台账');
    expect((await world.says('U0502', '3号台账申请验收'))[0]).toContain('已申请验收');
  });

  test('突破 is more than the target: as many as the target are not handed in', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { comparator: '>' } });
    await world.says('U0502', 'K3-4累计3个');

    expect((await world.says('U0502', 'K3-4申请验收'))[0]).toContain('未达目标');
    await world.says('U0502', 'K3-4累计4个');
    expect((await world.says('U0502', 'K3-4申请验收'))[0]).toContain('已申请验收');
  });
});
