import ExcelJS from 'exceljs';
import { harmless, spanOf } from '#bot/domain/cell.ts';

/** A table as an office prints it: title, one line about it, heading, rows, a line to sign. */
export interface PrintedSheet {
  /** name of the sheet inside the file */
  name: string;
  title: string;
  /** what stands under the title, left and right */
  left: string;
  right: string;
  landscape: boolean;
  columns: { heading: string; width: number; number?: boolean; centred?: boolean }[];
  rows: (string | number | null)[][];
  /** the last row sums up the others */
  summed: boolean;
  /** lines under the table: what the figures mean, who signs */
  below: string[];
  /** `YYYY-MM-DD`, by which the file counts as made */
  madeOn: string;
}

const LINE = { style: 'thin' as const, color: { argb: 'FF404040' } };
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const ROW_HEIGHT = 24;
const TEXT_LINE = 16;

/** 签到表 and 学习情况统计表: A4, one page wide, title and heading printed again on every page (requirements 3.2). */
export async function printedSheet(sheet: PrintedSheet): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(`${sheet.madeOn}T00:00:00Z`);
  book.modified = book.created;
  const last = sheet.columns.length;
  const page = book.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', ySplit: 3 }],
    pageSetup: {
      ...{ paperSize: 9, orientation: sheet.landscape ? 'landscape' : 'portrait' },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:3', horizontalCentered: true },
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C— &P —' },
  });
  page.columns = sheet.columns.map(({ width }) => ({ width }));
  const title = spread(page, sheet.title, last);
  Object.assign(title, { height: 36 });
  title.getCell(1).font = { name: '方正小标宋简体', size: 18 };
  title.getCell(1).alignment = { horizontal: 'center', vertical: 'middle' };
  about(page, sheet);
  const heading = page.addRow(sheet.columns.map((column) => column.heading));
  heading.height = sheet.columns.some(({ heading: text, width }) => text.length * 2 > width) ? 2 * ROW_HEIGHT - 8 : 28;
  heading.eachCell((cell) => style(cell, '黑体', 'center'));
  for (const [index, values] of sheet.rows.entries()) {
    const row = page.addRow(values.map(harmless));
    row.height = Math.max(ROW_HEIGHT, TEXT_LINE * linesOf(values, sheet.columns));
    const sum = sheet.summed && index === sheet.rows.length - 1;
    sheet.columns.forEach((column, place) => {
      const side = column.centred ? 'center' : column.number ? 'right' : 'left';
      style(row.getCell(place + 1), sum ? '黑体' : '仿宋', side);
    });
  }
  for (const line of sheet.below) {
    const row = spread(page, line, last);
    row.height = TEXT_LINE * Math.max(1, Math.ceil((2 * line.length) / widthOf(sheet.columns))) + 6;
    row.getCell(1).font = { name: '宋体', size: 11 };
    row.getCell(1).alignment = { vertical: 'middle', wrapText: true };
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

function spread(page: ExcelJS.Worksheet, text: string, columns: number): ExcelJS.Row {
  const row = page.addRow([text]);
  page.mergeCells(row.number, 1, row.number, columns);
  return row;
}

/** The line under the title, its left part as wide as it needs to be. */
function about(page: ExcelJS.Worksheet, { left, right, columns }: PrintedSheet): void {
  const share = left.length / Math.max(1, left.length + right.length);
  const middle = Math.min(columns.length - 1, Math.max(1, Math.round(columns.length * share)));
  const row = page.addRow([left]);
  row.height = 22;
  row.font = { name: '宋体', size: 12 };
  row.getCell(middle + 1).value = right;
  page.mergeCells(row.number, 1, row.number, middle);
  page.mergeCells(row.number, middle + 1, row.number, columns.length);
  row.getCell(1).alignment = { vertical: 'middle', shrinkToFit: true };
  row.getCell(middle + 1).alignment = { horizontal: 'right', vertical: 'middle', shrinkToFit: true };
}

function style(cell: ExcelJS.Cell, name: string, horizontal: 'left' | 'right' | 'center'): void {
  cell.font = { name, size: 12 };
  cell.border = BORDER;
  // Words and figures keep off the lines.
  cell.alignment = { horizontal, vertical: 'middle', wrapText: true, indent: horizontal === 'center' ? 0 : 1 };
}

const widthOf = (columns: PrintedSheet['columns']): number => columns.reduce((sum, { width }) => sum + width, 0);
const linesOf = (values: (string | number | null)[], columns: PrintedSheet['columns']): number =>
  Math.max(1, ...values.map((value, place) => Math.ceil(spanOf(String(value ?? '')) / (columns[place]?.width ?? 10))));
