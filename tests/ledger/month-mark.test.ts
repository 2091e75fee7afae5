import { describe, expect, test } from 'vitest';
import { figureSaid } from '#bot/language/figure-set.ts';
import { openWorld } from '../support/world.ts';

const opened = async (now: string) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const says = async (text: string, from = 'U0501') => (await world.says(from, text))[0] ?? '';
  return { world, says };
};

describe('月度上报截止时间（R45、Q1）', () => {
  test.each([
    ['月度上报截止时间改为18时', 18],
    ['月度台账上报截止改到18点', 18],
    ['台账上报截止时间设为每月28日下午6点', 18],
    ['请把每月总结报送截止时间调整为二十时', 20],
    ['月报上报截止定在17:00', 17],
    ['从本月起，上报截止提前到28日18时', 18],
    ['上报截止时间恢复默认', 24],
    ['修改月度上报截止时间', undefined],
  ])('「%s」', (text, value) => {
    expect(figureSaid(text)).toEqual({ key: 'monthMark', ...(value !== undefined && { value }) });
  });

  test.each(['月度台账上报截止了', '上报截止时间是几点', '截止18时报了三家', '上报截止前报齐'])(
    '「%s」 sets nothing',
    (text) => expect(figureSaid(text)).toBeNull(),
  );

  test('as it stands the 28th counts whole; set to 18:00 what comes later is 逾期, kept all the same, and every notice says so', async () => {
    const { world, says } = await opened('2013-05-24T10:00:00+08:00');
    expect(await says('月度上报截止时间改为18时')).toBe('您没有“数值设置”权限，该操作由活动办办理。');
    expect(await says('月度上报截止时间改为9时', 'U0702')).toContain('没有改动：月度上报截止时间应为12至24时');

    expect(await says('月度上报截止时间改为18时', 'U0702')).toBe(
      '已改：月度上报截止时间24→18时，每月28日18时前报送的为按时，之后照收，记逾期，未截止的月份起适用，已截止的不变。十分钟内可发“撤销”收回。',
    );
    expect(await says('日程 5月')).toContain('5月28日（星期二）18:00　月度工作台账上报截止');
    world.at('2013-05-28T17:59:00+08:00');
    expect(await says('提交台账，其余未报')).toContain('按时报送');
    world.at('2013-05-28T18:00:00+08:00');
    expect(await says('提交台账，其余未报')).toContain('逾期报送');
    await world.passUntil('2013-05-29T09:00:00+08:00');
    expect(world.toldTo('U0702').join()).toContain(
      '5月份总结已于5月28日18时截止：应报3个科室（单位），按时0个，逾期1个',
    );
  });

  test('a month that is over is judged by what held on its 28th', async () => {
    const { world, says } = await opened('2013-04-28T20:00:00+08:00');
    expect(await says('提交台账，其余未报')).toContain('4月28日（星期日）20:00，按时报送');
    world.at('2013-05-03T10:00:00+08:00');
    await says('月度上报截止时间改为18时', 'U0702');

    expect(await says('四月份总结：完成技术合同登记12项，存在人手不足，下月抓紧推进。')).toContain('逾期报送');
    const reports = await world.db.client.monthReport.findMany({ select: { late: true }, orderBy: { id: 'asc' } });
    expect(reports).toEqual([{ late: false }, { late: true }]);
    await says('撤销');
    expect(await says('谁没报', 'L01')).toContain('已报0个');
  });
});

describe('谁是负责人（R45、2.7）', () => {
  test('a unit whose head the roster tells by role alone is reminded, asked and told as any other', async () => {
    const { world, says } = await opened('2013-05-22T10:00:00+08:00');
    await world.db.client.department.update({ where: { code: 'GXK' }, data: { headId: null } });
    await says('委托温静代报台账');

    expect(await says('提交台账，其余未报', 'U0502')).toContain('已送科室（单位）负责人确认');
    expect(world.toldTo('U0501').at(-1)).toContain('温静受托填好高新技术发展及产业化科5月份台账2项');
    await world.passUntil('2013-05-28T09:00:00+08:00');
    expect(world.toldTo('U0501').join()).toContain('请高新技术发展及产业化科于5月28日18时前完成5月份工作台账上报');
    expect(await says('同意')).toContain('已提交：高新技术发展及产业化科5月份台账2项');
  });

  test('where the head named has left, who holds the role is the head; where nobody does, that is said', async () => {
    const { world, says } = await opened('2013-05-22T10:00:00+08:00');
    await says('委托温静代报台账');
    await world.db.client.person.update({ where: { id: 'u0501' }, data: { leftOn: '2013-05-21' } });
    expect(await says('提交台账，其余未报', 'U0502')).toBe(
      '没有提交：花名册中高新技术发展及产业化科没有负责人，无人确认，请联系活动办。',
    );

    await world.db.client.person.update({ where: { id: 'u0503' }, data: { roles: '["head"]' } });
    expect(await says('提交台账，其余未报', 'U0502')).toContain('已送科室（单位）负责人确认');
    expect(world.toldTo('U0503').at(-1)).toContain('请您确认提交');
  });
});
