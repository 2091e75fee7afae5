import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { importLedger } from '#bot/import/ledger.ts';
import { BadSheet, readSheets } from '#bot/import/table.ts';
import { openWorld } from '../support/world.ts';

const HEADINGS = [
  '序号',
  '编号',
  '级别',
  '类别',
  '事项',
  '目标值',
  '单位',
  '责任领导',
  '责任科室',
  '责任人',
  '完成时限',
];
const GOOD: (string | number | Date)[] = [
  30,
  'K9-1',
  '科室',
  '重点工作',
  '培育示范企业',
  5,
  '家',
  '柳文涛',
  '高新科',
  '温静',
  '2013-10-31',
];

const fileOf = (name: string, bytes: Buffer | string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'sheet-')), name);
  writeFileSync(file, bytes);
  return file;
};
async function bookOf(rows: unknown[][], change?: (page: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void) {
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet('台账');
  page.addRow(HEADINGS);
  for (const row of rows) page.addRow(row);
  change?.(page, book);
  return fileOf('book.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
}
const cell = (page: ExcelJS.Worksheet, heading: string, row = 2) =>
  page.getRow(row).getCell(HEADINGS.indexOf(heading) + 1);

async function imported(file: string) {
  const { db } = await openWorld({ now: '2013-05-14T12:00:00+08:00' });
  const outcome = await db
    .write(async (tx) => importLedger(tx, await readSheets(file), '2013-05-14'))
    .catch((error: unknown) => {
      if (error instanceof BadSheet) return error.lines;
      throw error;
    });
  return { outcome, item: await db.client.ledgerItem.findUnique({ where: { code: 'K9-1' } }) };
}
const READ = { added: 1, changed: 0, unchanged: 0 };
const ITEM = { no: 30, title: '培育示范企业', target: 5, unit: '家', deadline: '2013-10-31', ownerId: 'u0502' };

describe('难读的表格', () => {
  test('a formula counts by the value the spreadsheet kept with it', async () => {
    const file = await bookOf([GOOD], (page) => {
      cell(page, '目标值').value = { formula: '2+3', result: 5 };
      cell(page, '事项').value = { formula: 'CONCATENATE("培育","示范企业")', result: '培育示范企业' };
    });
    expect(await imported(file)).toMatchObject({ outcome: READ, item: ITEM });
  });

  test('a formula that makes no number is refused with its cell named, and nothing is imported', async () => {
    const file = await bookOf([GOOD], (page) => {
      cell(page, '目标值').value = { formula: '1/0', result: { error: '#DIV/0!' } };
    });
    const { outcome, item } = await imported(file);
    expect(outcome).toEqual(['第2行 F2单元格: 公式出错或没有算出的值，请改好并保存后再导入']);
    expect(item).toBeNull();
  });

  test('numbers kept as text, days kept as days or as words, are read alike', async () => {
    for (const [target, deadline] of [
      ['5', '2013年10月31日'],
      [5, new Date('2013-10-31T00:00:00Z')],
      [' 5 ', '2013/10/31'],
    ])
      expect(await imported(await bookOf([GOOD.with(5, target ?? '').with(10, deadline ?? '')]))).toMatchObject({
        outcome: READ,
        item: ITEM,
      });
  });

  test('a workbook that counts days from 1904 gives the same days', async () => {
    const file = await bookOf([GOOD.with(10, new Date('2013-10-31T00:00:00Z'))], (_, book) => {
      book.properties.date1904 = true;
    });
    expect(await imported(file)).toMatchObject({ outcome: READ, item: ITEM });
  });

  test('hidden rows and columns are read like any other: what is there counts', async () => {
    const file = await bookOf([GOOD], (page) => {
      page.getRow(2).hidden = true;
      page.getColumn(6).hidden = true;
    });
    expect(await imported(file)).toMatchObject({ outcome: READ, item: ITEM });
  });

  test('a cell merged over two rows stands in the first; the second is refused by row and column', async () => {
    const second = GOOD.with(0, 31).with(1, 'K9-2');
    const file = await bookOf([GOOD, second], (page) => page.mergeCells(2, 9, 3, 9));
    const { outcome, item } = await imported(file);
    expect(outcome).toEqual(['第3行 责任科室: 不能为空']);
    expect(item).toBeNull();
  });

  test('a title merged across the sheet, a group row and a signature are no items', async () => {
    const file = await bookOf([['一、创新驱动发展战略'], GOOD, ['科室负责人（签字）：']], (page) => {
      page.spliceRows(1, 0, ['2013年工作台账']);
      page.mergeCells(1, 1, 1, HEADINGS.length);
      page.mergeCells(3, 1, 3, HEADINGS.length);
    });
    expect(await imported(file)).toMatchObject({ outcome: READ, item: ITEM });
  });

  test('时间节点 that begin with a day become milestones; one after the item is due is refused by its cell', async () => {
    const sheet = (nodes: string) =>
      fileOf('nodes.csv', `${[...HEADINGS, '时间节点'].join(',')}\n${[...GOOD, nodes].join(',')}\n`);

    const { outcome, item } = await imported(sheet('6月30日完成申报；9月15日前认定'));
    expect(outcome).toEqual(READ);
    expect(item).toMatchObject({
      nextMilestone: '2013-06-30',
      milestones: '[{"title":"完成申报","day":"2013-06-30"},{"title":"认定","day":"2013-09-15"}]',
      remark: '',
    });
    expect((await imported(sheet('6月30日完成申报；11月15日认定'))).outcome).toEqual([
      '第2行 时间节点: “认定”2013-11-15晚于完成时限2013-10-31',
    ]);
    expect((await imported(sheet('按季度推进'))).item?.remark).toBe('时间节点：按季度推进');
  });

  test('a csv in GBK, as older spreadsheets write it, reads like one in UTF-8', async () => {
    const csv = [HEADINGS, GOOD].map((row) => row.join(',')).join('\r\n');
    for (const bytes of [iconv.encode(csv, 'gbk'), Buffer.from(csv), Buffer.from(`\uFEFF${csv}`)])
      expect(await imported(fileOf('a.csv', bytes))).toMatchObject({ outcome: READ, item: ITEM });
  });

  test('what is no spreadsheet is refused in one sentence', async () => {
    for (const bytes of [Buffer.from('PK\u0003\u0004 broken'), Buffer.from('')])
      await expect(imported(fileOf('a.xlsx', bytes)).then(({ outcome }) => outcome)).resolves.toEqual([
        expect.any(String),
      ]);
  });

  test('a file of 100,000 rows is refused in one sentence, in bounded memory', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) =>
      GOOD.with(0, n + 1)
        .with(1, `K${n}`)
        .join(','),
    );
    const file = fileOf('big.csv', [HEADINGS.join(','), ...rows].join('\n'));
    const before = process.memoryUsage().rss;
    await expect(readSheets(file)).rejects.toMatchObject({
      lines: ['表格超过20000行，请拆分后再导入'],
    });
    expect((process.memoryUsage().rss - before) / 2 ** 20, 'MB').toBeLessThan(200);
  });
});
