import { describe, expect, test } from 'vitest';
import { EXPORTS } from '#bot/export/records.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:20:00+08:00';
type Opened = Awaited<ReturnType<typeof openWorld>>;
const first = async (world: Opened, from: string, text: string) => (await world.says(from, text))[0] ?? '';

describe('签到', () => {
  test('whoever signs in again hears when it was the first time, and that stays', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '签到');
    world.at('2013-05-14T08:40:00+08:00');

    expect(await first(world, 'U0503', '签到')).toContain('您已于08:20签到');
    expect(await world.db.client.signIn.findMany()).toMatchObject([{ at: new Date(MORNING), late: false }]);
  });
});

describe('自学', () => {
  test('minutes are not asked for: the order with a matter is enough, and what was not said is not counted as nothing', async () => {
    const world = await openWorld({ now: MORNING });

    expect(await first(world, 'U0503', '自学 中央八项规定')).toBe(
      '已登记自学：5月14日（星期二），中央八项规定。仅本人可查，十分钟内可发“撤销”收回。',
    );
    await world.says('U0503', '自学：十八大报告 5月13日');
    await world.says('U0503', '昨晚自学党章40分钟');
    expect(await first(world, 'U0503', '我这个月学了多长时间')).toContain('自学3次，共40分钟（另有2次未记时长）。');
    const records = await world.db.read((client) => EXPORTS.study.collect(client, { now: world.now() }));
    expect(records.map(({ date, minutes }) => [date, minutes])).toEqual([
      ['2013-05-13', null],
      ['2013-05-13', 40],
      ['2013-05-14', null],
    ]);
    await world.says('U0503', '撤销');
    expect(await world.db.client.studyRecord.count({ where: { undoneAt: null } })).toBe(2);
  });

  test('without a matter it is asked, a day to come and one older than a week record nothing', async () => {
    const world = await openWorld({ now: MORNING });

    expect(await first(world, 'U0503', '自学')).toContain('不记时长请写“自学 党章”');
    expect(await first(world, 'U0503', '自学 十八大报告 5月3日')).toContain('已超过7天，请由科室（单位）负责人');
    await world.says('U0503', '自学 十八大报告 5月20日');
    await world.says('U0503', '自学 情况');
    expect(await world.db.client.studyRecord.count()).toBe(0);
  });

  test('the month’s sheet counts people with a record, not time', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '自学 中央八项规定');
    await world.says('U0503', '昨晚自学党章40分钟');
    await world.says('U0502', '自学 十八大报告');

    expect(await first(world, 'U0501', '本月心得情况')).toContain('有自学记录的：高新技术发展及产业化科2人。');
  });
});

describe('学习转化', () => {
  test('what a clerk proposes the head agrees to by a word: it is the clerk’s, with its source; taken back, it waits again', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '昨晚自学党章40分钟');

    expect(await first(world, 'U0503', '转问题 窗口服务态度生硬')).toContain('已送龚海波确认');
    expect(world.toldTo('U0501').at(-1)).toBe(
      '雷鸣由学习提出列为问题：窗口服务态度生硬（来源自学）。请回复“同意”或“不同意”。',
    );
    expect(await first(world, 'U0501', '讲谈读写')).toContain('由学习转化问题0条、措施0条');
    expect(await first(world, 'U0501', '同意')).toContain('已转为问题：W1，窗口服务态度生硬，来源自学。');
    expect(world.toldTo('U0503').at(-1)).toBe('您由学习提出的“窗口服务态度生硬”已获同意，列为问题W1。');
    expect(await first(world, 'U0501', '讲谈读写')).toContain('由学习转化问题1条、措施0条');
    await world.says('U0501', '撤销');
    expect(await first(world, 'U0501', '讲谈读写')).toContain('由学习转化问题0条');
    expect(await first(world, 'U0501', '同意')).toContain('已转为问题：W1');
    expect(await first(world, 'U0503', '转问题 窗口服务态度生硬')).toContain('同样的内容已在W1');
  });

  test('a measure agreed to is the clerk’s item; withdrawn before, nothing is left to agree to; nobody else may', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '昨晚自学党章40分钟');
    await world.says('U0503', '转台账 每月走访两家企业');
    await world.says('U0501', '同意');
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'X-1' } })).toMatchObject({
      ...{ ownerId: 'u0503', departmentCode: 'GXK', title: '每月走访两家企业', remark: '由自学转化' },
    });

    world.at('2013-05-14T09:00:00+08:00');
    await world.says('U0503', '转台账 每季度办一次培训');
    await world.says('U0503', '撤销');
    expect(await first(world, 'U0501', '同意')).not.toContain('已转入台账');
    expect(await world.db.client.ledgerItem.count({ where: { category: '学习转化' } })).toBe(1);
  });

  test('a consent taken back waits again; given again it makes an item of its own, and the ended number stays that', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '昨晚自学党章40分钟');
    await world.says('U0503', '转台账 每月走访两家企业');
    await world.says('U0501', '同意');
    await world.says('U0501', '撤销');

    expect(await first(world, 'U0501', '同意')).toContain('已转入台账');
    const items = await world.db.client.ledgerItem.findMany({
      where: { category: '学习转化' },
      orderBy: { no: 'asc' },
    });
    expect(items.map(({ code, endedAt }) => [code, endedAt === null])).toEqual([
      ['X-1', false],
      ['X-2', true],
    ]);
  });
});
