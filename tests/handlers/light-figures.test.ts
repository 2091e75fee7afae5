import { describe, expect, test } from 'vitest';
import { figureSaid } from '#bot/language/figure-set.ts';
import showWorseLights from '#jobs/show-worse-lights.ts';
import { openWorld } from '../support/world.ts';

const opened = async (now: string, more: object = {}) => {
  const world = await openWorld({ now, ...more });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  return { world, says };
};

describe('亮灯标准（R43、Q15）', () => {
  test.each([
    ['黄灯标准改为15个百分点', 'lightBehind', 15],
    ['请把红灯界线调到落后40个点', 'lightFarBehind', 40],
    ['以后进度落后20个百分点以上的亮红灯', 'lightFarBehind', 20],
    ['滞后时间进度满十二个百分点就算黄灯', 'lightBehind', 12],
    ['黄灯标准放宽到12.5个百分点', 'lightBehind', 12.5],
    ['临期天数改为5天', 'lightSoon', 5],
    ['到期前十天亮黄灯', 'lightSoon', 10],
    ['红灯标准恢复默认', 'lightFarBehind', 30],
    ['修改黄灯标准', 'lightBehind', undefined],
  ] as const)('「%s」', (text, key, value) => {
    expect(figureSaid(text)).toEqual({ key, ...(value !== undefined && { value }) });
  });

  test.each([
    '4号台账设为黄灯到6月10日，原因等批复',
    '落后15个百分点',
    '红灯有几项',
    '到期前5天提醒我',
    '黄灯标准是多少',
  ])('「%s」 sets nothing', (text) => expect(figureSaid(text)).toBeNull());

  test('a changed figure counts for every light from then on, and the reason says which one held', async () => {
    const { world, says } = await opened('2013-05-14T12:00:00+08:00');
    await says('K3-4累计1个', 'U0502');
    expect(await says('K3-4情况', 'U0501')).toContain(
      '黄灯（滞后或临期），时间已过55.1%，完成33.3%，落后21.8个百分点，满10亮黄灯。',
    );

    expect(await says('红灯标准改为20个百分点')).toBe(
      '已改：红灯标准30→20个百分点，落后时间进度超过20个百分点的亮红灯，即时起适用，已过日期的亮灯和报表不变。十分钟内可发“撤销”收回。',
    );

    expect(await says('K3-4情况', 'U0501')).toContain(
      '红灯（逾期或严重滞后），时间已过55.1%，完成33.3%，落后21.8个百分点，超20亮红灯。',
    );
    expect(await says('红灯', 'L01')).toContain('8号《新建市级重点实验室3个》');
    expect(await says('红灯的主要原因是什么', 'L01')).toContain('比时间进度落后20个百分点以上');
    expect(await says('撤销')).toContain('已撤销');
    expect(await says('K3-4情况', 'U0501')).toContain('黄灯（滞后或临期）');
    const kept = await world.db.client.setting.findMany({ where: { key: 'lightFarBehind' } });
    expect(kept.map(({ value, closedAt }) => [value, closedAt !== null])).toEqual([['20', true]]);
  });

  test('what lies behind is judged by what held then', async () => {
    const { world, says } = await opened('2013-05-14T12:00:00+08:00');
    await says('K3-4累计1个', 'U0502');
    world.at('2013-06-03T10:00:00+08:00');
    const before = await says('高新科5月情况');
    expect(before).toContain('🟡黄灯1项');

    await says('红灯标准改为20个百分点');

    expect(await says('高新科5月情况')).toBe(before);
    expect(await says('高新科6月情况')).toContain('🟡黄灯0项');
  });

  test('what a changed rule makes worse the head hears of the next morning, and once', async () => {
    const { world, says } = await opened('2013-05-14T10:00:00+08:00', { jobs: [showWorseLights] });
    await says('K3-4累计1个', 'U0502');
    await world.passUntil('2013-05-15T10:00:00+08:00');
    await says('红灯标准改为15个百分点');
    await world.passUntil('2013-05-17T10:00:00+08:00');

    expect(world.toldTo('U0501').filter((text) => text.startsWith('亮灯变差'))).toEqual([
      expect.stringContaining('灰灯→黄灯（时间已过55.6%'),
      expect.stringContaining('黄灯→红灯（时间已过56%，完成33.3%，落后22.7个百分点，超15亮红灯）。'),
    ]);
  });

  test('figures that do not go together, or are none, are refused with what to write; what holds anybody may ask', async () => {
    const { says } = await opened('2013-05-14T12:00:00+08:00');

    expect(await says('黄灯标准改为30个百分点')).toBe(
      '没有改动：黄灯标准应小于红灯标准（现在是30个百分点），请先改红灯标准。',
    );
    expect(await says('红灯标准改为10个百分点')).toBe(
      '没有改动：红灯标准应大于黄灯标准（现在是10个百分点），请先改黄灯标准。',
    );
    expect(await says('黄灯标准改为12.5个百分点')).toBe(
      '没有改动：黄灯标准应为1至60个百分点的整数，请写成“黄灯标准改为15个百分点”。现在是10个百分点。',
    );
    expect(await says('修改临期天数')).toContain('改为几天？');
    expect(await says('黄灯标准改为15个百分点', 'U0501')).toBe('您没有“数值设置”权限，该操作由活动办办理。');
    await says('临期天数改为5天');
    const shown = await says('亮灯标准', 'U0501');
    expect(shown).toContain('红灯标准：30个百分点（落后时间进度超过30个百分点的亮红灯，未改过）。');
    expect(shown).toContain('临期天数：5天（5天内到期、还未申请验收的亮黄灯，原为7天）。\n· 2013年5月14日薛冰改为5天');
    expect(shown).not.toContain('集中学习');
    expect(await says('设置', 'U0501')).toContain('集中学习最少工作日：2天');
  });
});
