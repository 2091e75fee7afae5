import { describe, expect, test } from 'vitest';
import { robotOf } from '../support/robot.ts';
import { openWorld } from '../support/world.ts';

const withCampaign = async (now: string) => {
  const world = await openWorld({ now });
  await world.db.client.campaign.create({
    data: { id: 1, name: '2013年度一创双优活动', from: '2013-03-01', to: '2013-09-30' },
  });
  return world;
};

describe('活动进程', () => {
  test.each([
    ['2013-03-01T09:00+08:00', '第1天，共214天'],
    ['2013-09-30T09:00+08:00', '第214天，共214天，还有0天'],
    ['2013-02-27T09:00+08:00', '共214天，还有2天开始'],
    ['2013-10-01T09:00+08:00', '已经结束'],
  ])('at %s it tells where in the campaign one is', async (now, words) => {
    const world = await withCampaign(now);

    expect((await world.says('U0503', '活动'))[0]).toContain(words);
  });

  test('on the day before and the day after nothing is recorded, with the dates said; looking works', async () => {
    for (const now of ['2013-02-28T09:00+08:00', '2013-10-01T09:00+08:00']) {
      const world = await withCampaign(now);

      expect((await world.says('U0502', 'K3-4新增1个'))[0]).toContain('2013年3月1日至2013年9月30日');
      expect((await world.says('U0502', '我的台账'))[0]).toContain('您名下共2项');

      expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(0);
    }
  });
});

describe('帮助', () => {
  test('each role hears what works for it now', async () => {
    const world = await openWorld({ now: '2013-05-14T08:25+08:00' });

    const [staff = ''] = await world.says('U0502', '帮助');
    const [leader = ''] = await world.says('L03', '帮助');

    expect(staff).toContain('“签到”');
    expect(staff).toContain('“8号台账新增1个”');
    expect(staff).not.toContain('哪些逾期了');
    expect(leader).toContain('“哪些逾期了”');
  });

  test('what only looks, or settles what waits, can be tapped under it; nothing that would record an example', async () => {
    const world = await openWorld({ now: '2013-05-14T08:25+08:00' });
    await world.says('U0502', 'K3-4累计3个');
    await world.says('U0502', 'K3-4申请验收');
    await world.says('L03', '帮助');
    const card = world.wecom.sent.findLast(({ to, card }) => to === 'l03' && card)?.card;
    const offered = JSON.stringify(card);

    expect(offered).toContain('8号台账验收通过');
    expect(offered).toContain('签到');
    expect(offered).not.toMatch(/新增|自学|退回|催/);
  });

  test('in a group whoever only calls the robot can tap on; the card names nobody and nothing that waits', async () => {
    const world = await openWorld({ now: '2013-05-14T08:25+08:00' });

    await robotOf(world).says('L03', '@创优助手');

    const [reply] = world.wecom.replies;
    expect(JSON.stringify(reply?.card)).toContain('签到');
    expect(JSON.stringify(reply)).not.toMatch(/验收|准假/);
  });

  test('words nobody understands get at most three hints of what this person could say; thanks get none', async () => {
    const world = await openWorld({ now: '2013-05-14T08:25+08:00' });

    const [answer = ''] = await world.says('U0502', '重点实验室的牌子颜色真好看');

    expect(answer).toMatch(/^没有听懂。您可以说(“[^”]+”、?){1,3}，或发送“帮助”。$/);
    expect(await world.says('U0502', '好的，谢谢！')).toEqual(['不客气，有事随时说。']);
  });
});

describe('我的权限', () => {
  test.each([
    ['U0503', '雷鸣，高新技术发展及产业化科科员，干部职工。您可以查看自己的记录'],
    ['U0501', '科室（单位）负责人。您可以查看高新技术发展及产业化科的记录'],
    ['L01', '局主要领导、班子成员。您可以查看全局的记录'],
  ])('%s hears roles and scope', async (id, words) => {
    const world = await openWorld({ now: '2013-05-14T12:00+08:00' });

    expect((await world.says(id, '我的权限'))[0]).toContain(words);
  });
});
