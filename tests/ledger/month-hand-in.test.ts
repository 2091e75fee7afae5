import { describe, expect, test } from 'vitest';
import { dayOf } from '#bot/calendar.ts';
import remindMonthReport from '#jobs/remind-month-report.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
type World = Awaited<ReturnType<typeof openWorld>>;
const reports = (world: World) => world.db.client.monthReport.findMany({ where: { undoneAt: null } });

describe('月度台账逐项上报（R45）', () => {
  test.each([
    'U0501 05-21 报台账 => month.items',
    'U0501 05-21 我要报台账 => month.items',
    'U0501 05-21 填报本月台账 => month.items month=2013-05',
    'U0501 05-21 5月份台账上报 => month.items month=2013-05',
    'U0501 05-21 8号台账本月无变化 => month.line item=K3-4 done=本月无变化',
    'U0501 05-21 K3-4、K3-1本月无变化 => month.line item=K3-4 done=本月无变化 + month.line item=K3-1 done=本月无变化',
    'U0501 05-21 K3-4这个月没有变化 => month.line item=K3-4 done=本月无变化',
    'U0501 05-21 K3-4存在问题：场地没落实；下一步打算：会同开发区选址 => month.line item=K3-4 problems=场地没落实 plans=会同开发区选址',
    'U0501 05-21 8号台账下一步：抓紧申报 => month.line item=K3-4 plans=抓紧申报',
    'U0501 05-21 提交台账 => month.submit',
    'U0501 05-21 提交本月台账，其余未报 => month.submit rest=true',
    'U0501 05-21 提交自检 => check.submit',
    'U0501 05-21 台账提交了吗 => query.ledger scope=department:GXK status=all',
    'U0501 05-21 别报台账了 => none | ask',
    'U0501 05-21 K3-4本月无变化吗？ => none | ask | query.item item=K3-4',
    'U0501 05-21 听说K3-4本月无变化 => none | ask',
    'U0501 05-21 K3-4累计2个，存在问题：场地没落实 => ledger.progress item=K3-4 quantity=2',
    'U0501g 05-21 报台账 => none',
    'U0501g 05-21 K3-4本月无变化 => none | ask',
    'L01 05-21 台账怎么样 => query.ledger scope=bureau status=all | query.standing scope=bureau',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('it is drafted from what was told: only what is missing is asked for, then the head hands it in', async () => {
    const world = await openWorld({ now: '2013-05-14T12:00:00+08:00', jobs: [] });
    await world.says('U0502', 'K3-4累计1个，省厅批了一家');
    world.at('2013-05-21T10:00:00+08:00');

    expect((await world.says('U0501', '报台账'))[0]).toBe(
      [
        '高新技术发展及产业化科5月份台账2项，已有内容1项。',
        '3号《制定创新驱动发展配套政策并分解任务》未报（上月遗留）：未填',
        '8号《新建市级重点实验室3个》1/3个（33.3%）（上月遗留）：5月14日K3-4累计1个，省厅批了一家',
        '未填1项：3号。请发“3号台账本月无变化”，或“3号台账存在问题：……；下一步打算：……”。',
      ].join('\n'),
    );
    expect((await world.says('U0501', '提交台账'))[0]).toBe(
      '没有提交：高新技术发展及产业化科5月份台账还有1项未填：3号。请逐项填写（如“3号台账本月无变化”），或发“提交台账，其余未报”。',
    );
    // Staff may draft, the head hands in.
    expect((await world.says('U0502', '3号台账存在问题：等省里文件；下一步打算：先拟初稿'))[0]).toBe(
      '已记录5月份3号台账《制定创新驱动发展配套政策并分解任务》：存在问题：等省里文件；下一步打算：先拟初稿。各项已有内容，可发“提交台账”。十分钟内可发“撤销”收回。',
    );
    expect((await world.says('U0502', '提交台账'))[0]).toContain('您没有“提交月度台账”权限');
    expect((await world.says('U0501', '提交台账'))[0]).toBe(
      '已提交：高新技术发展及产业化科5月份台账2项，5月21日（星期二）10:00，按时报送。十分钟内可发“撤销”收回。',
    );
    expect((await reports(world)).map(({ text, late }) => ({ text, late }))).toEqual([
      {
        late: false,
        text: '3号《制定创新驱动发展配套政策并分解任务》未报（上月遗留）：存在问题：等省里文件；下一步：先拟初稿\n8号《新建市级重点实验室3个》1/3个（33.3%）（上月遗留）：5月14日K3-4累计1个，省厅批了一家',
      },
    ]);
  });

  test('up to the 19th the month before is still to be handed in: its items are filled in by its name (R45, G9)', async () => {
    const world = await openWorld({ now: '2013-05-14T12:00:00+08:00', jobs: [] });

    expect((await world.says('U0501', '报台账'))[0]).toContain(
      '请发“4月份3号台账无变化”，或“4月份3号台账存在问题：……；下一步打算：……”。',
    );
    expect((await world.says('U0501', '提交台账'))[0]).toContain('（如“4月份3号台账无变化”）');
    expect((await world.says('U0501', '3号台账本月无变化'))[0]).toContain('已记录5月份3号台账');
    expect((await world.says('U0501', '4月份3号台账存在问题：等文件；下一步打算：先拟稿'))[0]).toContain(
      '已记录4月份3号台账《制定创新驱动发展配套政策并分解任务》：存在问题：等文件；下一步打算：先拟稿。还有1项未填：8号。',
    );
    await world.says('U0501', '4月份8号台账无变化');
    expect((await world.says('U0501', '报5月份台账'))[0]).toContain('5月份台账2项，已有内容1项。');
    expect((await world.says('U0501', '2月份8号台账无变化'))[0]).toContain('只能填报本月和上月的台账');

    expect((await world.says('U0501', '提交台账'))[0]).toBe(
      '已提交：高新技术发展及产业化科4月份台账2项，5月14日（星期二）12:00，逾期报送。十分钟内可发“撤销”收回。',
    );
    const select = { month: true, itemCode: true };
    expect(await world.db.client.monthLine.findMany({ select, orderBy: { id: 'asc' } })).toEqual([
      { month: '2013-05', itemCode: 'K1-3' },
      { month: '2013-04', itemCode: 'K1-3' },
      { month: '2013-04', itemCode: 'K3-4' },
    ]);
  });

  test('what is left is handed in as 未报 where that is said; problems and plans stand in the workbook', async () => {
    const world = await openWorld({ now: '2013-05-21T10:00:00+08:00', jobs: [] });
    await world.says('U0501', 'K3-4存在问题：场地没落实；下一步打算：会同开发区选址');

    expect((await world.says('U0501', '提交台账，其余未报'))[0]).toContain('台账2项，其中未报1项：3号，');
    await world.says('U0501', '导出台账');

    const { groups } = JSON.parse(world.wecom.papers[0]?.bytes.toString('utf8') ?? '');
    const rows = groups.flatMap((group: { rows: object[] }) => group.rows);
    expect(rows.find(({ code }: { code: string }) => code === 'K3-4')).toMatchObject({
      problems: '场地没落实',
      plans: '会同开发区选址',
    });
    await world.says('U0501', '撤销');
    expect(await reports(world)).toEqual([]);
  });

  test.each([
    ['2013-04', ['04-25 09:00', '04-27 16:00', '04-28 09:00', '04-28 15:00']],
    ['2013-07', ['07-23 09:00', '07-25 16:00', '07-26 09:00', '07-26 15:00']],
    ['2013-09', ['09-24 09:00', '09-26 16:00', '09-27 09:00', '09-27 15:00']],
  ])('in %s reminders go out at %s and at no other time', (month, wanted) => {
    const days = Array.from({ length: 30 }, (_, n) => `${month}-${String(n + 1).padStart(2, '0')}`);
    const slots = days.flatMap((day) => remindMonthReport.slotsOn(day, { sessions: [] }));
    const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
    expect(slots.map(local)).toEqual(wanted);
    expect(slots.every((at) => dayOf(at).startsWith(month))).toBe(true);
  });

  test('on the 20th every head that has not handed in hears that the month is open, with what it carries over, among the morning’s duties (R45, J18)', async () => {
    const world = await openWorld({ now: '2013-06-20T08:00:00+08:00' });
    const { client } = world.db;
    const own = { departmentCode: 'GXK', acceptedAt: null, completedAt: null, endedAt: null, split: false };
    await client.ledgerItem.updateMany({ where: { code: 'K3-4' }, data: { openedOn: '2013-05-10' } });
    const [items, carried] = await Promise.all([
      client.ledgerItem.count({ where: own }),
      client.ledgerItem.count({ where: { ...own, openedOn: { lt: '2013-06-01' } } }),
    ]);

    await world.passUntil('2013-06-20T09:30:00+08:00');

    const opened = world.toldTo('U0501').filter((text) => text.includes('开始填报'));
    expect(opened).toHaveLength(1);
    expect(opened[0]).toContain(
      `6月份工作台账开始填报，请高新技术发展及产业化科于6月28日18时前提交：未办结事项${items}项，其中上月遗留${carried}项。`,
    );
    expect(carried).toBeGreaterThan(0);
    expect(world.toldTo('U0502').some((text) => text.includes('开始填报'))).toBe(false);
  });

  test('handed in on Sunday 28 July at 23:00 it is on time, the day after it is late; who handed in is not reminded', async () => {
    const world = await openWorld({ now: '2013-07-22T10:00:00+08:00' });
    await world.says('U0501', '提交台账，其余未报');
    await world.passUntil('2013-07-28T23:00:00+08:00');
    expect(world.toldTo('U0501').filter((text) => text.includes('工作台账上报'))).toEqual([]);
    expect((await world.says('U0501', '提交台账，其余未报'))[0]).toContain('7月28日（星期日）23:00，按时报送');

    const other = await openWorld({ now: '2013-07-29T09:30:00+08:00' });
    expect((await other.says('U0501', '提交台账，其余未报'))[0]).toContain('逾期报送');
    expect(await reports(other)).toMatchObject([{ month: '2013-07', late: true }]);
  });
});
