import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');
type World = Awaited<ReturnType<typeof openBureau>>;
const morningOf = (world: World, id: string) => world.toldTo(id).at(-1) ?? '';

describe('明天再提醒（R91）', () => {
  test.each([
    'U0502 05-16 明天再提醒 => remind.again',
    'U0502 05-16 明天再提醒我 => remind.again',
    'U0502 05-16 明天再提醒一次 => remind.again',
    'U0502 05-16 今天的都明天再提醒 => remind.again',
    'U0502 05-16 明早再提醒我一下 => remind.again',
    'U0502 05-16 下个工作日再提醒 => remind.again',
    'U0502 05-16 8号台账明天再提醒 => remind.again item=K3-4',
    'U0502 05-16 明天再提醒8号台账 => remind.again item=K3-4',
    'U0502 05-16 请把K3-4明天再提醒我 => remind.again item=K3-4',
    'U0502 05-16 K3-5明日再提醒 => remind.again item=K3-5',
    'U0502 05-16 重点实验室那项明天再提醒 => remind.again item=K3-4',
    'U0502 05-16 不用明天再提醒了 => none | ask',
    'U0502 05-16 明天再提醒吗？ => none | ask',
    'U0502 05-16 要是没空就明天再提醒 => none | ask',
    'U0502 05-16 明天再提醒雷鸣交名单 => none | ask | ledger.assign member=U0503 deadline=2013-05-17 kind=assigned',
    'U0502g 05-16 明天再提醒 => none',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('what was told in the morning is told again the next workday, every duty once, and stands as it is by then', async () => {
    const world = await openBureau({ now: '2013-05-27T10:00:00+08:00' });
    await world.passUntil('2013-05-28T08:50:00+08:00');
    expect(morningOf(world, 'U0102')).toContain('29号台账');

    expect(await world.says('U0102', '明天再提醒')).toEqual([
      '5月29日（星期三）早上再提醒您：29号台账《整改首问负责制落实不到位问题》，每项只推后一次。十分钟内可发“撤销”收回。',
    ]);
    await world.says('U0102', '29号台账完成60%');
    await world.passUntil('2013-05-29T08:50:00+08:00');

    expect(morningOf(world, 'U0102')).toBe(
      '再次提醒：29号台账《整改首问负责制落实不到位问题》5月31日（星期五）到期，60%，请抓紧办理并反馈进展。',
    );
    const before = ['没有推后：每项只能推后一次，已经推后过。请抓紧办理。'];
    expect(await world.says('U0102', '明天再提醒')).toEqual(before);
    expect(await world.says('U0102', '29号台账明天再提醒')).toEqual(before);
  });

  test('what is done by then is told no more; it can be taken back', async () => {
    const world = await openBureau({ now: '2013-05-28T10:00:00+08:00' });

    await world.says('U0101', '1号台账明天再提醒');
    await world.says('U0102', '29号台账明天再提醒');
    await world.says('U0102', '撤销');
    await world.says('U0101', '1号台账完成1次，申请验收');
    await world.passUntil('2013-05-29T08:50:00+08:00');

    expect([...world.toldTo('U0101'), ...world.toldTo('U0102')].join()).not.toContain('再次提醒');
  });

  test('over a rest day it is the next workday; a term before it is said; no more than one message comes', async () => {
    const world = await openBureau({ now: '2013-05-31T10:00:00+08:00' });

    expect((await world.says('U0101', '1号台账明天再提醒'))[0]).toContain(
      '6月3日（星期一）早上再提醒您：1号台账《开好全市科技创新大会》，每项只推后一次。注意：时限是5月31日（星期五）。',
    );
    const before = world.toldTo('U0101').length;
    await world.passUntil('2013-06-03T08:50:00+08:00');

    const told = world.toldTo('U0101').slice(before);
    expect(told.filter((text) => text.includes('再次提醒：1号台账'))).toHaveLength(1);
    expect(told.filter((text) => text.includes('逾期'))).toHaveLength(1);
  });

  test('nothing to put off, and what is somebody else’s, is said to be so', async () => {
    const world = await openBureau({ now: '2013-05-14T10:00:00+08:00', jobs: [] });

    expect((await world.says('U0502', '明天再提醒'))[0]).toContain('今天没有需要您办理的提醒');
    expect((await world.says('U0702', '8号台账明天再提醒'))[0]).toContain('不由您所在科室（单位）承办');
    expect(await world.db.client.snooze.count()).toBe(0);
  });

  test('it can be tapped under the morning’s words, which stay one message; what fits no card says it in words', async () => {
    const world = await openBureau({ now: '2013-05-27T10:00:00+08:00' });
    const { client } = world.db;
    await client.ledgerItem.updateMany({ where: { code: { in: ['K3-4', 'K3-5'] } }, data: { deadline: '2013-05-31' } });
    const many = ['K6-1', 'K6-4', 'K6-6', 'K6-2', 'K6-3'];
    await client.ledgerItem.updateMany({
      where: { code: { in: many } },
      data: { deadline: '2013-05-31', ownerId: 'u0901' },
    });
    await world.passUntil('2013-05-28T08:50:00+08:00');

    const two = world.wecom.sent.filter(({ to, text }) => to === 'u0502' && text.includes('8号台账'));
    expect(two).toHaveLength(1);
    expect(two[0]?.text).toContain('9号台账');
    expect(two[0]?.card?.['button_list']).toMatchObject([{ text: '明天再提醒' }]);
    const [answer] = await world.taps('U0502', two[0]?.card?.task_id ?? '', '明天再提醒');
    expect(answer).toContain('早上再提醒您：8号台账《新建市级重点实验室3个》、9号台账');

    const five = world.wecom.sent.filter(({ to, text }) => to === 'u0901' && text.includes('到期'));
    expect(five).toHaveLength(1);
    expect(five[0]?.card).toBeUndefined();
    expect(five[0]?.text.match(/号台账/g)).toHaveLength(5);
  });
});
