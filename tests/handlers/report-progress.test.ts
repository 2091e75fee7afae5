import { describe, expect, test } from 'vitest';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';

describe('上报台账进度（R42）', () => {
  test('additions and totals give the same state, and each answer says before and after', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('U0502', 'K3-4新增１个')).toEqual([
      '已记录：8号台账《新建市级重点实验室3个》0→1/3个（33.3%）。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.says('U0503', '重点实验室累计2个')).toEqual([
      '已记录：8号台账《新建市级重点实验室3个》1→2/3个（66.7%）。十分钟内可发“撤销”收回。',
    ]);

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 2 });
    expect(await world.db.client.itemFact.count()).toBe(2);
  });

  test.each([
    ['U0702', '3号台账完成60%', '该事项不由您所在科室（单位）承办，如需调整请联系活动办。'],
    ['U0502', '3号台账还没完成60%', '没有听懂。'],
    [
      'U0502',
      '99号台账完成60%',
      '台账里没有“99号台账”。您科室（单位）的有3号《制定创新驱动发展配套政策并分解任务》、8号《新建市级重点实验室3个》；发“我的台账”可查看编号。请写明是哪一项。',
    ],
    [
      'U0502',
      '3号台账进度多少',
      '3号台账《制定创新驱动发展配套政策并分解任务》逾期，未报，🔴红灯（逾期或严重滞后），已逾期2个工作日。',
    ],
    ['U0502', 'K3-4累计1.5个', '没有记录：该事项按个数计，不能有小数，请写整数。'],
    ['U0702', 'K3-9完成60%', '台账里没有“K3-9”。发“我的台账”可查看编号。请写明是哪一项。'],
  ])('%s saying %s changes nothing and hears one clear answer', async (from, text, answer) => {
    const world = await openWorld({ now: NOON });

    expect(await world.says(from, text)).toEqual([expect.stringContaining(answer)]);

    expect(await world.db.client.itemFact.count()).toBe(0);
    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('an item and 进度 without a figure is a look at it, not a question back', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成60%');

    const [answer] = await world.says('U0502', '3号台账进度');

    expect(answer).toContain('60%');
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(1);
  });

  test('a total and an addition that do not fit together: the total counts, and the answer says so', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计1个');

    expect(await world.says('U0502', 'K3-4又新增1个，累计3个')).toEqual([
      '已记录：8号台账《新建市级重点实验室3个》1→3/3个（100%）。您说新增1个，与此前已报1个合起来是2个；已按累计3个记录。十分钟内可发“撤销”收回。',
    ]);
  });

  test('a figure below the one reported before is refused', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成60%');

    expect((await world.says('U0502', '3号台账完成50%'))[0]).toContain('低于已报进度');

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K1-3' } })).toMatchObject({ percent: 60 });
  });

  test('a correction may lower a figure, needs a reason, keeps the old one in the history and can be taken back', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计2个');

    expect(await world.says('U0502', '更正K3-4累计1个')).toEqual([
      '没有更正：请写明原因，如“更正3号台账累计2个，原因重复计算”。',
    ]);
    expect(await world.says('U0502', '更正K3-4累计1个，原因重复计算')).toEqual([
      '已更正：8号台账《新建市级重点实验室3个》2→1/3个（33.3%），原数和原因保留。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.says('U0503', '更正K3-4累计3个，原因漏报')).toEqual([
      '您没有“更正进度”权限，该操作由承办科室（单位）负责人、上报人或活动办办理。',
    ]);
    expect(await world.says('U0502', '撤销')).toEqual([
      '已撤销：更正进度。8号台账《新建市级重点实验室3个》1→2/3个（66.7%）。',
    ]);

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 2 });
    expect((await world.db.client.itemFact.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind)).toEqual([
      'reported',
      'corrected',
      'undone',
    ]);
  });

  test('a count beyond its target is asked once before it is kept; later ones only beyond twice of what stands', async () => {
    const world = await openWorld({ now: NOON });
    const quantity = async () =>
      (await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'K3-4' } })).quantity;

    expect(await world.says('U0502', '8号台账新增150个')).toEqual([
      expect.stringContaining(
        '8号台账《新建市级重点实验室3个》目标3个，所报累计150个，超出目标147个。数字无误请回复“确认”，有误请回复“取消”后重报。',
      ),
    ]);
    expect(await quantity()).toBeNull();
    await world.says('U0502', '取消');
    expect(await quantity()).toBeNull();

    await world.says('U0502', '8号台账累计4个');
    expect(await world.says('U0502', '确认')).toEqual([expect.stringContaining('已记录：8号台账')]);
    expect(await quantity()).toBe(4);
    expect((await world.says('U0502', '8号台账累计5个'))[0]).toContain('4→5/3个');
    expect((await world.says('U0502', '8号台账累计11个'))[0]).toContain('超出目标8个');
    expect(await quantity()).toBe(5);
  });

  test('nor is such a figure put up for acceptance, set right or said anew without the question', async () => {
    const world = await openWorld({ now: NOON });

    expect((await world.says('U0502', '8号台账完成了150个'))[0]).toContain('超出目标147个');
    expect(world.toldTo('L03')).toEqual([]);
    await world.says('U0502', '取消');
    await world.says('U0502', '8号台账累计2个');
    expect(await world.says('U0502', '刚才那个应该是15个')).toEqual([
      '没有更正，原记录不变。改成这样要先确认，请先发“撤销”，再把正确的重说一遍。',
    ]);
    expect((await world.says('U0501', '更正8号台账累计50个，原因漏报'))[0]).toContain('超出目标47个');

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({
      ...{ quantity: 2, completedAt: null },
    });
    await world.says('U0501', '确认');
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 50 });
  });

  test('家 of what is counted in 项 is asked about; 个 stands for any', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { unit: '项', target: 100 } });

    expect((await world.says('U0502', '8号台账累计37家'))[0]).toContain(
      '8号台账《新建市级重点实验室3个》按“项”计，您写的是“37家”。按37项记录请回复“确认”，有误请回复“取消”后重报。',
    );
    expect(await world.db.client.itemFact.count()).toBe(0);
    await world.says('U0502', '确认');
    expect((await world.says('U0502', '8号台账累计38个'))[0]).toContain('37→38/100项');
    expect((await world.says('U0502', '8号台账累计39项，走访39家'))[0]).toContain('38→39/100项');
  });

  test('an amount is asked about only beyond twice its target', async () => {
    const world = await openWorld({ now: NOON });
    const changed = { target: 1000, unit: '万元', comparator: '>' };
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: changed });

    expect((await world.says('U0502', '8号台账累计1500万元'))[0]).toContain('0→1500/1000万元');
    expect((await world.says('U0502', '8号台账累计15000万元'))[0]).toContain('超出目标14000万元');
  });

  test.each(['3号台账完成120%', '3号台账完成了200%', '3号台账进度百分之一百五', '3号台账 120%'])(
    '「%s」: more than the whole is refused, not kept as words',
    async (text) => {
      const world = await openWorld({ now: NOON });

      expect(await world.says('U0502', text)).toEqual([
        '3号《制定创新驱动发展配套政策并分解任务》的进度不能超过100%，请写成“3号台账完成60%”。',
      ]);
      expect(await world.db.client.itemFact.count()).toBe(0);
    },
  );

  test.each([
    ['更正4号台账累计35项，原因重复计算', 'ledger.correct'],
    ['更正：K3-1累计1家，原因一家未通过', 'ledger.correct'],
    ['订正27号台账60%，因为统计口径变了', 'ledger.correct'],
    ['改正台账4累计36项，由于两项合并', 'ledger.correct'],
    ['更正一下K3-4累计1个', 'ledger.correct'],
    ['更正4号台账', 'ask'],
    ['更正一下数字', 'ask'],
    ['4号台账累计35项', 'ledger.progress'],
    ['听说4号台账要更正', 'none'],
    ['要是报错了就更正4号台账累计35项', 'none'],
    ['4号台账分解：计财科60项，高新科40项', 'ledger.split'],
    ['K2-1分解为计财科60项、高新科40项', 'ledger.split'],
    ['把4号台账拆分给计财科60项，高新科40项', 'ledger.split'],
    ['27号台账分解：情报所，生产力中心', 'ledger.split'],
    ['4号台账分解', 'ask'],
    ['4号台账分解了吗', 'query.item'],
    ['配套政策分解任务，八成五了', 'ledger.progress'],
    ['4号台账还没分解：计财科60项，高新科40项', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0401' })).toBe(meant);
  });
});
