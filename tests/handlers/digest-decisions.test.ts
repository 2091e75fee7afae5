import { describe, expect, test } from 'vitest';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const EVE = '2013-05-28T10:00:00+08:00';
const withOffice = async (now = EVE) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};

describe('月报的暂缓、发出和修改', () => {
  test('what the office holds stays back, is reported back to it, and goes out the workday after it is let go', async () => {
    const world = await withOffice();

    expect(await world.says('U0702', '暂缓月报')).toEqual([
      '已暂缓：5月份月报不发到群里，直到回复“发出月报”。十分钟内可发“撤销”收回。',
    ]);
    await world.passUntil('2013-05-29T10:00:00+08:00');
    expect(world.wecom.groups.filter((text) => text.includes('简报'))).toEqual([]);
    expect(world.toldTo('U0702').at(-1)).toContain('已按要求暂缓');
    expect(await world.says('U0702', '发出月报')).toEqual([
      '已放行：5月份月报将于5月30日（星期四）09:00发到各群。十分钟内可发“撤销”收回。',
    ]);
    await world.passUntil('2013-06-03T10:00:00+08:00');

    expect(world.wecom.groups.filter((text) => text.includes('简报'))).toHaveLength(1);
    expect(await world.says('U0702', '暂缓5月月报')).toEqual(['没有暂缓：5月份月报已经发出。']);
  });

  test('what the office writes goes out word for word, once', async () => {
    const world = await withOffice();

    expect(await world.says('U0702', '月报改为：五月份全局工作平稳推进。\n逾期事项请抓紧办理。')).toEqual([
      '已修改：5月份月报（23字），5月29日（星期三）09:00按此发到各群。十分钟内可发“撤销”收回。',
    ]);
    await world.passUntil('2013-05-30T10:00:00+08:00');

    expect(world.wecom.groups.slice(1)).toEqual(['五月份全局工作平稳推进。\n逾期事项请抓紧办理。']);
  });

  test('each of the three can be taken back within ten minutes', async () => {
    const world = await withOffice();

    await world.says('U0702', '月报改为：五月份全局工作平稳推进。');
    expect(await world.says('U0702', '撤销')).toEqual(['已撤销：修改月报。']);
    await world.says('U0702', '暂缓月报');
    await world.says('U0702', '发出月报');
    expect(await world.says('U0702', '撤销')).toEqual(['已撤销：发出月报。']);

    expect(await world.db.client.digest.findUnique({ where: { month: '2013-05' } })).toMatchObject({
      editedText: null,
      heldBy: 'u0702',
    });
  });

  test('nobody but the office may, and a digest held for too long is not sent late', async () => {
    const world = await withOffice();

    expect((await world.says('U0501', '暂缓月报'))[0]).toBe('您没有“暂缓月报”权限，该操作由活动办办理。');
    expect((await world.says('U0501', '月报改为：五月份全局工作平稳推进。'))[0]).toContain('该操作由活动办办理');
    await world.says('U0702', '暂缓月报');
    world.at('2013-06-05T10:00:00+08:00');

    expect((await world.says('U0702', '发出5月月报'))[0]).toContain('已过发出时限（6月5日（星期三））');
  });

  test.each([
    ['暂缓月报', 'digest.hold'],
    ['五月月报暂缓', 'digest.hold'],
    ['这个月的简报先别发', 'digest.hold'],
    ['月报先不要往群里发', 'digest.hold'],
    ['月报缓一缓', 'digest.hold'],
    ['发出月报', 'digest.release'],
    ['放行5月份月报', 'digest.release'],
    ['月报可以发出', 'digest.release'],
    ['简报照常发吧', 'digest.release'],
    ['月报改为：五月份全局工作平稳推进。', 'digest.edit'],
    ['5月简报改成：本月新培育企业两家，其余平稳。', 'digest.edit'],
    ['月报改为：', 'ask'],
    ['要不要暂缓月报？', 'none'],
    ['月报暂缓了吗', 'none'],
    ['不用暂缓月报', 'none'],
    ['要是数字不对就暂缓月报', 'none'],
    ['听说月报先别发', 'none'],
    ['看四月份月报', 'query.digest'],
    ['五月份总结：新培育企业1家，问题是人手不足，下月抓紧申报。', 'report.month'],
    ['月报发出了吗', 'query.digest'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text)).toBe(meant);
  });
});
