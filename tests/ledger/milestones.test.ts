import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';
type World = Awaited<ReturnType<typeof openWorld>>;
const K13 = '3号台账《制定创新驱动发展配套政策并分解任务》';
const item = (world: World, code = 'K3-4') => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code } });

describe('时间节点（R41）', () => {
  test.each([
    'U0401 05-16 K2-1时间节点：6月30日完成初审 => ledger.milestone item=K2-1 title=完成初审 day=06-30',
    'U0401 05-16 4号台账节点：6月30日前完成初审；8月15日下达计划 => ledger.milestone item=K2-1 title=完成初审 day=06-30 + ledger.milestone item=K2-1 title=下达计划 day=08-15',
    'U0401 05-16 给4号台账加个时间节点：7月15日专家评审 => ledger.milestone item=K2-1 title=专家评审 day=07-15',
    'U0401 05-16 4号台账设一个节点，6月20日之前完成申报 => ledger.milestone item=K2-1 title=完成申报 day=06-20',
    'U0401 05-16 4号台账节点“完成初审”已完成 => ledger.milestone item=K2-1 title=完成初审 reached=true',
    'U0401 05-16 K2-1节点完成初审如期完成了 => ledger.milestone item=K2-1 reached=true',
    'U0401 05-16 4号台账节点“完成初审”改到7月10日，原因省厅评审推迟 => ledger.milestone item=K2-1 title=完成初审 day=07-10 moves=true',
    'U0401 05-16 4号台账节点完成初审推迟到7月10日，因为等省厅通知 => ledger.milestone item=K2-1 title=完成初审 day=07-10 moves=true',
    'U0401 05-16 4号台账时间节点：完成初审 => ask',
    'U0401 05-16 4号台账时间节点 => ask | query.item item=K2-1',
    'U0401 05-16 4号台账的时间节点是哪天？ => none | ask | query.item item=K2-1',
    'U0401 05-16 看看4号台账的节点 => none | ask | query.item item=K2-1',
    'U0401 05-16 4号台账要按时间节点推进 => none | ask',
    'U0401 05-16 4号台账节点还没完成 => none | ask | query.item item=K2-1',
    'U0401 05-16 大家把握好时间节点 => none',
    'U0401 05-16 如果4号台账节点改到7月10日就好了 => none | ask',
    'U0401g 05-16 4号台账节点：6月30日完成初审 => none | ask',
    'U0401 05-16 4号台账延到10月31日，省厅评审推迟 => ledger.extend item=K2-1 deadline=10-31',
    'U0401 05-16 4号台账完成90项，赶上了时间节点 => ledger.progress item=K2-1 quantity=90',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the head adds them, the item shows the next one, reached it is ticked off, and each can be taken back', async () => {
    const world = await openWorld({ now: NOON });

    expect((await world.says('U0501', 'K3-4时间节点：6月20日完成选址；7月31日挂牌'))[0]).toContain(
      '已记录：8号台账《新建市级重点实验室3个》时间节点“挂牌”7月31日（星期三），到期前会提醒。',
    );
    expect((await world.says('U0502', 'K3-4'))[0]).toContain(
      '下一节点：完成选址，6月20日（星期四）到期（已完成0/2个）。',
    );

    await world.says('U0501', 'K3-4节点“完成选址”已完成');
    expect((await world.says('U0502', 'K3-4'))[0]).toContain('下一节点：挂牌，7月31日（星期三）到期（已完成1/2个）。');
    await world.says('U0501', '撤销');
    expect(await item(world)).toMatchObject({ nextMilestone: '2013-06-20' });
  });

  test.each([
    [
      'U0501',
      'K3-4时间节点：9月10日挂牌',
      '没有记录：节点“挂牌”9月10日（星期二）晚于8号台账《新建市级重点实验室3个》的完成时限8月31日',
    ],
    ['U0501', 'K3-4时间节点：5月10日挂牌', '没有记录：'],
    ['U0501', 'K3-4节点“开工”已完成', '还没有时间节点，可发'],
    ['U0702', 'K3-4时间节点：6月20日挂牌', '您没有“时间节点”权限'],
  ])('%s saying %s records nothing and hears why', async (from, text, words) => {
    const world = await openWorld({ now: NOON });

    expect((await world.says(from, text))[0]).toContain(words);
    expect(await world.db.client.itemFact.count()).toBe(0);
  });

  test('another day for one is put to the leader in charge with the reason; until agreed the old one stands', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0501', 'K3-4时间节点：6月20日完成选址');

    expect((await world.says('U0501', 'K3-4节点“完成选址”改到7月10日'))[0]).toContain('改日期请写明原因');
    expect((await world.says('U0501', 'K3-4节点“完成选址”改到7月10日，原因评审推迟'))[0]).toContain(
      '已送柳文涛审批：8号台账《新建市级重点实验室3个》节点“完成选址”6月20日（星期四）→7月10日（星期三）。批准前仍按原日期提醒',
    );
    expect(await item(world)).toMatchObject({ nextMilestone: '2013-06-20' });
    expect((await world.says('L03', '同意'))[0]).toContain('已同意节点调整');
    expect(await item(world)).toMatchObject({ nextMilestone: '2013-07-10' });
    expect(world.toldTo('U0501').at(-1)).toContain('柳文涛已同意节点调整');
  });

  test('a work without a figure is yellow within seven days of a milestone, red once it is overdue, and says which', async () => {
    const world = await openWorld({ now: '2013-04-10T12:00:00+08:00' });
    await world.says('U0501', '3号台账时间节点：4月20日完成初稿');

    expect((await world.says('L03', '3号台账怎么样了'))[0]).not.toContain('黄灯');
    await world.passUntil('2013-04-15T12:00:00+08:00');
    expect((await world.says('L03', '3号台账怎么样了'))[0]).toContain(
      '🟡黄灯（滞后或临期），节点“完成初稿”4月20日（星期六）到期，还有5天，7天内亮黄灯。',
    );
    await world.passUntil('2013-04-23T12:00:00+08:00');
    expect((await world.says('L03', '3号台账怎么样了'))[0]).toContain(
      '🔴红灯（逾期或严重滞后），节点“完成初稿”已逾期2个工作日。',
    );
  });

  test('over 29 April to 2 May the ladder skips the holiday, and an extension agreed to stops it the same minute', async () => {
    const world = await openWorld({ now: '2013-04-26T08:00:00+08:00' });
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-04-28' } });
    const heard = (id: string) => world.toldTo(id).filter((text) => text.includes(K13));

    // 27 and 28 April are workdays by the calendar, 29 April to 1 May are not.
    for (const day of ['04-26', '04-27', '04-28', '04-29', '04-30', '05-01', '05-02'])
      await world.passUntil(`2013-${day}T09:00:00+08:00`);

    expect(heard('U0502').map((text) => /还有\d个工作日|今日到期|已逾期\d个工作日/.exec(text)?.[0])).toEqual([
      '还有1个工作日',
      '今日到期',
      '已逾期1个工作日',
    ]);
    expect(heard('L03')).toEqual([]);
    await world.says('U0501', '3号台账延到5月20日，等省里文件');
    await world.says('L01', '同意');
    await world.passUntil('2013-05-06T09:00:00+08:00');
    expect(heard('L03').filter((text) => text.includes('已逾期'))).toEqual([]);
  });
});
