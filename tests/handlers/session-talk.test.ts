import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const MONDAY = '2013-05-27T09:00:00+08:00';

describe('没有的场次', () => {
  test('moving or calling off what is not there arranges nothing, and says that there is none', async () => {
    const world = await openWorld({ now: MONDAY });

    expect((await world.says('U0501', '周四学习改到四点'))[0]).toBe(
      '5月30日（星期四）没有学习场次。您要改哪一场学习？请写明日期或主题。',
    );
    await world.says('U0501', '取消');
    expect((await world.says('L03', '下周二上午全局学习取消'))[0]).toBe(
      '6月4日（星期二）没有学习场次。您要取消哪一场学习？请写明日期或主题。',
    );
    expect(await world.db.client.session.count()).toBe(1);
  });
});

describe('我的请假', () => {
  test('one sees how one’s leaves stand and by whom; asking about them asks for none', async () => {
    const world = await openWorld({ now: MONDAY });
    expect(await world.says('U0503', '我的请假')).toEqual(['您近一个月没有请假。']);
    await world.says('U0503', '周四下午请半天事假，送孩子');
    expect((await world.says('U0503', '我的假批了吗'))[0]).toContain('5月30日（星期四）下午事假（待龚海波审批）');
    await world.says('U0501', '不同意，要迎检');

    expect((await world.says('U0503', '我请的假批了没'))[0]).toBe(
      '您近一个月及以后的请假1次：\n5月30日（星期四）下午事假（未批准，龚海波：要迎检）',
    );
    expect((await world.says('U0501', '雷鸣的假批了吗'))[0]).toContain('雷鸣近一个月及以后的请假1次');
    expect((await world.says('U0502', '雷鸣的假批了吗'))[0]).toContain('您没有“我的请假”权限');
    expect(await world.db.client.leave.count()).toBe(1);
  });

  test('leave granted after the start is no absence of somebody who came', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await world.says('U0503', '请假，今天的学习去不了，送材料');
    await world.says('U0502', '请假，今天的学习去不了，送材料');
    world.at('2013-05-14T08:40:00+08:00');
    await world.says('U0503', '签到');

    expect((await world.says('U0501', '准假 雷鸣'))[0]).not.toContain('考勤仍记缺席');
    expect((await world.says('U0501', '准假 温静'))[0]).toContain('事后批假，考勤仍记缺席');
  });
});

describe('开关的期限', () => {
  test('a term in plain words is kept, though the name of the switch has 到 in it as well', async () => {
    const world = await openWorld({ now: MONDAY });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });

    expect((await world.says('U0702', '打开签到定位，到6月底，理由：党组会研究决定'))[0]).toContain(
      '，至2013年6月30日。',
    );
    expect(await world.db.client.setting.findMany()).toMatchObject([{ key: 'location', until: '2013-06-30' }]);
  });
});

test('纸质补录 and 早退 in the words convenors use', async () => {
  const world = await openWorld({ now: '2013-05-14T08:40:00+08:00' });

  expect((await world.says('L03', '代签 温静 雷鸣'))[0]).toContain('已补录纸质签到2人');
  world.at('2013-05-14T09:50:00+08:00');
  expect((await world.says('L03', '雷鸣9点半走的'))[0]).toContain('雷鸣09:30离开');
});
