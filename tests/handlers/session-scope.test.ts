import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const opened = async (data: object = {}) => {
  const world = await openWorld({ now: '2013-05-13T10:00:00+08:00' });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.db.client.session.update({ where: { code: 'S0514' }, data });
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  const scope = async () => (await world.db.client.session.findUniqueOrThrow({ where: { code: 'S0514' } })).scope;
  return { world, says, scope };
};

describe('参加范围', () => {
  test('before anybody was told it is changed at once, with who is expected before and after, and taken back', async () => {
    const { world, says, scope } = await opened();
    const before = world.toldTo('U0503').length;

    expect(await says('明天学习的参加范围改为高新科')).toBe(
      '已改：5月14日（星期二）08:30《十八大报告专题辅导》参加范围全局→高新技术发展及产业化科，应到3人。十分钟内可发“撤销”收回。',
    );
    expect(await scope()).toBe('["GXK"]');
    expect(await says('明天的四落实来源')).toContain('应到3人（薛冰5月13日10:00补充）');
    expect(await says('明天学习的参加范围改为高新科')).toContain('没有改动');
    await says('撤销');
    expect(await scope()).toBe('[]');
    expect(world.toldTo('U0503')).toHaveLength(before);
  });

  test('once people were told it is asked about; who comes in and who need not come hear it, and hear it is taken back', async () => {
    const { world, says, scope } = await opened({ scope: '["GXK"]', noticedAt: new Date('2013-05-13T08:00+08:00') });

    expect(await says('明天学习的参加范围改为社发科')).toContain('改后新增1人、不再参加3人，都会收到通知');
    expect(await scope()).toBe('["GXK"]');
    await says('确认');
    expect(await scope()).toBe('["SFK"]');
    expect(world.toldTo('U0503').at(-1)).toBe('学习变更：5月14日（星期二）08:30《十八大报告专题辅导》您不必参加。');
    expect(world.toldTo('U0702').some((text) => text.startsWith('学习通知：请参加5月14日'))).toBe(true);
    await says('撤销');
    expect(world.toldTo('U0503').at(-1)).toContain('仍请您参加');
  });

  test('what somebody set anew meanwhile is not undone by whoever set it before', async () => {
    const { world, says, scope } = await opened();
    await says('明天学习的参加范围改为高新科');
    await world.db.client.session.updateMany({ data: { scope: '["SFK"]' } });

    expect(await says('撤销')).not.toContain('已撤销');
    expect(await scope()).toBe('["SFK"]');
  });

  test('a head reaches no further than the own unit; when sign-in has begun nothing is changed', async () => {
    const { world, says, scope } = await opened({ scope: '["GXK"]', convenorId: 'u0501' });

    expect(await says('明天学习的参加范围改为全局', 'U0501')).toContain('您没有“调整参加范围”权限');
    expect(await says('明天学习的参加范围改为社发科', 'U0503')).toContain('您没有“调整参加范围”权限');
    world.at('2013-05-14T08:20:00+08:00');
    expect(await says('今天学习的参加范围改为全局')).toContain('不能再改参加范围');
    expect(await scope()).toBe('["GXK"]');
  });
});
