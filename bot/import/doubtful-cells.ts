import ExcelJS from 'exceljs';

const MOST_NAMED = 20;

/** Cells of an .xlsx whose formula has no value, one sentence each with its place, a few at most. */
export async function doubtfulCells(bytes: Buffer): Promise<string[]> {
  const doubts: string[] = [];
  // Read whole, since its size was looked at before; the reader that goes row by row fails now and then.
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  for (const sheet of book.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const why = doubtOf(cell.value);
        if (why && doubts.length < MOST_NAMED) doubts.push(`第${row.number}行 ${cell.address}单元格: ${why}`);
      }),
    );
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
