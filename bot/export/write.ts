import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import { dayOf, timeOf } from '#bot/calendar.ts';
import { harmless, spanOf } from '#bot/domain/cell.ts';
import { STATUS_WORDS } from '#bot/domain/item-words.ts';
import type { Exported } from './records.ts';

export type Format = 'xlsx' | 'csv' | 'jsonl';

/** What the fixed words of the JSON lines are called where people look. */
const IN_CHINESE: Record<string, string> = {
  ...{ present: '到会', late: '迟到', leave: '请假', absent: '缺席' },
  ...{ word: '消息', code: '签到码', card: '卡片', qr: '扫码', paper: '纸质补录' },
  ...STATUS_WORDS,
};
/** What is longer than a date or a name. */
const WIDE = new Set(['title', 'command']);
const FIXED_WORDS = new Set(['status', 'how']);

/** A value as an office reads it: fixed words in Chinese, instants by the office's clock. */
function forPeople(field: string, value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  if (FIXED_WORDS.has(field)) return IN_CHINESE[value] ?? value;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value;
  const at = new Date(value);
  return `${dayOf(at)} ${timeOf(at)}`;
}

/** The records in one of the contract's formats: Chinese headings and words in spreadsheets, field names in JSON lines. */
export async function writeRecords(
  records: Exported[],
  headings: Record<string, string>,
  format: Format,
): Promise<Buffer> {
  if (format === 'jsonl') return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const fields = Object.keys(headings);
  const rows = records.map((record) => fields.map((field) => harmless(forPeople(field, record[field] ?? null) ?? '')));
  // The mark at the start lets Excel and WPS read the file as UTF-8.
  if (format === 'csv') return Buffer.from(`\uFEFF${stringify([Object.values(headings), ...rows])}`);
  return workbookOf(fields, Object.values(headings), rows);
}

async function workbookOf(fields: string[], headings: string[], rows: (string | number)[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet('导出', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0, printTitlesRow: '1:1' },
  });
  page.columns = fields.map((field, place) => ({
    width: WIDE.has(field) ? 48 : widthOf([headings[place] ?? '', ...rows.map((row) => row[place] ?? '')]),
    style: { alignment: { wrapText: WIDE.has(field), vertical: 'top' } },
  }));
  page.addRow(headings).eachCell((cell) => {
    cell.font = { bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDDEBF7' } };
  });
  page.addRows(rows);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const NARROWEST = 10;
const BROADEST = 40;
/** As wide as the longest of its values, so that none is cut on paper. */
const widthOf = (values: (string | number)[]): number =>
  values.reduce<number>((width, value) => Math.max(width, Math.min(BROADEST, spanOf(String(value)) + 2)), NARROWEST);
