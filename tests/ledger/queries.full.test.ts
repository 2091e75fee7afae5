import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';

describe('情况、本月、比上月（R90）', () => {
  test.each([
    'L01 05-16 情况 => query.standing scope=bureau month=2013-05',
    'L03 05-16 看看情况 => query.standing scope=leader:L03 month=2013-05',
    'U0501 05-16 目前情况。 => query.standing scope=department:GXK month=2013-05',
    'U0502 05-16 概况 => query.standing scope=me month=2013-05',
    'L01 05-16 高新科本月 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 高新科这个月怎么样 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 全局4月份情况 => query.standing scope=bureau month=2013-04',
    'U0201 05-16 上个月全局怎么样？ => query.standing scope=bureau month=2013-04',
    'L03 05-16 我分管的上个月怎么样 => query.standing scope=leader:L03 month=2013-04',
    'U0501 05-16 本科这个月怎么样 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 比上月 => query.standing scope=bureau month=2013-05 against=2013-04',
    'L01 05-16 跟上个月比怎么样 => query.standing scope=bureau month=2013-05 against=2013-04',
    'L01 05-16 高新科和上月相比有什么变化 => query.standing scope=department:GXK month=2013-05 against=2013-04',
    'U0501 05-16 本科本月比4月怎么样 => query.standing scope=department:GXK month=2013-05 against=2013-04',
    'L01g 05-16 高新科这个月怎么样？ => query.standing scope=department:GXK month=2013-05',
    'U0501 05-16 比上月多签了两家合同 => none | ask | ledger.progress item=K3-1 increment=2',
    'U0501 05-16 本月情况已经报给局办了 => none | ask',
    'L01g 05-16 情况 => none',
    'U0501g 05-16 这个月情况特殊，大家体谅 => none',
    'U0502 05-16 天气比上月热多了 => none',
    'U0502 05-16 情况是这样的，我明天说 => none',
    'U0501 05-16 本月工作总结：培育1家，存在问题是人手不足，下月继续 => report.month month=2013-05',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the same question by chief, deputy, head and staff gives four answers, each of the own scope', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.create({
      data: {
        ...{ code: 'K3-2', no: 6, title: '节能减排示范企业2家', target: 2, unit: '家', deadline: '2013-12-31' },
        ...{ level: '科室', category: '重点工作', departmentCode: 'SFK', leaderId: 'l04', ownerId: 'u0702' },
      },
    });
    await world.says('U0502', 'K3-4累计1个');

    const [chief, deputy, head, staff] = await Promise.all(
      ['L01', 'L04', 'U0501', 'U0502'].map(async (id) => (await world.says(id, '情况'))[0]),
    );

    expect(chief).toContain('全局共3项，已验收0.0%（0/3）');
    expect(chief).toContain('逾期33.3%（1/3）');
    expect(chief, 'of several units those without a summary are named').toContain('未报：办公室');
    expect(deputy).toContain('您分管的共1项');
    expect(head).toContain('高新技术发展及产业化科共2项');
    expect(staff).toContain('您名下共2项');
    for (const answer of [chief, deputy, head, staff]) {
      expect(answer).toMatch(/^截至5月14日（星期二）12:00，/);
      expect(Buffer.byteLength(answer ?? '')).toBeLessThanOrEqual(2048);
    }
  });

  test('a month that is over is shown as it stood at its end, and compared with what stands now', async () => {
    const world = await openWorld({ now: '2013-04-10T12:00:00+08:00' });
    await world.says('U0502', '3号台账完成100%');
    world.at(NOON);
    await world.says('U0502', '3号台账申请验收');
    await world.says('L03', '3号台账验收通过');
    await world.says('L03', '确认');

    expect((await world.says('L01', '高新科4月份怎么样'))[0]).toContain(
      '截至4月30日（星期二），高新技术发展及产业化科共2项，已验收0.0%（0/2），待验收0项，推进中1项，未报1项，逾期0.0%（0/2）。',
    );
    expect((await world.says('L01', '比上月'))[0]).toContain('比4月30日（星期二）：已验收0→1项。');
    expect((await world.says('L01', '全局6月份情况'))[0]).toBe('6月份还没有到，没有数字。');
  });

  test('outside the own scope it is refused and nothing of it is said', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('L04', '高新科这个月怎么样')).toEqual([
      '您没有“查看情况”权限，该操作由该科室（单位）负责人、分管领导或活动办办理。',
    ]);
  });
});

describe('科室对比与滞后原因', () => {
  test.each([
    'L01 05-16 哪个科室红灯最多 => query.comparison measure=red',
    'L01 05-16 逾期最多的科室 => query.comparison measure=overdue',
    'L01 05-16 各科室完成率 => query.comparison measure=done',
    'L03 05-16 哪个单位完成率最低 => query.comparison measure=done least=true',
    'U0201 05-16 哪个科室待验收的最多？ => query.comparison measure=waiting',
    'L01 05-16 各科室逾期率对比 => query.comparison measure=overdue',
    'L01 05-16 高新科和社发科比一比 => query.comparison measure=done units=GXK,SFK',
    'L01 05-16 对比一下高新科和社发科 => query.comparison measure=done units=GXK,SFK',
    'L01 05-16 高新科、社发科逾期对比 => query.comparison measure=overdue units=GXK,SFK',
    'L01g 05-16 哪个科室红灯最多？ => query.comparison measure=red',
    'L01 05-16 各单位超期的有几项 => query.ledger scope=bureau status=overdue',
    'L01 05-16 各科室抓紧完成台账 => none | ask',
    'L01 05-16 哪个科室学习最好 => none | ask | query.study | query.attendance',
    'U0502 05-16 我们科室的人最多 => none',
    'U0501 05-16 和社发科对比我们做得不够 => none',
    'L01 05-16 请各科室对比上级要求抓好落实 => none',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test.each([
    'L01 05-16 红灯的主要原因是什么 => query.reasons scope=bureau',
    'L01 05-16 红灯主要原因 => query.reasons scope=bureau',
    'L01 05-16 为什么滞后 => query.reasons scope=bureau',
    'L03 05-16 高新科滞后的原因 => query.reasons scope=department:GXK',
    'U0502 05-16 为什么我的进度慢 => query.reasons scope=me',
    'U0501 05-16 本科逾期原因分析 => query.reasons scope=department:GXK',
    'L01 05-16 高新科为什么亮红灯？ => query.reasons scope=department:GXK',
    'L03 05-16 分管的为什么逾期 => query.reasons scope=leader:L03',
    'U0201 05-16 全局黄灯是为什么 => query.reasons scope=bureau',
    'L01g 05-16 红灯主要原因 => query.reasons scope=bureau',
    'L01 05-16 K3-4为什么红灯 => query.item item=K3-4',
    'U0502 05-16 滞后的原因是省厅没批 => none | ask',
    'U0502 05-16 因为下雨没完成 => none | ask',
    'L01 05-16 高新科为什么又逾期了，写个说明 => none | ask | query.ledger scope=department:GXK status=overdue',
    'U0501 05-16 申请延期，原因滞后 => ask',
    'L01 05-16 学习为什么没完成 => none | ask | query.study | query.attendance',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('units stand side by side in establishment order, each figure with what it is a part of; a head compares nobody', async () => {
    const world = await openWorld({ now: NOON });
    await addSecondUnit(world);

    expect(await world.says('L01', '哪个科室逾期最多')).toEqual([
      '截至5月14日（星期二）12:00，逾期最多的是高新技术发展及产业化科（逾期50.0%（1/2））。\n高新技术发展及产业化科：逾期50.0%（1/2）\n其余1个科室（单位）没有逾期的。',
    ]);
    expect((await world.says('L01', '高新科和社发科比一比'))[0]).toBe(
      '截至5月14日（星期二）12:00，所问2个科室（单位）已验收率相同。\n高新技术发展及产业化科：已验收0.0%（0/2）\n社会发展科技科：已验收0.0%（0/1）',
    );
    expect((await world.says('U0501', '哪个科室逾期最多'))[0]).toBe(
      '您没有“科室对比”权限，该操作由局领导、分管领导或活动办办理。',
    );
    expect((await world.says('L03', '高新科和社发科比一比'))[0]).toContain('没有“科室对比”权限');
  });

  test('reasons are counted by the rule of the lights, and what units gave as a reason stands below', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计0个');
    await world.says('U0501', '8号台账延到10月31日，省厅评审推迟');

    expect(await world.says('L01', '红灯的主要原因是什么')).toEqual([
      [
        '截至5月14日（星期二）12:00，全局红灯100.0%（2/2）、黄灯0.0%（0/2）。按亮灯规则，原因是：',
        '1. 已过时限：50.0%（1/2）',
        '2. 比时间进度落后30个百分点以上：50.0%（1/2）',
        '承办科室（单位）自述：',
        '· 8号台账《新建市级重点实验室3个》申请延期时说：8号台账延到10月31日，省厅评审推迟',
      ].join('\n'),
    ]);
    expect((await world.says('L04', '为什么滞后'))[0]).toContain('0项台账中没有红灯和黄灯');
  });

  test('红灯 lists what is far behind as well as what is overdue, and 为什么 of one item says why', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4累计0个');

    const [answer] = await world.says('L01', '红灯');
    expect(answer).toContain('其中红灯2项：');
    expect(answer).toContain('8号《新建市级重点实验室3个》');
    expect((await world.says('L01', 'K3-4为什么红灯'))[0]).toContain(
      '🔴红灯（逾期或严重滞后），时间已过55.1%，完成0%，落后55.1个百分点，超30亮红灯。',
    );
  });
});

describe('谁没报、还有什么没办', () => {
  test.each([
    'U0501 05-16 谁没报 => query.unreported month=2013-05',
    'L01 05-16 哪些科室还没报？ => query.unreported month=2013-05',
    'U0201 05-16 4月谁没报 => query.unreported month=2013-04',
    'L03 05-16 上个月哪个单位没报 => query.unreported month=2013-04',
    'L01 05-14 今天学习谁没签到 => query.attendance session=S0514 status=absent',
    'U0502 05-16 我没报 => none | ask',
    'U0502 05-16 没报名 => none | ask',
    'U0501 05-16 我还有什么没办 => query.ledger scope=me status=in_progress',
    'U0501 05-16 我还有啥没办完 => query.ledger scope=me status=in_progress',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('我还有什么没办 names the own items, what waits for a decision, and the summary once hand-in is open', async () => {
    const world = await openWorld({ now: '2013-05-22T12:00:00+08:00' });
    await world.says('U0502', '3号台账完成100%');
    await world.says('U0502', '3号台账申请验收');
    await world.says('U0501', '8号台账延到10月31日，省厅评审推迟');

    expect((await world.says('L03', '我还有什么没办'))[0]).toContain(
      '待您决定1件：龚海波申请8号台账延到10月31日（星期四）。\n待您验收1项：3号。',
    );
    expect((await world.says('U0501', '我还有什么没办'))[0]).toContain(
      '高新技术发展及产业化科5月份总结未报，28日截止。',
    );
  });
});

describe('导出（R95）', () => {
  test.each([
    'L01 05-16 导出台账 => export.file what=ledger scope=bureau',
    'L01 05-16 导出 台账 3月 => export.file what=ledger scope=bureau month=2013-03',
    'U0501 05-16 导出高新科台账 => export.file what=ledger scope=department:GXK',
    'U0501 05-16 把台账发我一份表格 => export.file what=ledger scope=department:GXK',
    'U0502 05-16 导出我的台账 => export.file what=ledger scope=me',
    'L03 05-16 下载4月考勤 => export.file what=attendance scope=leader:L03 month=2013-04',
    'L01 05-16 导出签到 => export.file what=attendance scope=bureau',
    'U0201 05-16 导出全部 => export.file what=all scope=bureau',
    'U0501 05-16 台账电子版发我 => export.file what=ledger scope=department:GXK',
    'L01g 05-16 导出台账 => export.file what=ledger scope=bureau',
    'U0501 05-16 导出 签到 S0514 => export.file what=attendance scope=department:GXK session=S0514',
    'U0501 05-16 导出签到 s0514 => export.file what=attendance scope=department:GXK session=S0514',
    'U0501 05-16 导出 签到 XX2013-W10-1 => ask',
    'U0501 05-14 导出 签到 今天 => export.file what=attendance scope=department:GXK session=S0514',
    'U0501 05-18 导出5月14日的签到 => export.file what=attendance scope=department:GXK session=S0514',
    'U0501 05-13 导出 签到 今天 => ask',
    'U0201 05-16 导出 => ask',
    'L01 05-14 导出签到表 => session.sheet session=S0514',
    'U0501 05-16 别导出台账 => none',
    'U0501 05-16 导出失败了 => none',
    'U0501 05-16 明天再导出台账吧 => none | ask',
    'U0501 05-16 学习资料下载了 => none | ask',
    'U0502 05-16 台账怎么导出 => none | ask | help | query.ledger scope=me status=all',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the ledger comes as a file, in private, with the own scope only, and who took it is kept', async () => {
    const world = await openWorld({ now: NOON });
    await addSecondUnit(world);

    expect(await world.says('U0501', '导出台账 5月')).toEqual([
      '文件随后私下发给您：高新技术发展及产业化科5月份工作台账（截至5月14日（星期二）12:00，2项）。',
    ]);
    const [file] = world.wecom.papers;
    expect(file).toMatchObject({
      to: 'u0501',
      kind: 'file',
      name: '2013年5月份工作台账（高新技术发展及产业化科）.xlsx',
    });
    const { groups } = JSON.parse(file?.bytes.toString('utf8') ?? '');
    expect(groups.flatMap((group: { rows: { code: string }[] }) => group.rows.map(({ code }) => code))).toEqual([
      'K1-3',
      'K3-4',
    ]);
    expect(await world.db.client.audit.findMany()).toMatchObject([
      { actor: 'u0501', intent: 'export.file', outcome: 'sent' },
    ]);
  });

  test('who came is exported with the names one may see: a head the own unit, anybody else oneself', async () => {
    const world = await openWorld({ now: '2013-05-14T08:25:00+08:00' });
    for (const id of ['U0501', 'U0502', 'U0702']) await world.says(id, '签到');
    world.at(NOON);

    await world.says('U0501', '导出签到');
    await world.says('U0502', '导出我的签到');

    const names = world.wecom.papers.map(({ bytes }) =>
      JSON.parse(bytes.toString('utf8')).records.map(({ name }: { name: string }) => name),
    );
    expect(names).toEqual([['龚海波', '温静', '雷鸣'], ['温静']]);
  });

  test('an empty month makes no file, a month to come none, and another unit is refused', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('U0501', '导出签到 3月')).toEqual(['没有导出：3月份考勤明细没有记录，没有生成空文件。']);
    expect(await world.says('U0501', '导出台账 7月')).toEqual(['没有导出：7月份还没有到。']);
    expect((await world.says('L04', '导出高新科台账'))[0]).toContain('没有“导出”权限');
    expect((await world.says('U0501', '导出全部'))[0]).toContain('没有“导出”权限');
    expect(world.wecom.papers).toEqual([]);
  });
});

async function addSecondUnit({ db }: Awaited<ReturnType<typeof openWorld>>): Promise<void> {
  await db.client.ledgerItem.create({
    data: {
      ...{ code: 'K3-2', no: 6, title: '节能减排示范企业2家', target: 2, unit: '家', deadline: '2013-12-31' },
      ...{ level: '科室', category: '重点工作', departmentCode: 'SFK', leaderId: 'l04', ownerId: 'u0702' },
    },
  });
}
