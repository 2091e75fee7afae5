import ExcelJS from 'exceljs';
import { harmless, spanOf } from '#bot/domain/cell.ts';
import type { LedgerRow, LedgerSheet } from '#bot/domain/ledger-sheet.ts';
import type { Light } from '#bot/domain/light.ts';

/** The columns in the office's order (requirements 3.2), then hidden what reading the file back needs. */
const COLUMNS: {
  heading: string;
  width: number;
  hidden?: true;
  right?: true;
  of(row: LedgerRow): string | number | null;
}[] = [
  { heading: '序号', width: 6, right: true, of: (row) => row.place },
  { heading: '工作事项', width: 26, of: (row) => row.title },
  { heading: '目标任务（年度）', width: 11, right: true, of: (row) => row.goal },
  { heading: '责任领导', width: 9, of: (row) => row.leader },
  { heading: '责任科室', width: 14, of: (row) => row.department },
  { heading: '责任人', width: 9, of: (row) => row.owner },
  { heading: '协办科室', width: 9, of: (row) => row.helpers },
  { heading: '完成时限', width: 17, of: (row) => row.deadline },
  { heading: '本月进展情况', width: 29, of: (row) => row.progress },
  { heading: '累计完成', width: 10, right: true, of: (row) => row.total },
  { heading: '完成率', width: 9, right: true, of: (row) => row.percent },
  { heading: '存在问题', width: 14, of: (row) => row.problems },
  { heading: '下一步打算', width: 14, of: (row) => row.plans },
  { heading: '亮灯', width: 22, of: (row) => row.lightWords },
  { heading: '验收情况', width: 12, of: (row) => row.acceptance },
  { heading: '备注', width: 12, of: (row) => row.remark },
  { heading: '编号', width: 9, hidden: true, of: (row) => row.code },
  { heading: '总序号', width: 9, hidden: true, of: (row) => row.no },
  { heading: '现定时限', width: 9, hidden: true, of: (row) => row.dueOn },
  { heading: '级别', width: 9, hidden: true, of: (row) => row.level },
  { heading: '类别', width: 9, hidden: true, of: (row) => row.category },
  { heading: '目标值', width: 9, hidden: true, of: (row) => row.target },
  { heading: '单位', width: 9, hidden: true, of: (row) => row.unit },
  { heading: '上级编号', width: 9, hidden: true, of: (row) => row.parent },
];
const SHOWN = COLUMNS.filter(({ hidden }) => !hidden).length;
const FILLS: Record<Light, string> = {
  green: 'FFC6EFCE',
  yellow: 'FFFFEB9C',
  red: 'FFFFC7CE',
  blue: 'FFBDD7EE',
  grey: 'FFD9D9D9',
};
const LINE = { style: 'thin' as const, color: { argb: 'FF808080' } };
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const BODY = { name: '仿宋', size: 12 };
const LINE_HEIGHT = 17;
const LIGHT_COLUMN = COLUMNS.findIndex(({ heading }) => heading === '亮灯') + 1;

/** 工作台账 (requirements 3.2): A4 landscape, heading frozen and repeated, groups merged, data cells never. */
export async function ledgerWorkbook(sheet: LedgerSheet): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(`${sheet.filledOn}T00:00:00Z`);
  book.modified = book.created;
  const page = book.addWorksheet('工作台账', {
    views: [{ state: 'frozen', ySplit: 3, xSplit: 2 }],
    pageSetup: {
      ...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      ...{ printTitlesRow: '1:3', horizontalCentered: true },
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.2 },
    },
    headerFooter: { oddFooter: '&C— &P —' },
  });
  page.columns = COLUMNS.map(({ width, hidden }) => ({ width, hidden: hidden ?? false }));

  page.addRow([sheet.title]);
  page.mergeCells(1, 1, 1, SHOWN);
  Object.assign(page.getCell(1, 1), {
    font: { name: '方正小标宋简体', size: 18 },
    alignment: { horizontal: 'center', vertical: 'middle' },
  });
  page.getRow(1).height = 34;
  page.addRow([`填报单位：${sheet.filledBy}`]);
  page.getCell(2, SHOWN - 3).value = `填报日期：${sheet.filledOnInWords}`;
  page.mergeCells(2, 1, 2, 6);
  page.mergeCells(2, SHOWN - 3, 2, SHOWN);
  page.getRow(2).font = { name: '宋体', size: 12 };
  page.getCell(2, SHOWN - 3).alignment = { horizontal: 'right' };
  heading(page.addRow(COLUMNS.map((column) => column.heading)));
  for (const group of sheet.groups) {
    const row = page.addRow([group.name]);
    page.mergeCells(row.number, 1, row.number, SHOWN);
    row.height = LINE_HEIGHT + 4;
    Object.assign(row.getCell(1), { font: { name: '黑体', size: 12 }, border: BORDER });
    for (const item of group.rows) write(page, item);
  }
  page.addRow([]);
  const last = page.addRow(['科室负责人（签字）：　　　　　　填报人：　　　　　　分管领导（签字）：']);
  page.mergeCells(last.number, 1, last.number, SHOWN);
  last.font = { name: '宋体', size: 12 };
  return Buffer.from(await book.xlsx.writeBuffer());
}

function heading(row: ExcelJS.Row): void {
  row.height = 36;
  row.eachCell((cell) => {
    cell.font = { name: '黑体', size: 12 };
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    cell.border = BORDER;
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } };
  });
}

function write(page: ExcelJS.Worksheet, item: LedgerRow): void {
  const values = COLUMNS.map(({ of }) => harmless(of(item)));
  const row = page.addRow(values);
  row.height = LINE_HEIGHT * linesOf(values) + 4;
  for (const [index, { hidden, right }] of COLUMNS.entries()) {
    if (hidden) continue;
    const cell = row.getCell(index + 1);
    cell.font = BODY;
    cell.border = BORDER;
    // Figures would touch the words of the column behind them.
    cell.alignment = {
      ...(right ? { horizontal: 'right', indent: 1 } : { horizontal: 'left' }),
      ...{ vertical: 'middle', wrapText: true },
    };
  }
  row.getCell(LIGHT_COLUMN).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: FILLS[item.light] } };
}

/** How many lines the fullest cell of a row takes; a spreadsheet does not measure what a program wrote. */
function linesOf(values: (string | number | null)[]): number {
  const lines = COLUMNS.map(({ width, hidden }, index) =>
    hidden ? 1 : Math.ceil(spanOf(String(values[index] ?? '')) / (width - 1.5)),
  );
  return Math.max(1, ...lines);
}
