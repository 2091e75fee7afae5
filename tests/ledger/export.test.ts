import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { inPlace } from '../support/press.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-28T12:00:00+08:00';
type World = Awaited<ReturnType<typeof openBureau>>;

interface Sheet {
  title: string;
  columns: { heading: string }[];
  rows: (string | number)[][];
}
/** What was sent, by the file's name. */
const filesOf = (world: World): Map<string, Sheet & { records: Record<string, string>[] }> =>
  new Map(world.wecom.papers.splice(0).map(({ name, bytes }) => [name, JSON.parse(bytes.toString('utf8'))]));

const busy = async () => {
  const world = await openBureau({ now: NOON, jobs: [] });
  await world.db.client.campaign.update({ where: { id: 1 }, data: { office: '濮阳市科学技术局' } });
  await world.says('U0501', '查摆问题：服务企业不及时，措施：限时答复，来源群众反映，6月10日前整改');
  await world.says('U0901', '查摆问题：专利台账更新慢，措施：每周更新，6月20日前整改');
  await world.says('U0502', '昨天走访了宏源石化，反映招工难');
  await world.says('U0902', '5月20日走访了宏源石化，反映专利申报周期长');
  await world.says('U0503', '意见：提醒太多，能不能合并成一条');
  await world.says('U0503', '请假，5月30日学习参加不了，家里老人住院');
  return world;
};

describe('导出整改、走访、日志（R95、3.2）', () => {
  test.each([
    'L01 05-28 导出整改台账 => export.file what=rectification scope=bureau',
    'U0501 05-28 导出高新科整改台账 5月 => export.file what=rectification scope=department:GXK month=2013-05',
    'L03 05-28 导出查摆问题 => export.file what=rectification scope=leader:L03',
    'L01 05-28 导出走访台账 5月 => export.file what=visit scope=bureau month=2013-05',
    'U0502 05-28 导出我的走访记录 => export.file what=visit scope=me',
    'U0201 05-28 导出操作日志 => export.file what=audit scope=bureau',
    'U0201 05-28 导出日志 5月 => export.file what=audit scope=bureau month=2013-05',
    'U0201 05-28 导出全部 => export.file what=all scope=bureau',
    'U0201 05-28 导出全部 5月 => export.file what=all scope=bureau month=2013-05',
    'U0201 05-28 导出台账和走访台账 => export.file what=visit scope=bureau + export.file what=ledger scope=bureau',
    'U0201 05-28 导出整改台账和考勤 => export.file what=rectification scope=bureau + export.file what=attendance scope=bureau',
    'U0201 05-28 导出全部台账 => export.file what=ledger scope=bureau',
    'U0201 05-28 别导出整改台账 => none',
    'U0201 05-28 整改台账导出失败了 => none',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the rectification ledger has the office’s columns, each problem with source, measure, term and whether it is off the list', async () => {
    const world = await busy();
    await world.says('U0501', 'WT2013-001进展：已定限时答复办法');

    expect((await world.says('L03', '导出整改台账'))[0]).toBe('文件随后私下发给您：柳文涛分管的5月份整改台账（1项）。');
    const sheet = filesOf(world).get('濮阳市科学技术局2013年5月份整改台账（柳文涛分管的）.xlsx');
    expect(sheet?.columns.map(({ heading }) => heading).join('｜')).toBe(
      '序号｜问题来源｜问题类别｜问题表现｜责任科室｜责任人｜整改措施｜整改时限｜整改进展｜是否销号｜销号时间｜备注',
    );
    const row = sheet?.rows.find((one) => one[3] === '服务企业不及时');
    expect(row?.slice(1)).toEqual([
      ...['群众反映', '', '服务企业不及时', '高新技术发展及产业化科', '龚海波', '限时答复', '2013年6月10日'],
      ...[expect.stringContaining('已定限时答复办法'), '否', '', ''],
    ]);
  });

  test('a month shows what was open in it and what went off the list in it, as it stood at its cut-off', async () => {
    const world = await busy();
    await world.says('U0501', 'WT2013-001进展：已定限时答复办法，申请销号，整改结果：已印发办法并公示');
    await world.says('U0501', 'WT2013-001申请验收，整改结果：已印发办法并公示');
    await world.says('L03', 'WT2013-001验收通过');
    await world.says('L03', '确认');
    const rowsOf = async (text: string) => {
      await world.says('L01', text);
      const sheet = [...filesOf(world)].find(([name]) => name.includes('整改台账'))?.[1];
      return sheet?.rows.filter((one) => one[3] === '服务企业不及时').map((one) => [one[9], one[10]]);
    };

    expect(await rowsOf('导出整改台账 5月')).toEqual([['是', '2013年5月28日']]);
    world.at('2013-06-20T12:00:00+08:00');
    expect(await rowsOf('导出整改台账 6月')).toEqual([]);
    expect(await rowsOf('导出全部')).toEqual([['是', '2013年5月28日']]);
  });

  test('visits are those of the own scope, with who went where and what was heard', async () => {
    const world = await busy();

    await world.says('U0501', '导出走访台账');
    await world.says('U0502', '导出我的走访');
    await world.says('L01', '导出走访台账 5月');
    const [unit, own, all] = [...filesOf(world)];

    expect(unit?.[0]).toBe('濮阳市科学技术局2013年5月份走访台账（高新技术发展及产业化科）.xlsx');
    expect(unit?.[1].columns.map(({ heading }) => heading).join('｜')).toBe(
      '序号｜日期｜走访对象｜地点类别｜走访人员｜了解情况｜诉求｜办理方式｜办理结果｜反馈时间｜满意度',
    );
    expect(unit?.[1].rows).toEqual([
      [
        1,
        '2013年5月27日',
        '濮阳市宏源石化设备有限公司',
        '重点企业',
        '温静',
        expect.stringContaining('招工难'),
        '',
        '',
        '',
        '',
        '',
      ],
    ]);
    expect(own?.[1].rows).toHaveLength(1);
    expect(all?.[1].rows.map((row) => row[1])).toEqual(['2013年5月20日', '2013年5月27日']);
    expect(await world.says('U0501', '导出走访台账 3月')).toEqual([
      '没有导出：高新技术发展及产业化科3月份走访台账没有记录，没有生成空文件。',
    ]);
  });

  test('全部 is every book there is; the log is in it for the office alone, without what is restricted or unsigned', async () => {
    const world = await busy();

    const [answer] = await world.says('U0201', '导出全部');
    const files = filesOf(world);
    expect([...files.keys()]).toEqual([
      ...['濮阳市科学技术局2013年5月份工作台账.xlsx', '考勤明细.xlsx', '濮阳市科学技术局整改台账.xlsx'],
      ...['濮阳市科学技术局走访台账.xlsx', '操作日志.xlsx'],
    ]);
    expect(answer).toContain('5个文件随后私下发给您');
    const log = files.get('操作日志.xlsx');
    expect(log?.records.map(({ actor, title }) => `${actor}${title}`)).toContain('龚海波登记查摆问题');
    expect(JSON.stringify(log)).not.toMatch(/住院|提意见|合并成一条/);

    await world.says('L01', '导出全部');
    expect([...filesOf(world).keys()]).not.toContain('操作日志.xlsx');
    for (const id of ['L01', 'L03', 'U0501', 'U0502'])
      expect((await world.says(id, '导出操作日志'))[0], id).toContain('没有“导出”权限');
    expect(world.wecom.papers).toEqual([]);
    const taken = await world.db.client.audit.findMany({ where: { intent: 'export.file' }, select: { actor: true } });
    expect(taken.map(({ actor }) => actor)).toEqual(['u0201', 'l01']);
  });

  test('the log of a month has what was done from its first to its last minute, and nothing else', async () => {
    const world = await openBureau({ now: NOON, jobs: [] });
    const line = { actor: 'u0501', intent: 'problem.enter', command: '{}', inboxKey: '' };
    const times = ['2013-04-30T23:59:59', '2013-05-01T00:00:00', '2013-05-31T23:59:59', '2013-06-01T00:00:00'];
    for (const time of times)
      await world.db.client.audit.create({ data: { ...line, at: new Date(`${time}+08:00`), outcome: time } });

    world.at('2013-06-20T12:00:00+08:00');
    await world.says('U0201', '导出操作日志 5月');

    const log = filesOf(world).get('5月份操作日志.xlsx');
    expect(log?.records.map(({ outcome }) => outcome)).toEqual(times.slice(1, 3));
  });

  test('every one opens in Excel and WPS: Chinese headings, fixed, printed again on every page, A4 landscape one page wide', async () => {
    const world = await openBureau({ now: NOON, press: inPlace });
    await world.says('U0501', '查摆问题：服务企业不及时，措施：限时答复，6月10日前整改');
    await world.says('U0502', '昨天走访了宏源石化，反映招工难');
    await world.says('U0201', '导出全部');

    expect(world.wecom.papers).toHaveLength(5);
    for (const { name, bytes } of world.wecom.papers) {
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(new Uint8Array(bytes).buffer);
      const [page] = book.worksheets;
      expect(page?.views[0], name).toMatchObject({ state: 'frozen' });
      expect(page?.pageSetup, name).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true });
      expect(page?.pageSetup.printTitlesRow, name).toMatch(/^1:[13]$/);
      expect(JSON.stringify(page?.getSheetValues()), name).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
