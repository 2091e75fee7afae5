import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import type { Exported } from './records.ts';

export type Format = 'xlsx' | 'csv' | 'jsonl';

/** A cell that a spreadsheet would take for a formula is kept a text by a leading apostrophe. */
const harmless = (value: string | number | null): string | number => {
  if (typeof value !== 'string') return value ?? '';
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
};

/** The records in one of the contract's formats: Chinese headings in spreadsheets, field names in JSON lines. */
export async function writeRecords(
  records: Exported[],
  headings: Record<string, string>,
  format: Format,
): Promise<Buffer> {
  if (format === 'jsonl') return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const fields = Object.keys(headings);
  const rows = records.map((record) => fields.map((field) => harmless(record[field] ?? null)));
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
