import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { strToU8, Zip, ZipDeflate, zipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { EXPORTS } from '#bot/export/records.ts';
import { writeRecords } from '#bot/export/write.ts';
import { workbook } from '../support/workbook.ts';

const run = promisify(execFile);
const HEADINGS = ['序号', '级别', '类别', '事项', '责任领导', '责任科室', '责任人', '完成时限'];
const ROW = ['1', '科室', '重点工作', '新建重点实验室', '柳文涛', '高新科', '龚海波', '2013-08-31'];

/** Reads the file in a process of its own, as an import does; gives back what it said and the most memory it took. */
async function read(bytes: Uint8Array | string): Promise<{ said: string; megabytes: number }> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-')), 'f');
  writeFileSync(file, bytes);
  const program = `import { readSheets } from '#bot/import/table.ts';
    const said = await readSheets(process.argv[1]).then((sheets) => sheets.length + ' sheets', (error) => error.message);
    console.log(JSON.stringify({ said, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, file]);
  return JSON.parse(stdout);
}

const sheetOf = async (rows: string[][]): Promise<Uint8Array> =>
  new Uint8Array(await workbook({ 台账: [HEADINGS, ...rows] }));

/** A workbook whose sheet unpacks to `megabytes` of blanks. */
function bomb(megabytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_, piece) => void pieces.push(piece));
  const entry = new ZipDeflate('xl/worksheets/sheet1.xml');
  zip.add(entry);
  const blanks = new Uint8Array(1024 * 1024).fill(32);
  for (let n = 0; n < megabytes; n++) entry.push(blanks, n === megabytes - 1);
  zip.end();
  return Buffer.concat(pieces);
}

const entities =
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>';

describe('不正常的文件', () => {
  test.each([
    [
      'a file that unpacks to a thousand times its size',
      () => bomb(400),
      '文件展开后过大，请只留要导入的表，拆分后再导入',
    ],
    [
      'a sheet that declares entities',
      () => zipSync({ 'xl/worksheets/sheet1.xml': strToU8(entities) }),
      '文件里带有实体定义，不是正常的表格，请用 WPS 或 Excel 另存后再导入',
    ],
    [
      'a workbook of 100,000 rows',
      () => sheetOf(Array.from({ length: 100_000 }, () => ROW)),
      '表格超过20000行，请拆分后再导入',
    ],
    [
      'a list of 100,000 rows',
      () => [HEADINGS, ...Array.from({ length: 100_000 }, () => ROW)].map((row) => row.join(',')).join('\n'),
      '表格超过20000行，请拆分后再导入',
    ],
    [
      'a cell as long as a book',
      () => sheetOf([ROW, ROW.with(3, '长'.repeat(30_000))]),
      '第3行有一格超过2000字，请精简后再导入',
    ],
    [
      'half a workbook',
      async () => (await sheetOf([ROW])).subarray(0, 1500),
      '无法读取，请另存为 .xlsx 或 .csv 后再导入',
    ],
  ])('%s is refused in one sentence, in bounded memory', async (_, make, sentence) => {
    const { said, megabytes } = await read(await make());
    expect(said).toBe(sentence);
    expect(megabytes).toBeLessThan(320);
  });

  test('an ordinary workbook is read', async () => {
    expect((await read(await sheetOf([ROW]))).said).toBe('1 sheets');
  });
});

describe('导出', () => {
  const NASTY = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
    '\uFEFF=1',
  ];
  const BEGINS_A_FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠\t\r\n]/;
  const records = NASTY.map((title, no) => ({ no, title }));
  const { headings } = EXPORTS.ledger;

  test('no cell of a list begins like a formula', async () => {
    const rows: string[][] = parse(await writeRecords(records, headings, 'csv'), { bom: true });
    expect(rows).toHaveLength(NASTY.length + 1);
    expect(rows.flat().filter((cell) => BEGINS_A_FORMULA.test(cell))).toEqual([]);
  });

  test('no cell of a workbook is one or becomes one when it is edited', async () => {
    const bytes = await writeRecords(records, headings, 'xlsx');
    const [sheet] = await readExcelFile(bytes);
    const cells = (sheet?.data ?? []).flat().filter((cell) => typeof cell === 'string');
    expect(cells.filter((cell) => cell.startsWith("'"))).toHaveLength(NASTY.length);
    expect(cells.filter((cell) => BEGINS_A_FORMULA.test(cell))).toEqual([]);
    expect(bytes.includes('<f>')).toBe(false);
  });
});
