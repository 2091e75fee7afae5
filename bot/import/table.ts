import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import { isDay } from '#bot/calendar.ts';
import { doubtfulCells } from './doubtful-cells.ts';
import { flawOfPacked, tooManyRows } from './unpacked.ts';

/** One row below the headings: its number as the spreadsheet shows it and its cells by heading. */
export interface Row {
  no: number;
  cells: Record<string, string>;
  /** what stood under headings nobody asked for */
  remark: string;
}

/** What an import did; a second run of the same file leaves everything unchanged. */
export interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  /** what differed from what was there, one a line, where that is worth telling */
  differences?: string[];
}

/** A mistake in the file, worded for the person who made it. Nothing of the file is imported. */
export class BadSheet extends Error {
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** A column: the heading the contract names first, then the synonyms it accepts. */
export type Columns = Record<string, { headings: readonly string[]; required: boolean }>;

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_ROWS = 20_000;
const MOST_IN_CELL = 2000;
const HEADING_ROWS = 10;

/**
 * Reads every sheet of an .xlsx, or a .csv in UTF-8 or GBK as one sheet, as texts; days as `YYYY-MM-DD`.
 * @throws BadSheet for a file that is missing, too large in any respect, or neither.
 */
export async function readSheets(file: string): Promise<string[][][]> {
  const bytes = await readFile(file).catch(() => {
    throw new BadSheet([`打不开文件 ${file}，请核对路径`]);
  });
  if (bytes.length > MOST_BYTES) throw new BadSheet(['文件超过20MB，请拆分后再导入']);
  const sheets = await sheetsIn(bytes).catch((error: unknown) => {
    throw error instanceof BadSheet ? error : new BadSheet(['无法读取，请另存为 .xlsx 或 .csv 后再导入']);
  });
  for (const sheet of sheets) {
    if (sheet.length > MOST_ROWS) throw new BadSheet([tooManyRows(MOST_ROWS)]);
    const long = sheet.findIndex((row) => row.some((cell) => cell.length > MOST_IN_CELL));
    if (long >= 0) throw new BadSheet([`第${long + 1}行有一格超过${MOST_IN_CELL}字，请精简后再导入`]);
  }
  return sheets;
}

async function sheetsIn(bytes: Buffer): Promise<string[][][]> {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK')
    return [parse(decode(bytes), { relax_column_count: true, bom: true, to: MOST_ROWS + 1 })];
  const flaw = flawOfPacked(bytes, MOST_ROWS);
  if (flaw) throw new BadSheet([flaw]);
  const cells = await doubtfulCells(bytes);
  if (cells.length > 0) throw new BadSheet(cells);
  const sheets = await readExcelFile(bytes);
  return sheets.map(({ data }) => data.map((row) => row.map(cellText)));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'gbk');
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell).trim();
  // Spreadsheet dates carry no zone; the reader gives their wall clock as UTC.
  const iso = cell.toISOString();
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

const bare = (heading: string): string => heading.replace(/[\s*？?]/g, '').replace(/[（(].*$/, '');

/**
 * Finds the heading row (the first that holds every required column) and gives the rows below it.
 * @returns null if the sheet has no such row, so is another kind of sheet.
 */
export function rowsUnder(sheet: string[][], columns: Columns): Row[] | null {
  const names = Object.entries(columns);
  for (const [index, headings] of sheet.slice(0, HEADING_ROWS).entries()) {
    const at = new Map<string, number>();
    for (const [name, { headings: accepted }] of names) {
      const known = accepted.map((one) => headings.findIndex((heading) => bare(heading) === one));
      const column = known.find((place) => place >= 0);
      if (column !== undefined) at.set(name, column);
    }
    if (!names.every(([name, { required }]) => !required || at.has(name))) continue;
    const known = new Set(at.values());
    return sheet.slice(index + 1).flatMap((row, below) => {
      const [first, second] = row.filter((cell) => cell.trim() !== '');
      // Nothing, or a heading or signature across the whole sheet.
      if (first === undefined || (second === undefined && !/^\d+$/.test(first))) return [];
      const cells = Object.fromEntries(names.map(([name]) => [name, (row[at.get(name) ?? -1] ?? '').trim()]));
      const extra = row.flatMap((cell, column) =>
        known.has(column) || !cell.trim() ? [] : [`${bare(headings[column] ?? '')}：${cell.trim()}`],
      );
      return [{ no: index + below + 2, cells, remark: extra.join('；') }];
    });
  }
  return null;
}

/** 「2013年5月31日」「2013/5/31」「2013-5-31」 as a Day, or null if it is no day of the calendar. */
export function readDay(text: string): string | null {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : null;
}

/** Several names in one cell, however they are separated. */
export const readList = (text: string): string[] => text.split(/[、,，;；/\s]+/).filter((one) => one !== '');
