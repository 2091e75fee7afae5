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
      '雷鸣请假：5月14日（星期二）08:30《十八大报告专题辅导》。原因：明天学习参加不了，去郑州送材料。可回“准假 雷鸣”，不批请写明“不批 雷鸣 原因”。请回复“同意”或“不同意”。',
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

  test('leave can be taken back until somebody decided', async () => {
    const world = await openWorld({ now: EVENING });
    await world.says('U0503', '请假，下乡');

    expect(await world.says('U0503', '撤销')).toEqual(['已撤销：请假。']);
    await world.says('U0503', '请假，下乡');
    await world.says('U0501', '准假 雷鸣');
    expect((await world.says('U0503', '撤销'))[0]).toContain('已有人办理，不能撤销');
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
