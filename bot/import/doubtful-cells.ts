import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';

const MOST_NAMED = 20;

/** What is wrong with an .xlsx before it is read: more rows than `most`, and cells whose formula has no value. */
export interface Doubts {
  tooLong: boolean;
  /** one sentence a cell, with its place */
  cells: string[];
}

/** Goes through a workbook row by row, so that its size costs no memory. */
export async function doubtsAbout(bytes: Buffer, most: number): Promise<Doubts> {
  const doubts: Doubts = { tooLong: false, cells: [] };
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
    ...{ entries: 'emit', worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'ignore' },
  });
  for await (const sheet of reader)
    for await (const row of sheet) {
      if (row.number > most) return { ...doubts, tooLong: true };
      row.eachCell((cell) => {
        const why = doubtOf(cell.value);
        if (why && doubts.cells.length < MOST_NAMED)
          doubts.cells.push(`第${row.number}行 ${cell.address}单元格: ${why}`);
      });
    }
  return doubts;
}

function doubtOf(value: ExcelJS.CellValue): string | null {
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  if ('error' in value) return `出错（${value.error}），请改成数字或文字`;
  if (!('formula' in value || 'sharedFormula' in value)) return null;
  const { result } = value;
  const broken = result === undefined || (typeof result === 'object' && result !== null && 'error' in result);
  return broken ? '公式出错或没有算出的值，请改好并保存后再导入' : null;
}
