import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { inPlace } from '../support/press.ts';
import { openWorld } from '../support/world.ts';

async function sheetOf(bytes: Buffer) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const page = book.worksheets[0];
  if (!page) throw new Error('no sheet');
  const rows = page.getSheetValues().slice(1) as unknown[][];
  return { page, rows: rows.map((row) => row.slice(1)) };
}

async function wordsOf(bytes: Buffer): Promise<{ xml: string; text: string }> {
  const xml = (await (await JSZip.loadAsync(bytes)).file('word/document.xml')?.async('text')) ?? '';
  return { xml, text: xml.replaceAll('</w:p>', '\n').replace(/<[^>]+>/g, '') };
}

describe('打印签到表', () => {
  test('after a session the convenor gets it filled in, A4, its title printed on every page', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00', press: inPlace });
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { convenorId: 'u0501' } });
    await world.says('U0502', '签到');
    world.at('2013-05-14T08:40:00+08:00');
    await world.says('U0503', '签到');
    world.at('2013-05-14T10:40:00+08:00');

    expect(await world.says('U0501', '打印签到表')).toEqual([
      '签到表随后发来：5月14日（星期二）08:30《十八大报告专题辅导》，A4纵向，可直接打印。',
    ]);

    const [paper] = world.wecom.papers;
    expect(paper).toMatchObject({ to: 'u0501', kind: 'file', name: '2013-05-14签到表.xlsx' });
    const { page, rows } = await sheetOf(paper?.bytes ?? Buffer.alloc(0));
    expect(page.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      printTitlesRow: '1:3',
      fitToWidth: 1,
    });
    expect(rows.find((row) => row[2] === '温　静')).toEqual([
      ...[5, '高新技术发展及产业化科', '温　静', '副科长', '08:20', '消息', ''],
    ]);
    expect(rows.find((row) => row[2] === '雷　鸣')?.slice(4)).toEqual(['08:40', '消息', '迟到']);
    expect(rows.flat().join(' ')).toContain('应到7人，实到2人（迟到1人），请假0人，缺席5人。');
  });

  test('before it opens the sheet is blank, to sign by hand', async () => {
    const world = await openWorld({ now: '2013-05-13T16:00:00+08:00', press: inPlace });

    await world.says('L01', '打印5月14日的签到表');

    const { rows } = await sheetOf(world.wecom.papers[0]?.bytes ?? Buffer.alloc(0));
    expect(rows[2]).toContain('签名');
    expect(rows.slice(3, 10).map((row) => row.slice(4).join(''))).toEqual(['', '', '', '', '', '', '']);
  });

  test('a day names its session, however long ago; a day without one names none', async () => {
    const world = await openWorld({ now: '2013-05-14T10:40:00+08:00', press: inPlace });
    await world.says('L01', '安排5月21日上午9点在三楼会议室学习新党章');
    world.at('2013-05-27T09:00:00+08:00');

    expect((await world.says('L01', '打印5月14日的签到表'))[0]).toContain(
      '5月14日（星期二）08:30《十八大报告专题辅导》',
    );
    expect((await world.says('L01', '打印5月15日的签到表'))[0]).toContain('您要哪一场的签到表');
    await world.says('L01', '更正考勤 5月14日 雷鸣 请假 5月21日补交了假条');
    await world.says('L01', '更正考勤 温静 请假 5月14日补交了假条');
    expect(await world.db.client.attendanceCorrection.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { personId: 'u0503', sessionCode: 'S0514' },
      { personId: 'u0502', sessionCode: 'XX2013-W21-1' },
    ]);
  });

  test('nobody else gets the names', async () => {
    const world = await openWorld({ now: '2013-05-14T10:40:00+08:00', press: inPlace });

    expect(await world.says('U0503', '打印签到表')).toEqual([
      '您没有“打印签到表”权限，该操作由召集人、局领导或活动办办理。',
    ]);
    expect(world.wecom.papers).toEqual([]);
  });
});

describe('学习情况统计表', () => {
  test('counts every unit of the bureau and sums them up; nobody’s name and no minutes are in it', async () => {
    const world = await openBureau({ now: '2013-05-14T08:20:00+08:00', press: inPlace });
    for (const id of ['U0101', 'U0102', 'U0502']) await world.says(id, '签到');
    await world.says('U0503', '今天自学《党章》40分钟');
    world.at('2013-05-31T17:00:00+08:00');

    await world.says('U0201', '5月份学习情况统计表');

    const [paper] = world.wecom.papers;
    expect(paper?.name).toBe('2013年5月学习情况统计表.xlsx');
    const { page, rows } = await sheetOf(paper?.bytes ?? Buffer.alloc(0));
    expect(page.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', printTitlesRow: '1:3' });
    expect(rows[0]?.[0]).toBe('濮阳市科学技术局2013年5月学习情况统计表');
    const units = rows.slice(3, 17);
    const total = rows[17] ?? [];
    expect(total[1]).toBe('合计');
    for (const place of [3, 4, 5, 6, 7, 10])
      expect(total[place]).toBe(units.reduce((sum, row) => sum + Number(row[place]), 0));
    expect(Number(total[3])).toBe(Number(total[4]) + Number(total[6]) + Number(total[7]));
    expect(total.slice(4, 5)).toEqual([3]);
    expect(total[11]).toBe(1);
    const people = await world.db.client.person.findMany();
    for (const { name } of people) expect(rows.flat().join(' ')).not.toContain(name);
    expect(rows.flat().join(' ')).not.toContain('分钟');
  });
});

describe('考勤通报', () => {
  test('is an official paper: open number, addressee, facts, problems, what is asked, office and date; units and nobody’s name', async () => {
    const world = await openBureau({ now: '2013-05-14T08:20:00+08:00', press: inPlace });
    await world.says('U0102', '签到');
    world.at('2013-05-31T17:00:00+08:00');

    expect(await world.says('U0201', '起草5月份考勤通报')).toEqual([
      '考勤通报随后发来：2013年5月，发文字号留空，由办公室编号后印发。',
    ]);

    const [paper] = world.wecom.papers;
    expect(paper?.name).toBe('关于2013年5月集中学习考勤情况的通报.docx');
    const { xml, text } = await wordsOf(paper?.bytes ?? Buffer.alloc(0));
    expect(text).toContain('〔2013〕　号');
    expect(text).toMatch(/机关各科室、局属各单位：\n.*现将有关情况通报如下：\n一、基本情况\n应到\d+人次，实到1人次/);
    expect(text).toMatch(/二、存在问题\n未经批准缺席：办公室\d+人次/);
    expect(text).toMatch(/三、下步要求\n[\s\S]*濮阳市科学技术局\n2013年5月31日/);
    for (const font of ['方正小标宋简体', '黑体', '仿宋_GB2312']) expect(xml).toContain(`w:eastAsia="${font}"`);
    expect(xml).toContain('w:sz w:val="44"');
    for (const { name } of await world.db.client.person.findMany()) expect(text).not.toContain(name);
  });

  test('a month without a session that is over has none', async () => {
    const world = await openWorld({ now: '2013-05-13T16:00:00+08:00', press: inPlace });

    expect(await world.says('L01', '起草5月份考勤通报')).toEqual(['没有起草：2013年5月还没有已结束的集中学习。']);
    expect(world.wecom.papers).toEqual([]);
  });
});
