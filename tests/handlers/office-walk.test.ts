import { describe, expect, test } from 'vitest';
import { visitSheet } from '#bot/store/visit-sheet.ts';
import { loadWorld } from '#bot/store/world.ts';
import { cardOf } from '#bot/wecom/card.ts';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const NOON = '2013-05-14T12:00:00+08:00';
const [CHIEF, DEPUTY, OFFICE, HEAD, OTHER, CLERK] = ['L01', 'L03', 'U0201', 'U0501', 'U0901', 'U0503'];
const open = () => openBureau({ now: NOON, jobs: [], env: { QUIET_HOURS: 'none' } });
const fixture = bureau('fixture.json');

describe('说什么就记什么，不说两遍', () => {
  test('why one asks for leave is told without what only says that one is away', async () => {
    const world = await open();

    await world.says(CLERK, '请假，明天学习参加不了，去市里送材料');

    expect(world.toldTo(HEAD).at(-1)).toContain('原因：去市里送材料。');
  });

  test('what says nothing but the absence stays as it was said', async () => {
    const world = await open();

    await world.says(CLERK, '明天学习我参加不了');

    expect(world.toldTo(HEAD).at(-1)).toContain('原因：明天学习我参加不了。');
  });

  test('of a visit what was seen there is told, day and firm once', async () => {
    const world = await open();

    expect((await world.says('U0502', '昨天走访了宏源石化，反映招工难'))[0]).toContain('设备有限公司，反映招工难；');
    expect((await world.says('U0502', '上午带队走访了宏源石化，他们想要贷款'))[0]).toContain(
      '上午带队走访了宏源石化，他们想要贷款；诉求、答复未填。',
    );
  });

  test('what was asked for and answered on a visit is kept beside what was seen, in whatever sentence it stands (R34)', async () => {
    const world = await open();

    expect(
      await world.says(
        'U0503',
        '昨天走访了宏源石化，了解了用工情况；诉求：帮助招工，解决宿舍；答复：已联系人社局；满意度：满意',
      ),
    ).toEqual([
      '已登记：5月13日（星期一）走访濮阳市宏源石化设备有限公司，了解了用工情况；诉求：帮助招工，解决宿舍；答复：已联系人社局；满意度：满意。十分钟内可发“撤销”收回。',
    ]);
    await world.db.read(async (tx) => {
      const { rows } = await visitSheet(tx, await loadWorld(tx), '2013-05', '2013-05-14', { units: ['GXK'], of: '' });
      expect(rows[0]?.slice(5)).toEqual([
        '了解了用工情况',
        '帮助招工，解决宿舍',
        '当场答复',
        '已联系人社局',
        '2013年5月13日',
        '满意',
      ]);
    });
  });

  test('the month a commentary is about is no part of its words', async () => {
    const world = await open();

    await world.says(CHIEF, '点评高新科四月：工作抓得紧');

    expect(world.toldTo(HEAD).at(-1)).toContain('郑国栋对高新技术发展及产业化科4月份工作点评：“工作抓得紧”。');
  });

  test('urged about several matters one hears each with its day, and once what is asked', async () => {
    const world = await open();

    await world.says('L04', '催一下知识产权科');

    const told = world.toldTo(OTHER).at(-1) ?? '';
    expect(told).toContain('1. 33号台账《市信访局转办：群众反映专利资助兑现慢》，将于5月17日（星期五）到期\n');
    expect(told.match(/请抓紧办理并反馈进展/g)).toHaveLength(1);
    await world.says('L04', '催一下33号台账');
    expect(world.toldTo(OTHER).at(-1)).toContain('该事项将于5月17日（星期五）到期，请抓紧办理并反馈进展。');
  });
});

describe('收到的事怎样答复', () => {
  test('what an inspection gives a unit to do comes with the same buttons as any matter', async () => {
    const world = await open();

    await world.says(OFFICE, '督查高新科台账完成情况：三项未更新，5月31日前整改');

    const [row] = await world.db.client.outbox.findMany({
      where: { address: 'u0501' },
      orderBy: { id: 'desc' },
      take: 1,
    });
    expect(JSON.parse(row?.buttons ?? '[]')).toEqual([
      { label: '签收', says: '签收JB2013-001' },
      { label: '提出异议', says: '异议JB2013-001' },
    ]);
  });

  test('whoever signs for a matter that is being handed over takes it, and gives it back by 撤销 (R57)', async () => {
    const world = await open();
    await world.says(DEPUTY, '交办高新科：周五前报孵化器名单');
    await world.says(HEAD, '转办JB2013-001给知识产权科，理由：涉及专利');
    const ownerUnit = async () =>
      (await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'JB2013-001' } })).departmentCode;

    expect((await world.says(OTHER, '签收JB2013-001'))[0]).toMatch(
      /^没有签收：JB2013-001《报孵化器名单》的转办还待.+同意，同意后会请您签收。$/,
    );
    await world.says(DEPUTY, '同意');
    const unit = await ownerUnit();
    const signed =
      '已签收：JB2013-001《报孵化器名单》改由知识产权科承办，5月17日（星期五）前办结，已告知转办人。十分钟内可发“撤销”收回。';
    expect(await world.says(OTHER, '签收')).toEqual([signed]);
    expect(await ownerUnit()).not.toBe(unit);
    await world.says(OTHER, '撤销');
    expect(await ownerUnit()).toBe(unit);
    expect(await world.says(OTHER, '签收JB2013-001')).toEqual([signed]);
    expect((await world.says(OTHER, '同意'))[0]).not.toContain('已签收');
    expect((await world.says(OTHER, '签收JB2013-001'))[0]).toContain('已由凌云于5月14日12:00签收');
    expect((await world.says('U0701', '签收JB2013-001'))[0]).toContain('您没有“签收交办事项”权限');
  });

  test('material asked for of what does not wait is answered so', () => {
    expect(
      differs('L02 05-16 32号台账需补充材料：名册 => ledger.supplement item=J-2 list=名册 | ask', fixture),
    ).toBeNull();
    expect(differs('L03 05-16 8号台账需补充材料：批准文件 => ask', fixture)).toBeNull();
  });
});

describe('卡片的标题', () => {
  test.each([
    [
      '将对31号台账《市政府交办：产业集聚区科技服务调研报告》签发蓝色督办单（临期），发给高新科。请回复“确认”或“取消”。',
    ],
    ['34号台账《报名单：甲、乙、丙》已交办高新科，五月十七日前办结，责任人龚海波，请及时签收。'],
  ])('no book title is cut: %s', (text) => {
    const drawn = cardOf(text, [{ label: '确认', says: '确认' }], 't', 'app');
    if (!drawn) throw new Error('no card');
    const { main_title } = drawn.card as unknown as { main_title: { title: string } };
    const { title } = main_title;

    expect(title.split('《')).toHaveLength(title.split('》').length);
    expect(title.length).toBeLessThanOrEqual(36);
  });
});
