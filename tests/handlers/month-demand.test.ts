import { describe, expect, test } from 'vitest';
import { demandedOf } from '#bot/domain/month-demand.ts';
import { demandSaid } from '#bot/language/month-demand.ts';
import { openWorld } from '../support/world.ts';

const opened = async (now = '2013-05-15T09:00:00+08:00') => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  return { world, says };
};

describe('讲谈议读写要求', () => {
  test('the office asks kinds of everybody; heads hear it, the board says who lacks what, and the month’s end keeps it', async () => {
    const { world, says } = await opened('2013-05-31T14:00:00+08:00');

    expect(await says('要求各科室5月份开展讲、读')).toBe(
      '已要求各科室（单位）5月份开展讲、读，各不少于一次，已告知负责人1人。结果见“讲谈读写”。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0501').at(-1)).toBe(
      '薛冰要求5月份开展讲、读各不少于一次，请各科室（单位）作好安排；开展后请发“活动记录 读 内容”。',
    );
    await says('活动记录 读 全科共读十八大报告', 'U0501');
    await says('心得体会：学习八项规定，重在从小事做起，把调研做实，把会开短，把话讲实。', 'U0101');
    const board = await says('讲谈读写');
    expect(board).toContain('已开展1个，达到要求0个，共3个科室（单位）');
    expect(board).toContain('高新技术发展及产业化科读1，还缺讲（要求讲、读）。');
    expect(board).toContain('社会发展科技科未开展，还缺讲、读（要求讲、读）。');
    await says('活动记录 讲 龚海波演讲第三个问题');
    expect(await says('讲谈读写')).toContain('高新技术发展及产业化科讲1、读1（要求讲、读）。');

    await world.passUntil('2013-05-31T16:10:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('未达到要求'))).toContain('社会发展科技科缺讲、读');
    expect(world.wecom.groups.at(-1)).toContain('达到要求1个');
    const results = await world.db.client.weekResult.findMany({ where: { week: '2013-05' } });
    expect(results.map(({ departmentCode, result }) => `${departmentCode} ${result}`).sort()).toEqual([
      'BGS missing',
      'GXK studied',
      'SFK missing',
    ]);
  });

  test('a unit with an activity but not the one demanded misses the month, and hears of it on the 15th', async () => {
    const { world, says } = await opened('2013-06-14T10:00:00+08:00');
    await says('要求高新科6月份开展写');
    await says('活动记录 读 全科共读党章', 'U0501');

    await world.passUntil('2013-06-17T12:00:00+08:00');
    expect(world.toldTo('U0501').at(-1)).toContain('6月份“讲谈读写”已开展，按要求还缺写');
    await world.passUntil('2013-06-28T16:10:00+08:00');
    const where = { week_departmentCode: { week: '2013-06', departmentCode: 'GXK' } };
    expect(await world.db.client.weekResult.findUnique({ where })).toMatchObject({ result: 'missing', count: 1 });
  });

  test('a leader asks of the own line only, a head of nobody; both forms of the name are understood', async () => {
    const { says } = await opened();

    expect(await says('要求高新科5月份讲谈议写都要开展', 'L03')).toContain(
      '已要求高新技术发展及产业化科5月份开展讲、谈、议、读、写',
    );
    expect(await says('要求高新科5月份讲谈读写都要开展', 'L03')).toContain('没有改动');
    expect(await says('要求社发科5月份开展讲', 'L03')).toContain('您没有“讲谈读写要求”权限');
    expect(await says('要求各科室5月份开展讲', 'L03')).toContain('您没有“讲谈读写要求”权限');
    expect(await says('要求高新科5月份开展讲', 'U0501')).toContain('您没有“讲谈读写要求”权限');
  });

  test('lifted or taken back, it is asked no more and heads hear that; the past cannot be asked', async () => {
    const { world, says } = await opened();
    await says('要求各科室5月份开展讲、读');

    expect(await says('取消高新科5月份讲的要求')).toContain('已取消高新技术发展及产业化科5月份开展讲的要求');
    expect(await says('讲谈读写')).toContain('高新技术发展及产业化科未开展，还缺读（要求读）');
    expect(await says('讲谈读写')).toContain('办公室未开展，还缺讲、读（要求讲、读）');
    await says('撤销');
    expect(world.toldTo('U0501').at(-1)).toContain('已收回');
    expect(await says('讲谈读写')).toContain('高新技术发展及产业化科未开展，还缺讲、读');
    expect(await says('要求各科室4月份开展讲')).toBe('没有记录：4月份已经过去，请写本月或以后的月份。');
    expect(await says('要求5月份开展讲')).toContain('对哪个科室（单位）提要求？');
    expect(await says('要求各科室5月份开展讲谈读写')).toContain('要求开展哪几类？');
  });

  test('without a demand one activity of any kind is enough, as before', async () => {
    const { says } = await opened();
    await says('活动记录 读 全科共读党章', 'U0501');

    const board = await says('讲谈读写');
    expect(board).toContain('已开展1个，共3个科室（单位）');
    expect(board).not.toContain('要求');
  });
});

describe('要求怎样算', () => {
  const demand = (id: number, of: object) => ({
    ...{ id, month: '2013-05', standing: false, departmentCode: '', kind: '讲', demanded: true },
    ...of,
  });

  test('a standing demand holds from its month on; the newest word on a kind counts, for all or for one unit', () => {
    const all = [
      demand(1, { standing: true }),
      demand(2, { kind: '写' }),
      demand(3, { departmentCode: 'A', demanded: false, month: '2013-06' }),
    ];

    expect(demandedOf('A', '2013-04', all)).toEqual([]);
    expect(demandedOf('A', '2013-05', all)).toEqual(['讲', '写']);
    expect(demandedOf('A', '2013-06', all)).toEqual([]);
    expect(demandedOf('B', '2013-06', all)).toEqual(['讲']);
    expect(demandedOf('A', '2013-07', all)).toEqual(['讲']);
  });

  test.each([
    '高新科5月份讲得不错，要求再接再厉',
    '请各科室报送讲话稿，要求月底前交',
    '要求各科室写材料',
    '座谈会要求大家发言',
    '各科室讲谈读写情况',
    '高新科已经开展了读，要求验收',
    '要求各科室5月底前交总结',
  ])('%s demands no activity', (text) => {
    expect(demandSaid(text)).toBeNull();
  });
});
