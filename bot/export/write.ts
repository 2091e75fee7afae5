import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import { dayOf, timeOf } from '#bot/calendar.ts';
import { harmless } from '#bot/domain/cell.ts';
import { STATUS_WORDS } from '#bot/domain/item-words.ts';
import type { Exported } from './records.ts';

export type Format = 'xlsx' | 'csv' | 'jsonl';

/** What the fixed words of the JSON lines are called where people look. */
const IN_CHINESE: Record<string, string> = {
  ...{ present: '到会', late: '迟到', leave: '请假', absent: '缺席' },
  ...{ word: '消息', code: '签到码', card: '卡片', qr: '扫码', paper: '纸质补录' },
  ...STATUS_WORDS,
};
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
  const heading = Object.values(headings).map((value) => ({
    value,
    fontWeight: 'bold' as const,
    backgroundColor: '#DDEBF7',
  }));
  const widths = fields.map((field) => ({ width: ['title', 'command'].includes(field) ? 48 : 16 }));
  const options = { columns: widths, stickyRowsCount: 1, orientation: 'landscape' as const };
  return writeExcelFile(
    [heading, ...rows.map((row) => row.map((value) => ({ value, wrap: true })))],
    options,
  ).toBuffer();
}
