import { describe, expect, test } from 'vitest';
import { figureSaid } from '#bot/language/figure-set.ts';
import { openWorld } from '../support/world.ts';

// 2013-W18 had three workdays (2 to 4 May are rest days but for the 2nd and 3rd), W09 one of the campaign.
const opened = async (now: string) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.db.client.campaign.create({ data: { id: 1, name: '活动', from: '2013-03-01', to: '2013-09-30' } });
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  return { world, says };
};

describe('集中学习最少工作日', () => {
  test('the office raises it: a week with fewer workdays is exempt on the board and nobody is asked to plan', async () => {
    const { world, says } = await opened('2013-04-28T10:00:00+08:00');
    expect(await says('2013-W18学习情况', 'U0501')).toContain('未学3个、免学0个');

    expect(await says('每周工作日不足3天免学')).toBe(
      '已改：集中学习最少工作日2→3天，一周工作日不足3天的免学，满3天的须集中学习一次，本周起适用，以往各周不变。十分钟内可发“撤销”收回。',
    );
    expect(await says('2013-W18学习情况', 'U0501')).toContain('未学0个、免学3个');
    await world.passUntil('2013-05-02T10:00:00+08:00');
    expect(world.toldTo('U0501').filter((text) => text.includes('还没有安排集中学习'))).toEqual([]);
    await world.passUntil('2013-05-06T10:00:00+08:00');
    const kept = await world.db.client.weekResult.findMany({ where: { week: '2013-W18' } });
    expect(kept.map(({ result }) => result)).toEqual(['exempt', 'exempt', 'exempt']);
  });

  test('a week that is over goes by what held then', async () => {
    const { says } = await opened('2013-05-08T10:00:00+08:00');
    await says('免学标准改为3天');

    expect(await says('2013-W18学习情况')).toContain('未学3个、免学0个');
  });

  test('out of range, the same again, and by anybody else it is refused; taken back it is as before; its history is told', async () => {
    const { says } = await opened('2013-05-08T10:00:00+08:00');

    expect(await says('免学标准改为9天')).toContain('没有改动：集中学习最少工作日应为1至6天');
    expect(await says('免学标准改为2天')).toContain('没有改动：集中学习最少工作日现在就是2天');
    expect(await says('免学标准改为3天', 'U0501')).toBe('您没有“数值设置”权限，该操作由活动办办理。');
    await says('免学标准改为1天');
    expect(await says('免学标准', 'U0501')).toContain('· 2013年5月8日薛冰改为1天');
    await says('撤销');
    expect(await says('免学标准', 'U0501')).toContain('集中学习最少工作日：2天');
    expect(await says('修改免学标准')).toContain('改为几天？');
  });

  test('a unit freed for a week is another matter', () => {
    for (const text of ['知识产权科本周免学，全科在郑州参加执法检查', '全局本周免学，只有3天', '这周不学了'])
      expect(figureSaid(text)).toBeNull();
  });
});
