import { describe, expect, test } from 'vitest';
import { areaIn } from '#bot/domain/inspection.ts';
import { lit } from '#bot/domain/light.ts';
import { digestText } from '#bot/domain/month-facts.ts';
import { problemIn, saysResult } from '#bot/domain/problem.ts';
import { importLedger } from '#bot/import/ledger.ts';
import { digestOf } from '#bot/store/digest.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { recount } from '#bot/store/recount.ts';
import { rectificationSheet } from '#bot/store/rectification-sheet.ts';
import { loadWorld } from '#bot/store/world.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const office = async (now: string) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};

describe('督导检查 (R50)', () => {
  test('a finding becomes a matter, a problem or nothing, and the quarter sheet says what became of each (R50)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');

    expect((await world.says('U0702', '督查高新科：三项未更新，5月31日前整改'))[0]).toContain(
      '督查的是高新技术发展及产业化科哪一方面？请选一项',
    );
    expect((await world.says('U0702', '督查高新科台账完成情况：三项未更新'))[0]).toContain('须写明整改时限');
    expect((await world.says('U0702', '督查高新科台账完成情况：三项未更新，5月31日前整改'))[0]).toBe(
      '已登记督查DC2013-001：高新技术发展及产业化科台账完成情况，三项未更新。已交办JB2013-001，5月31日（星期五）前整改，十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0501').at(-1)).toContain('请回复“签收JB2013-001”');
    await world.says('L03', '督查高新科制度执行：上班迟到两人，6月7日前整改，列入问题台账');
    await world.says('U0702', '督查高新科党务公开：未发现问题');

    expect((await world.says('U0501', '高新科二季度督查情况'))[0]).toBe(
      [
        '高新技术发展及产业化科2013年二季度督查3次：',
        '· DC2013-001 5月14日台账完成情况：三项未更新（JB2013-001未报）',
        '· DC2013-002 5月14日制度建设和执行：上班迟到两人（WT2013-001未报）',
        '· DC2013-003 5月14日党务政务公开：未发现问题（未发现问题）',
      ].join('\n'),
    );
    expect((await world.says('U0501', '督查高新科台账：差两项，5月31日前整改'))[0]).toContain('权限');
    expect(await world.db.client.assignment.findFirst()).toMatchObject({ source: '督查' });
  });

  test('a finding without its area is asked for it, and one word of the five settles it; a term on a day off is said (R50, R56)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');

    await world.says('U0702', '督查高新科：三项未更新，5月18日前整改');
    expect((await world.says('U0702', '台账完成情况'))[0]).toContain(
      '已登记督查DC2013-001：高新技术发展及产业化科台账完成情况，三项未更新。已交办JB2013-001，5月18日（星期六）前整改。注意：5月18日（星期六）是休息日',
    );
    expect(await world.db.client.inspection.findMany()).toMatchObject([
      { area: '台账完成情况', finding: '三项未更新' },
    ]);
  });

  test('taken back its matter goes too; once signed for it stays', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    await world.says('U0702', '督查高新科台账完成情况：三项未更新，5月31日前整改');
    await world.says('U0702', '撤销');
    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'JB2013-001' } })).toMatchObject({
      endedAt: world.now(),
    });
    await world.says('U0702', '督查高新科台账完成情况：两项未更新，5月31日前整改');
    await world.says('U0501', '签收JB2013-002');
    expect((await world.says('U0702', '撤销'))[0]).not.toContain('已撤销');
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('each of the five areas is known by its words', () => {
    expect(['学习', '整改', '纪律', '台帐', '政务公开', '卫生'].map(areaIn)).toEqual([
      ...['日常学习教育', '问题查摆整改', '制度建设和执行', '台账完成情况', '党务政务公开', null],
    ]);
  });
});

describe('查摆、遗留问题 (R51, R52)', () => {
  test('a problem enters at any time, is off the list only with a result and the office’s word, and keeps its age (R52)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');

    expect(
      (await world.says('U0501', '查摆问题：服务企业不及时，措施：限时答复，来源群众反映，6月10日前整改'))[0],
    ).toBe(
      '已登记：高新技术发展及产业化科9号（WT2013-001）《服务企业不及时》，类别未填，来源群众反映，6月10日（星期一）前整改。十分钟内可发“撤销”收回。',
    );
    expect((await world.says('U0501', 'WT2013-001申请销号'))[0]).toContain('没有受理：销号须写明整改结果');
    await world.says('U0501', 'WT2013-001已建立限时答复制度并公示，申请销号');
    expect(world.toldTo('U0702').at(-1)).toContain('申请验收9号台账《服务企业不及时》');
    await world.says('U0702', 'WT2013-001退回，缺公示照片');
    const item = () => world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'WT2013-001' } });
    expect(await item()).toMatchObject({ openedOn: '2013-05-14', completedAt: null, acceptedAt: null });

    const pack = await world.db.write(async (tx) =>
      packOf(tx, await loadWorld(tx), '2013-05', new Date('2013-06-03T09:00:00+08:00')),
    );
    expect(pack.units[1]?.attention.find(({ title }) => title.includes('服务企业'))?.why).toContain('列账14天');

    await world.says('U0501', 'WT2013-001公示照片已补，限时答复制度已执行，申请销号');
    expect((await world.says('U0501', 'WT2013-001验收通过'))[0]).toContain('权限');
    await world.says('U0702', 'WT2013-001验收通过');
    await world.says('U0702', '确认');
    expect((await item()).acceptedAt).not.toBeNull();
    expect((await world.db.read(recount)).differences).toEqual([]);
  });

  test('without a measure it waits five workdays for one; nothing said in a group is stored', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');

    expect((await world.says('U0501', '查摆问题：会议准备不充分'))[0]).toContain(
      '待定措施，请于5月21日（星期二）前补报措施',
    );
    expect((await world.says('U0503', '查摆问题：会议准备不充分'))[0]).toContain('权限');
    expect(meaning('查摆问题：会议准备不充分', { from: 'U0501', chat: 'group' })).toBe('none');
  });

  test('what 集中教育 left is imported by source, told apart in the digest; without an owner it is told weekly and turns red (R51)', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    const sheet = [
      ['序号', '编号', '级别', '类别', '事项', '责任领导', '责任科室', '责任人', '完成时限', '问题来源', '整改措施'],
      [
        '21',
        'WT2012-001',
        '科室',
        '查摆整改',
        '服务大厅无人值守',
        '柳文涛',
        '高新科',
        '温静',
        '2013-06-30',
        '集中教育反映',
        '轮流值守',
      ],
      [
        '22',
        'WT2012-002',
        '科室',
        '查摆整改',
        '资助发放超期',
        '柳文涛',
        '高新科',
        '',
        '2013-06-30',
        '集中教育未解决',
        '',
      ],
    ];
    await world.db.write((tx) => importLedger(tx, [sheet], '2013-05-14'));
    await world.says('U0501', '查摆问题：会议准备不充分');

    const { facts } = await world.db.write(async (tx) =>
      digestOf(tx, await loadWorld(tx), '2013-05', new Date('2013-05-29T09:00:00+08:00')),
    );
    expect(digestText(facts, null)).toContain(
      '四、查摆：问题3项，销号0.0%（0/3）（集中教育反映1项、销号0.0%（0/1）；集中教育未解决1项、销号0.0%（0/1）；活动中查摆1项、销号0.0%（0/1））。',
    );
    await world.passUntil('2013-05-20T10:00:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.startsWith('待明确责任'))).toBe(
      '待明确责任的问题1项：\n1. 22号台账《资助发放超期》',
    );
    expect(world.toldTo('L01').find((text) => text.startsWith('督办中'))).toContain('《资助发放超期》（重点，');
    const item = await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'WT2012-002' } });
    const rule = { behind: 10, farBehind: 30, soon: 7 };
    expect(lit(item, '2013-05-21', rule).light).not.toBe('red');
    expect(lit(item, '2013-05-22', rule)).toMatchObject({ light: 'red', why: '待明确责任' });
  });

  test.each([
    ['服务不及时，措施：限时答复，来源：群众反映，6月10日前整改', '服务不及时', '限时答复', '群众反映'],
    ['会议准备不充分', '会议准备不充分', '', '自查'],
    ['首问不落实，责任科室办公室，整改期限6月30日，来源群众意见', '首问不落实', '', '群众反映'],
    ['窗口缺岗；措施是轮流值守；月底前完成', '窗口缺岗', '轮流值守', '自查'],
    ['遗留台账不清，来源集中教育遗留问题', '遗留台账不清', '', '集中教育未解决'],
  ])('「%s」 is %s', (text, problem, measure, source) => {
    expect(problemIn(text)).toEqual({ problem, measure, source, fault: '' });
  });

  test.each([
    ['材料报送拖拉，类别：效能不高，措施：专人负责', '效能不高'],
    ['上班迟到，问题类别是散，月底前整改', '散'],
    ['推诿扯皮；类别：履职不力问题', '履职不力'],
  ])('「%s」 is put under %s', (text, fault) =>
    expect(problemIn(text)).toMatchObject({ fault, problem: text.slice(0, text.search(/[，；]/)) }),
  );

  test('what it is put under stands in the ledger of problems; a class there is not is refused (R30, 3.2)', async () => {
    const world = await openWorld({ now: '2013-05-14T09:00:00+08:00' });
    expect((await world.says('U0501', '查摆问题：材料报送拖拉，类别：马虎，措施：专人负责，5月31日前整改'))[0]).toBe(
      '没有登记：问题类别请写履职不力、作风不实、效能不高、纪律不严（或庸、懒、散）之一，也可以不写。',
    );
    expect(
      (await world.says('U0501', '查摆问题：材料报送拖拉，类别：效能不高，措施：专人负责，5月31日前整改'))[0],
    ).toContain('《材料报送拖拉》，类别效能不高，来源自查');
    await world.db.read(async (tx) => {
      const bureau = await loadWorld(tx);
      const { rows, columns } = await rectificationSheet(tx, bureau, '2013-05', world.now(), {
        whose: null,
        of: '',
      });
      expect(rows[0]?.[columns.findIndex(({ heading }) => heading === '问题类别')]).toBe('效能不高');
    });
  });

  test.each([
    ['WT2013-001申请销号', false],
    ['9号台账已整改完成，申请销号', false],
    ['WT2013-001已建立限时答复制度，申请销号', true],
  ])('「%s」 says a result: %s', (note, says) => {
    expect(saysResult(note, { code: 'WT2013-001', title: '服务企业不及时' })).toBe(says);
  });
});

describe('说法', () => {
  test.each([
    ['查摆问题：高新科服务企业不及时，措施：限时答复，6月10日前整改', 'problem.report'],
    ['查摆问题：服务企业和农村科配合不好', 'ask'],
    ['登记问题：窗口缺岗，措施：轮流值守，月底前整改', 'problem.report'],
    ['查摆出的问题：会风松散', 'problem.report'],
    ['查摆高新科服务企业不及时', 'problem.report'],
    ['新增查摆问题：材料报送拖拉，措施：专人负责，6月5日前整改', 'problem.report'],
    ['查摆问题', 'ask'],
    ['查摆情况怎么样', 'none'],
    ['查摆整改工作要抓紧', 'none'],
    ['督查高新科台账完成情况：三项未更新，5月31日前整改', 'inspection.record'],
    ['督查成果科学习教育：未发现问题', 'inspection.record'],
    ['督导检查农村科制度执行：迟到两人，下周五前整改', 'inspection.record'],
    ['到社发科督查政务公开：公开栏未更新，6月3日前整改', 'inspection.record'],
    ['督查高新科', 'ask'],
    ['督查高新科：三项未更新，5月31日前整改', 'ask'],
    ['准备督查高新科台账完成情况：看更新没有', 'query.ledger'],
    ['高新科二季度督查情况', 'query.inspections'],
    ['高新科督查记录', 'query.inspections'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0201', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});
