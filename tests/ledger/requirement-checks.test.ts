import { describe, expect, test } from 'vitest';
import { dayOf, isWorkday, timeOf } from '#bot/calendar.ts';
import { importLedger } from '#bot/import/ledger.ts';
import { record } from '#bot/store/facts.ts';
import { recount } from '#bot/store/recount.ts';
import escalateOverdue from '#jobs/escalate-overdue.ts';
import remindLedgerDue from '#jobs/remind-ledger-due.ts';
import remindMonthReport from '#jobs/remind-month-report.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';
type World = Awaited<ReturnType<typeof openWorld>>;
const item = (world: World, code = 'K3-4') => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code } });

describe('要求里写的说法（R42、R44、R46、R47、R90、R95）', () => {
  test.each([
    'U0502 05-16 进度 K3-4 新增1 河南某实验室获批 => ledger.progress item=K3-4 increment=1',
    'U0502 05-16 进度 K3-4 新增1个，河南某实验室获批 => ledger.progress item=K3-4 increment=1',
    'U0502 05-16 进度 8号台账 累计2 => ledger.progress item=K3-4 quantity=2',
    'U0502 05-16 进度 J-1 60% => ledger.progress item=J-1 percent=60',
    'U0502 05-16 进度 K3-4 2 => ask',
    'U0502 05-16 进度 K3-4 => query.item item=K3-4',
    'L01 05-16 台账 局 => query.ledger scope=bureau status=all',
    'L03 05-16 台账 我 => query.ledger scope=me status=all',
    'U0501 05-16 台账 高新科 => query.ledger scope=department:GXK status=all',
    'U0502 05-16 申请验收 K3-4 => ledger.complete item=K3-4',
    'U0401 05-16 申请调整 K2-1 目标 90 理由省里压减 => ledger.retarget item=K2-1 target=90',
    'U0401 05-16 申请调整 K2-1 时限 2014年1月31日 理由省里推迟 => ledger.extend item=K2-1 deadline=2014-01-31',
    'L01 05-16 情况 => query.standing scope=bureau month=2013-05',
    'L01 05-16 查 高新科 => query.ledger scope=department:GXK status=all',
    'L01 05-16 查 K3-4 => query.item item=K3-4',
    'L01 05-16 谁没报 => query.unreported month=2013-05',
    'L01 05-16 红灯 => query.ledger scope=bureau status=overdue light=red',
    'L01 05-16 本周学习 => query.week week=2013-W20',
    'L01 05-16 三季度 互评 => query.ranking quarter=2013-Q3',
    'U0201 05-16 导出 台账 3月 => export.file what=ledger scope=bureau month=2013-03',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());
});

describe('时间节点（R41）', () => {
  test('seven, three, one workdays before and on the day the owner hears; one after the owner and the head, three the deputy, five the chief', async () => {
    const world = await openWorld({ now: '2013-05-02T10:00:00+08:00', jobs: [remindLedgerDue, escalateOverdue] });
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { deadline: '2013-05-14' } });
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-12-31' } });
    await world.app.tick();
    const heard: string[] = [];
    for (const day of [3, 6, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22]) {
      const before = world.wecom.sent.length;
      world.at(`2013-05-${String(day).padStart(2, '0')}T08:50:00+08:00`);
      await world.app.tick();
      heard.push(...world.wecom.sent.slice(before).map(({ to, text }) => `${day} ${to} ${stage(text)}`));
    }

    expect(heard.sort((one, other) => Number(one.split(' ')[0]) - Number(other.split(' ')[0]))).toEqual([
      '3 u0502 还有7个工作日',
      '9 u0502 还有3个工作日',
      '13 u0502 还有1个工作日',
      '14 u0502 今日到期',
      '15 u0502 已逾期1个工作日',
      '15 u0501 已逾期1个工作日',
      '17 l03 已逾期3个工作日',
      '21 l01 已逾期5个工作日',
    ]);
    expect(world.toldTo('L03').at(-1), 'in the words of 3.1').toContain('已逾期3个工作日，请说明原因并提出完成时间。');
  }, 120_000);
});
const stage = (text: string): string => /还有\d个工作日|今日到期|已逾期\d个工作日/.exec(text)?.[0] ?? text;

describe('进度（R42）', () => {
  test('deltas 1+1 and a cumulative 2 give the same state; 撤回 restores exactly', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const state = async () => {
      const { updatedAt: _, ...rest } = await item(world);
      return rest;
    };

    await world.says('U0502', 'K3-4累计2个');
    const total = await state();
    await world.says('U0502', 'K3-4新增1个');
    await world.says('U0502', '撤回');
    expect(await state()).toEqual(total);
    await world.says('U0502', '撤回');
    for (const text of ['K3-4新增1个', 'K3-4新增1个']) await world.says('U0502', text);
    expect(await state()).toEqual(total);
  });

  test('a bare count is asked about, and a tap on either answer records just that; evidence that is lacking is said', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { evidence: '批准建设文件' } });
    await world.says('U0502', 'K3-4累计1个');

    expect((await world.says('U0502', '进度 K3-4 2'))[0]).toContain('是新增2个，还是累计2个？');
    expect(await item(world)).toMatchObject({ quantity: 1 });
    expect((await world.says('U0502', '累计2个'))[0]).toBe(
      '已记录：8号台账《新建市级重点实验室3个》1→2/3个（66.7%）。佐证“批准建设文件”未附。十分钟内可发“撤销”收回。',
    );
  });
});

describe('三级台账（R44）', () => {
  const row = (no: number, code: string, parent: string) => [
    ...[String(no), code, '科室', '重点工作', `事项${code}`, '柳文涛', '高新科', '温静', '2013-12-31', parent],
  ];
  const heading = '序号 编号 级别 类别 事项 责任领导 责任科室 责任人 完成时限 上级编号'.split(' ');
  const load = (world: World, ...rows: string[][]) =>
    world.db.write((tx) => importLedger(tx, [[heading, ...rows]], '2013-05-14'));

  test('a parent that would become its own child is refused, row by row, and nothing of the file is kept', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const before = await world.db.client.ledgerItem.count();

    await expect(load(world, row(21, 'P1', 'P1'))).rejects.toThrow('第2行 上级编号: “P1”是它自己的下级，成了循环');
    await expect(load(world, row(21, 'P1', 'P3'), row(22, 'P2', 'P1'), row(23, 'P3', 'P2'))).rejects.toThrow(
      '成了循环',
    );
    expect(await world.db.client.ledgerItem.count()).toBe(before);

    await load(world, row(21, 'P1', ''), row(22, 'P2', 'P1'));
    // Through what is in the ledger already.
    await expect(load(world, row(21, 'P1', 'P2'))).rejects.toThrow('第2行 上级编号: “P2”是它自己的下级，成了循环');
    expect(await item(world, 'P1')).toMatchObject({ parentCode: null, split: true });
  });

  test('a report on a part moves the item above it within the same transaction, and back with it', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
    await world.says('U0702', '8号台账分解：高新科2个，社发科1个');
    const told = { kind: 'reported' as const, personId: 'u0502', at: world.now(), quantity: 2 };

    const failing = world.db.write(async (tx) => {
      await record(tx, 'K3-4-1', told);
      expect(await tx.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({ quantity: 2, percent: 66.7 });
      throw new Error('fails');
    });

    await expect(failing).rejects.toThrow('fails');
    expect(await item(world)).toMatchObject({ quantity: null, percent: null });
  });

  test('over its parts a figure is set by hand by whoever keeps the item, marked, and given back to the sum', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
    await world.says('U0702', '8号台账分解：高新科2个，社发科1个');
    await world.says('U0502', 'K3-4-1累计1个');

    expect((await world.says('U0502', '更正8号台账累计3个，原因另有两家未分解'))[0]).toContain('数字由下级事项汇总');
    expect((await world.says('U0501', '更正8号台账累计3个，原因另有两家未分解'))[0]).toBe(
      '已更正：8号台账《新建市级重点实验室3个》1→3/3个（100%），原数和原因保留。手工填报，不再由下级汇总，恢复请发“更正8号台账恢复汇总，原因……”。十分钟内可发“撤销”收回。',
    );
    // What the parts tell from now on is theirs alone.
    await world.says('U0502', 'K3-4-1累计2个');
    expect(await item(world)).toMatchObject({ quantity: 3, byHand: true });
    expect((await world.says('L03', 'K3-4'))[0]).toContain('3/3个（100%）（手工填报）');
    await world.says('L01', '导出台账');
    expect(world.wecom.papers.pop()?.bytes.toString('utf8')).toContain('"3个（手工填报）"');
    expect((await world.db.read(recount)).differences).toEqual([]);

    expect((await world.says('L03', '更正8号台账恢复汇总，原因下级已补报'))[0]).toContain(
      '3→2/3个（66.7%），原数和原因保留。恢复由下级汇总。',
    );
    await world.says('U0702', 'K3-4-2累计1个');
    expect(await item(world)).toMatchObject({ quantity: 3, byHand: false });
    expect((await world.says('L03', '更正8号台账恢复汇总，原因下级已补报'))[0]).toContain('没有手工填报过');
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('a figure set by hand is not given back to the sum while its acceptance waits, nor afterwards (R42, R44)', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
    await world.says('U0702', '8号台账分解：高新科2个，社发科1个');
    await world.says('U0502', 'K3-4-1累计1个');
    await world.says('U0501', '更正8号台账累计3个，原因另有两家未分解');
    const back = async () => (await world.says('L03', '更正8号台账恢复汇总，原因下级已补报'))[0];
    const happens = (kind: 'applied' | 'accepted') =>
      world.db.write((tx) => record(tx, 'K3-4', { kind, personId: 'u0501', at: world.now() }));

    await happens('applied');
    expect(await back()).toBe('没有更正：该事项正在等待验收，请先请验收人退回。');
    await happens('accepted');
    expect(await back()).toBe('没有更正：该事项已通过验收，不再改动。');
    expect(await item(world)).toMatchObject({ quantity: 3, byHand: true });
  });

  test('a leader sees exactly the units he is in charge of on that day', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const ask = async (id: string) => (await world.says(id, '分管的台账'))[0];
    expect(await ask('L03')).toContain('您分管的共2项');
    expect(await ask('L04')).toBe('您分管的没有台账事项。');

    await world.db.client.department.update({ where: { code: 'GXK' }, data: { leaderId: 'l04' } });
    await world.db.client.ledgerItem.updateMany({ data: { leaderId: null } });

    expect(await ask('L03')).toBe('您分管的没有台账事项。');
    expect(await ask('L04')).toContain('您分管的共2项');
    expect((await world.says('L03', '查 高新科'))[0]).toContain('没有“查看台账”权限');
  });
});

describe('每月28日前上报（R45）', () => {
  test('on Sunday 28 April, a workday, both reminders go out that day, in the words of 3.1; who handed in gets none', async () => {
    const world = await openWorld({ now: '2013-04-27T17:00:00+08:00', jobs: [remindMonthReport] });
    const head = { roles: '["head"]' };
    await world.db.client.person.update({ where: { id: 'u0702' }, data: head });
    await world.app.tick();
    await world.says('U0702', '四月份总结：完成技术合同登记12项，存在人手不足，下月抓紧推进。');
    for (const time of ['09:01', '15:01']) {
      world.at(`2013-04-28T${time}:00+08:00`);
      await world.app.tick();
    }

    const told = world.toldTo('U0501').filter((text) => text.includes('工作台账上报'));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain('请高新技术发展及产业化科于4月28日18时前完成4月份工作台账上报（当前未报事项2项');
    expect(told.join()).not.toMatch(/务必|！|!/);
    expect(world.toldTo('U0702').filter((text) => text.includes('工作台账上报'))).toEqual([]);
  });
});

describe('验收与调整（R46、R47）', () => {
  test('below its target work is not handed in, unless a lower target was agreed to', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.says('U0502', 'K3-4累计2个');
    expect((await world.says('U0502', '申请验收 K3-4'))[0]).toContain('未达目标');

    await world.says('U0501', '申请调整 K3-4 目标 2 理由一家撤销');
    expect((await world.says('U0502', '申请验收 K3-4'))[0]).toContain('未达目标');
    await world.says('L03', '同意');

    expect((await world.says('U0502', '申请验收 K3-4'))[0]).toContain('已申请验收');
  });

  test('another term needs a reason and a day to come; after the due day the chief decides; exports show 原定 and 现定', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    expect((await world.says('U0501', '申请调整 K3-4 时限 5月10日 理由评审推迟'))[0]).toContain('没有受理：');
    expect((await world.says('U0501', '申请调整 K3-4 时限 10月31日 理由评审推迟'))[0]).toContain('已送柳文涛审批');
    await world.says('L03', '同意');
    expect((await world.says('U0501', '申请调整 K1-3 时限 6月30日 理由等省里文件'))[0]).toContain(
      '已送郑国栋审批：3号台账《制定创新驱动发展配套政策并分解任务》时限5月10日（星期五）→6月30日（星期日）（已到期，由局主要领导审批）',
    );
    await world.says('U0501', '申请调整 K3-4 目标 2 理由一家撤销');
    await world.says('L03', '同意');
    await world.says('U0501', '导出台账');

    const { groups } = JSON.parse(world.wecom.papers[0]?.bytes.toString('utf8') ?? '');
    const rows: { code: string }[] = groups.flatMap((group: { rows: object[] }) => group.rows);
    expect(rows.find(({ code }) => code === 'K3-4')).toMatchObject({
      ...{ goal: '2个（原定3个）', deadline: '2013年10月31日（原定2013年8月31日）' },
    });
  });
});

describe('安静时段（R91）', () => {
  test('over the closing days of a month nothing the clock says goes out at night or on a rest day', async () => {
    const world = await openWorld({ now: '2013-05-24T17:00:00+08:00' });
    await world.passUntil('2013-05-29T10:00:00+08:00');

    const sent = await world.db.client.outbox.findMany({ where: { broadcast: true, sentAt: { not: null } } });
    expect(sent.length).toBeGreaterThan(10);
    for (const { key, sentAt } of sent) {
      const at = sentAt ?? new Date(0);
      expect(isWorkday(dayOf(at)), key).toBe(true);
      expect(timeOf(at) >= '08:00' && timeOf(at) < '18:30', `${key} ${timeOf(at)}`).toBe(true);
    }
  });
});

describe('消息里省下的（R64、R97）', () => {
  test('a calendar with many items due counts those it leaves out; the file has them all', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const due = { level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
    await world.db.client.ledgerItem.createMany({
      data: Array.from({ length: 11 }, (_, n) => ({
        ...{ ...due, code: `C${n}`, no: 50 + n, title: `专项${n}`, deadline: `2013-06-${String(n + 10)}` },
      })),
    });

    const [answer = ''] = await world.says('U0501', '日程 6月');
    expect(answer.match(/号《专项\d+》到期/g)).toHaveLength(8);
    expect(answer).toContain('另有3项台账到期，全部见导出的日程。');
    await world.says('U0501', '导出日程 6月');
    expect(world.wecom.papers[0]?.bytes.toString('utf8').match(/号《专项\d+》到期/g)).toHaveLength(11);
  });

  test('a ranking longer than a message can be says how many it leaves out', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const { client } = world.db;
    await client.person.createMany({
      data: Array.from({ length: 70 }, (_, n) => ({
        ...{ id: `x${n}`, userid: `X${n}`, name: `同事${n}`, departmentCode: 'GXK', title: '科员', roles: '["staff"]' },
      })),
    });
    await client.setting.create({
      data: {
        ...{ key: 'ranking', value: 'on', reason: '评选', byId: 'u0702', at: new Date(NOON) },
        ...{ approvedBy: 'l01', approvedAt: new Date(NOON), until: '2013-06-30' },
      },
    });

    const said = (await world.says('L01', '本月个人出勤排名')).join('\n');
    const people = await client.person.count();
    expect(said.match(/\d+\. /g)).toHaveLength(60);
    expect(said).toContain(`另有${people - 60}人名次在后，没有列出。`);
  });
});
