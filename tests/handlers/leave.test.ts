import { describe, expect, test } from 'vitest';
import { approverOf } from '#bot/domain/leave.ts';
import { EXPORTS } from '#bot/export/records.ts';
import { openWorld } from '../support/world.ts';

const EVENING = '2013-05-13T17:00:00+08:00';

describe('请假与审批', () => {
  test('a clerk asks, the head hears the reason and grants it, the clerk hears that, and attendance shows leave', async () => {
    const world = await openWorld({ now: EVENING });

    expect(await world.says('U0503', '请假，明天学习参加不了，去郑州送材料')).toEqual([
      '已送龚海波审批：5月14日（星期二）08:30《十八大报告专题辅导》请假。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0501')).toEqual([
      '雷鸣请假：5月14日（星期二）08:30《十八大报告专题辅导》。原因：去郑州送材料。可回“准假 雷鸣”，不批请写明“不批 雷鸣 原因”。请回复“同意”或“不同意”。',
    ]);
    expect(await world.says('U0501', '准假 雷鸣')).toEqual([
      '已准假：雷鸣，5月14日（星期二）08:30《十八大报告专题辅导》，已告知本人。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0503').at(-1)).toBe('您5月14日（星期二）08:30《十八大报告专题辅导》的请假已获批准。');

    const now = new Date('2013-05-15T00:00+08:00');
    const records = await world.db.read((client) => EXPORTS.attendance.collect(client, { now }));
    expect(records.find(({ userid }) => userid === 'U0503')).toMatchObject({ status: 'leave' });
    expect(records).toHaveLength(7);
  });

  test('nobody but the approver the ranks name may decide, and is told nothing of the leave', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');

    for (const id of ['U0503', 'U0502', 'L04', 'L01'])
      expect(await world.says(id, '准假 雷鸣')).toEqual(['您没有“准假”权限，该操作由请假人的上级领导办理。']);
    expect(await world.says('L04', '准假 温静')).toEqual(['您没有“准假”权限，该操作由请假人的上级领导办理。']);

    expect(await world.db.client.leave.findFirst()).toMatchObject({ state: 'pending' });
  });

  test('a refusal carries its reason, and decided after the start an absence stays one', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');
    await world.says('U0502', '请假，看病');

    await world.says('U0501', '不批 雷鸣 材料改走机要');
    world.at('2013-05-14T08:31:00+08:00');
    expect((await world.says('U0501', '准假 温静'))[0]).toContain('事后批假');

    expect(world.toldTo('U0503').at(-1)).toContain('未获批准：材料改走机要');
    const now = new Date('2013-05-15T00:00+08:00');
    const records = await world.db.read((client) => EXPORTS.attendance.collect(client, { now }));
    expect(records.map(({ status }) => status)).not.toContain('leave');
  });

  test('why somebody is away is told to that person, the superior and the office, in private, and to nobody else', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，明天学习参加不了，去郑州送材料');
    const told = '雷鸣近一个月请假1次：\n5月14日（星期二）08:30《十八大报告专题辅导》（待审批）：去郑州送材料';

    for (const words of ['雷鸣为什么请假', '雷鸣请假的原因是什么', '看看雷鸣的请假事由', '雷鸣请假因为啥事'])
      expect(await world.says('U0501', words)).toEqual([told]);
    expect(await world.says('U0503', '我请假的理由是什么来着')).toEqual([told]);
    for (const id of ['U0502', 'L04'])
      expect(await world.says(id, '雷鸣为什么请假')).toEqual([
        '您没有“查看请假原因”权限，该操作由本人、审批领导或活动办办理。',
      ]);
    expect(await world.says('U0501', '温静请假的原因')).toEqual(['温静近一个月没有请假记录。']);
  });

  test('leave can be taken back until somebody decided', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');

    expect(await world.says('U0503', '撤销')).toEqual(['已撤销：请假。']);
    await world.says('U0503', '请假，下乡');
    await world.says('U0501', '准假 雷鸣');
    expect((await world.says('U0503', '撤销'))[0]).toContain('已有人办理，不能撤销');
  });

  test('a leave by days is recorded with its kind, shows in attendance, and 销假 ends it', async () => {
    const world = await openWorld({ now: EVENING });

    expect(await world.says('U0503', '5月14日到16日请病假，住院检查')).toEqual([
      '已送龚海波审批：5月14日（星期二）至5月16日（星期四）病假请假。十分钟内可发“撤销”收回。',
    ]);
    await world.says('U0501', '同意');
    world.at('2013-05-14T08:25:00+08:00');
    expect((await world.says('U0501', '今天学习签到情况'))[0]).toContain('请假1人（病假1人），未签到6人。请假：雷鸣。');
    expect(await world.says('U0503', '我回来上班了，销假')).toEqual([
      '已销假：5月14日（星期二）至5月16日（星期四）病假，此后的学习照常签到。十分钟内可发“撤销”恢复请假。',
    ]);
    expect(world.toldTo('U0501').at(-1)).toBe('雷鸣已销假：5月14日（星期二）至5月16日（星期四）病假。');
    expect((await world.says('U0501', '今天学习签到情况'))[0]).toContain('请假0人，未签到7人');
  });

  test('a head enters the leave of a clerk who rang; a colleague may not; after the start it is an absence granted later', async () => {
    const world = await openWorld({ now: EVENING });
    const CALLED = '代请假 雷鸣 明天的学习，病假，来电说发高烧';
    for (const id of ['U0502', 'L04', 'L03'])
      expect(await world.says(id, CALLED)).toEqual(['您没有“代请假”权限，该操作由请假人的上级领导办理。']);

    expect(await world.says('U0501', CALLED)).toEqual([
      '已代雷鸣请假并批准：5月14日（星期二）08:30《十八大报告专题辅导》，已告知本人。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0503').at(-1)).toContain('龚海波已代您请假并批准');
    expect((await world.says('U0501', CALLED))[0]).toContain('没有办理：雷鸣已请过');
    await world.says('U0501', '撤销');
    expect(world.toldTo('U0503').at(-1)).toContain('请按时参加');
    await world.says('U0501', CALLED);
    expect(await world.db.client.leave.findFirst({ where: { state: 'approved' } })).toMatchObject({
      ...{ personId: 'u0503', type: 'sick', reason: '明天的学习，病假，来电说发高烧', decidedBy: 'u0501' },
    });
    world.at('2013-05-14T08:40:00+08:00');
    expect((await world.says('U0501', '代请假 温静 今天的学习，来电说堵车'))[0]).toContain('按事后批假记，仍计缺席');
    world.at('2013-05-14T10:40:00+08:00');
    expect((await world.says('U0501', '今天考勤情况'))[0]).toContain('实到0人，请假1人（病假1人），缺席6人');
    expect(JSON.stringify(await world.db.client.audit.findMany())).not.toContain('发高烧');
  });

  test('half a day covers only sessions of that half', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '明天下午请半天事假，孩子开家长会');
    await world.says('U0502', '明天上午请半天事假，接站');
    await world.says('U0501', '准假 雷鸣');
    await world.says('U0501', '准假 温静');

    world.at('2013-05-14T11:00:00+08:00');
    expect((await world.says('U0501', '今天学习谁请假了'))[0]).toMatch(/请假1人（事假1人）.*请假：温静。$/);
  });

  test('while the approver is away the next rank up decides', async () => {
    const world = await openWorld({ now: '2013-05-10T09:00:00+08:00' });
    await world.says('U0501', '5月13日到15日请年休假');
    await world.says('L03', '同意');
    world.at(EVENING);

    expect((await world.says('U0503', '请假，下乡'))[0]).toContain('已送柳文涛审批');
    expect((await world.says('L03', '准假 雷鸣'))[0]).toContain('已准假：雷鸣');
  });

  test('granted at 14:59 for 15:00 it is leave, at 15:01 an absence granted later', async () => {
    const world = await openWorld({ now: EVENING });
    const start = new Date('2013-05-14T15:00+08:00');
    await world.db.client.session.updateMany({ data: { start, end: new Date('2013-05-14T16:00+08:00') } });
    await world.says('U0503', '请假，下乡');
    await world.says('U0502', '请假，看病');
    world.at('2013-05-14T14:59:00+08:00');
    await world.says('U0501', '准假 雷鸣');
    world.at('2013-05-14T15:01:00+08:00');
    await world.says('U0501', '准假 温静');

    world.at('2013-05-14T16:40:00+08:00');
    expect((await world.says('U0503', '我今天签到了吗'))[0]).toContain('：请假。');
    expect((await world.says('U0502', '我今天签到了吗'))[0]).toContain('：缺席（事后批假）。');
  });

  test('the reason is told to the approver only and stays out of the audit and of every list', async () => {
    const world = await openWorld({ now: EVENING });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.says('U0503', '请假，复查乙肝');
    await world.says('U0501', '同意');
    for (const [id, text] of [
      ['U0502', '明天学习请假的有谁'],
      ['L03', '明天学习请假的有谁'],
      ['U0702', '明天学习请假的有谁'],
    ] as const)
      await world.says(id, text);

    expect(world.wecom.sent.filter(({ text }) => text.includes('乙肝')).map(({ to }) => to)).toEqual(['u0501']);
    expect(JSON.stringify(await world.db.client.audit.findMany())).not.toContain('乙肝');
  });

  test('of several that wait the words must say which; all at once only if they say so', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');
    await world.says('U0503', '5月20日请一天事假，搬家');

    const which = (await world.says('U0501', '准假 雷鸣'))[0];
    expect(which).toContain('雷鸣有2件请假待批：5月14日（星期二）08:30《十八大报告专题辅导》；5月20日（星期一）事假');
    expect((await world.says('U0501', '准假 雷鸣 5月20日'))[0]).toContain('已准假：雷鸣，5月20日（星期一）事假');
    expect(await world.says('U0501', '不批 雷鸣')).toEqual([
      '没有办理：不批请写明原因，如“不批 雷鸣 当天要迎检”。这件请假继续等待审批。',
    ]);
    expect((await world.says('U0501', '准假 雷鸣'))[0]).toContain('已准假：雷鸣，5月14日');
    expect(await world.says('U0501', '准假 雷鸣')).toEqual(['没有办理：雷鸣没有待批的请假。']);
  });

  test('a decision can be taken back: the leave waits again and whoever asked hears it', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');
    await world.says('U0501', '同意');

    await world.says('U0501', '撤销');

    expect(world.toldTo('U0503').at(-1)).toContain(
      '龚海波收回了对您5月14日（星期二）08:30《十八大报告专题辅导》请假的决定',
    );
    expect((await world.says('U0501', '同意'))[0]).toContain('已准假：雷鸣');
  });

  test.each([
    ['staff', 'a', 'head'],
    ['head', 'head', 'deputy'],
    ['leader', 'deputy', 'boss'],
    ['chief', 'boss', null],
  ])('the leave of a %s goes one rank up', (role, id, approver) => {
    const boss = { id: 'boss', department: 'X', roles: ['chief'] };

    expect(
      approverOf({ id, department: 'X', roles: [role] }, [{ code: 'X', head: 'head', leader: 'deputy' }], [boss]),
    ).toBe(approver);
  });
});
