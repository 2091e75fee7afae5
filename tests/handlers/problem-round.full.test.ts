import { describe, expect, test } from 'vitest';
import { plannedIn } from '#bot/domain/inspection.ts';
import { unitInWords } from '#bot/domain/meeting-pack.ts';
import type { Job } from '#bot/job.ts';
import { figureSaid } from '#bot/language/figure-set.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { loadWorld } from '#bot/store/world.ts';
import openProblemRound from '#jobs/open-problem-round.ts';
import planInspections from '#jobs/plan-inspections.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** 龚海波 heads 高新科, 何平 heads 社发科, 薛冰 is the office. */
const office = async (now: string) => {
  const world = await openWorld({ now });
  const { client } = world.db;
  const common = { userid: 'U0701', title: '科长', departmentCode: 'SFK' };
  await client.person.create({ data: { ...common, id: 'u0701', name: '何平', roles: '["head"]' } });
  await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};
type Office = Awaited<ReturnType<typeof office>>;
/** What the job tells whom at an instant. */
const runs = async (world: Office, job: Job, at: string) => {
  world.at(at);
  const slot = new Date(at);
  const notices = await world.db.write(async (tx) =>
    job.run({ slot, tx, world: await loadWorld(tx), duties: () => [] }),
  );
  return notices.map(({ to, text }) => `${to.kind === 'user' ? to.id : 'group'} ${text}`);
};

describe('月度查摆 (R30, R52)', () => {
  test('the round opens on the 20th, asks on the 25th who said nothing, and the office hears the result on the 26th', async () => {
    const world = await office('2013-06-10T09:00:00+08:00');
    await world.says('U0501', '查摆问题：服务企业不及时，措施：限时答复，7月10日前整改');

    expect(await runs(world, openProblemRound, '2013-06-20T08:30:00+08:00')).toEqual([
      'u0701 6月份问题查摆开始，社会发展科技科本月还没有登记，请于6月25日（星期二）前回复“查摆问题：……，措施：……，7月4日前整改”登记，确无问题请回复“查摆无问题”。',
    ]);
    const [due] = await runs(world, openProblemRound, '2013-06-25T08:30:00+08:00');
    expect(due).toContain('u0701 社会发展科技科6月份问题查摆今日截止，还没有登记。');
    expect(await runs(world, openProblemRound, '2013-06-26T08:30:00+08:00')).toEqual([
      'u0702 6月份问题查摆：3个科室（单位）中登记问题1个（高新技术发展及产业化科1件），共1件，确无问题0个，未报2个（办公室、社会发展科技科）。',
    ]);
  });

  test('「无」 is kept as a statement, once, by the head alone; it is no omission, and a problem may follow it', async () => {
    const world = await office('2013-06-20T10:00:00+08:00');

    expect((await world.says('U0702', '查摆无问题'))[0]).toContain('权限');
    expect((await world.says('U0701', '无'))[0]).toBe(
      '已记录：社会发展科技科6月份查摆确无问题。之后发现问题仍可随时登记，十分钟内可发“撤销”收回。',
    );
    expect(await world.db.client.noProblem.findMany()).toMatchObject([{ month: '2013-06', departmentCode: 'SFK' }]);
    expect((await world.says('U0701', '查摆无问题'))[0]).toContain('已于6月20日（星期四）报“确无问题”，不必重复');
    expect(await runs(world, openProblemRound, '2013-06-25T08:30:00+08:00')).toHaveLength(1);
    const pack = await world.db.read(async (tx) => packOf(tx, await loadWorld(tx), '2013-06', world.now()));
    expect(pack.units.map(unitInWords).map((lines) => /本月查摆([^。]+)/.exec(lines.join())?.[1])).toEqual([
      ...['未报', '未报', '确无问题'],
    ]);

    await world.says('U0701', '查摆问题：会议准备不充分，措施：提前送材料，7月10日前整改');
    expect((await world.says('U0701', '查摆无问题'))[0]).toContain('已登记查摆问题1件，不必再报“无”');
    await world.says('U0501', '查摆无问题');
    await world.says('U0501', '撤销');
    expect((await runs(world, openProblemRound, '2013-06-26T08:30:00+08:00'))[0]).toContain(
      '登记问题1个（社会发展科技科1件），共1件，确无问题0个，未报2个',
    );
  });

  test('said after its day it is 逾期 and stands in its own month, named or not; a month to come is refused (R30, G9)', async () => {
    const world = await office('2013-07-03T10:00:00+08:00');

    expect((await world.says('U0701', '查摆无问题'))[0]).toBe(
      '已记录：社会发展科技科6月份查摆确无问题，逾期（应于6月25日（星期二）前报）。之后发现问题仍可随时登记，十分钟内可发“撤销”收回。',
    );
    expect((await world.says('U0501', '五月份查摆确无问题'))[0]).toContain('5月份查摆确无问题，逾期');
    expect((await world.says('U0501', '8月份查摆确无问题'))[0]).toContain('没有记录：8月份还没有到');
    expect(
      (await world.db.client.noProblem.findMany()).map(({ month, departmentCode }) => `${month} ${departmentCode}`),
    ).toEqual(['2013-06 SFK', '2013-05 GXK']);
    const pack = await world.db.read(async (tx) => packOf(tx, await loadWorld(tx), '2013-06', world.now()));
    expect(pack.units.flatMap(unitInWords).join()).toContain('本月查摆确无问题（逾期报）');
  });

  test.each([
    ['查摆无问题', 'problem.none'],
    ['本月查摆无问题', 'problem.none'],
    ['五月份查摆确无问题', 'problem.none'],
    ['我科本月查摆没有问题', 'problem.none'],
    ['经自查，未发现问题', 'problem.none'],
    ['本月无问题登记', 'problem.none'],
    ['高新科本月确无问题', 'problem.none'],
    ['确无', 'problem.none'],
    ['无', 'problem.none'],
    ['没有问题', 'none'],
    ['我这边没问题', 'none'],
    ['本月查摆有没有问题', 'none'],
    ['听说他们查摆无问题', 'none'],
    ['查摆无问题的话就不用报了吧', 'none'],
    ['3号台账无问题', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0501', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });

  test('before the round opens a bare 「无」 says nothing', () => {
    expect(meaning('无', { from: 'U0501', now: '2013-05-10T10:00:00+08:00' })).toBe('none');
  });
});

describe('督导检查的照片和计划 (R50)', () => {
  test('photos sent just before are part of the record, need not be, and go with the quarter sheet', async () => {
    const world = await office('2013-05-14T12:00:00+08:00');
    await world.sends('U0702', JPEG);
    expect((await world.says('U0702', '督查高新科台账完成情况：三项未更新，5月31日前整改'))[0]).toContain('附照片1张');
    expect((await world.says('U0702', '督查高新科党务公开：未发现问题'))[0]).not.toContain('照片');
    expect(await world.db.client.material.findFirst()).toMatchObject({ inspection: 'DC2013-001', itemCode: null });

    const papers = world.wecom.papers.length;
    expect((await world.says('U0501', '高新科二季度督查情况'))[0]).toContain('三项未更新（JB2013-001未报，照片1张）');
    expect(world.wecom.papers.slice(papers).map(({ to }) => to)).toEqual(['u0501']);

    world.at('2013-05-14T12:05:00+08:00');
    await world.sends('U0702', Buffer.concat([JPEG, Buffer.from([1])]));
    await world.says('U0702', '刚才的照片是DC2013-002的');
    expect((await world.says('U0501', '高新科二季度督查情况'))[0]).toContain('未发现问题，照片1张');
    expect((await world.says('U0702', '刚才的照片是DC2013-009的'))[0]).toContain('没有编号为DC2013-009的督查');
  });

  test('every unit has its turn within the quarter; who was looked into is not named, and what is left is told at its end', async () => {
    const world = await office('2013-04-01T08:00:00+08:00');
    await world.db.client.department.update({ where: { code: 'GXK' }, data: { aliases: '["高新科"]' } });

    expect(await runs(world, planInspections, '2013-04-01T08:30:00+08:00')).toEqual([
      'u0702 4月份督查计划（每季每科室（单位）1次）：办公室。登记请发“督查局办台账完成情况：……”。',
    ]);
    await world.says('U0702', '督查局办党务公开：未发现问题');
    const may = await runs(world, planInspections, '2013-05-02T08:30:00+08:00');
    expect(may.map((text) => /^(\S+) .*：(.{4}).*。登记/.exec(text)?.slice(1).join())).toEqual([
      ...['l03,高新技术', 'u0702,高新技术'],
    ]);
    const end = await runs(world, planInspections, '2013-06-28T08:30:00+08:00');
    expect(end.find((text) => text.startsWith('u0702'))).toMatch(/二季度督查计划.*尚未完成：高新.*、社会/);
    expect((await world.says('U0702', '每季督查每个科室0次'))[0]).toContain('已改：每季督查次数1→0次，不排督查计划');
    expect(await runs(world, planInspections, '2013-07-01T08:30:00+08:00')).toEqual([]);
  });

  test('the turns are spread evenly', () => {
    const months = ['2013-04', '2013-05', '2013-06'];
    const plan = (times: number) => [0, 1, 2].map((place) => months.map((month) => plannedIn(place, month, times)));
    expect(plan(1)).toEqual([
      [1, 1, 1],
      [0, 1, 1],
      [0, 0, 1],
    ]);
    expect(plan(3)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(plan(2).map((row) => row[2])).toEqual([2, 2, 2]);
    expect(figureSaid('督查次数改为每季两次')).toEqual({ key: 'inspections', value: 2 });
  });
});
