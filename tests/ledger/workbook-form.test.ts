import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { LedgerRow, LedgerSheet } from '#bot/domain/ledger-sheet.ts';
import { LIGHT_WORDS, type Light } from '#bot/domain/light.ts';
import { ledgerWorkbook } from '#bot/papers/ledger-workbook.ts';

const LIGHTS = Object.keys(LIGHT_WORDS) as Light[];
const row = (place: number, light: Light): LedgerRow => ({
  ...{
    place,
    title: `事项${light}`,
    goal: '3个',
    leader: '柳文涛',
    department: '高新技术科',
    owner: '温静',
    helpers: '',
  },
  ...{ deadline: '2013年8月31日', dueOn: '2013-08-31', progress: '5月14日累计1个', total: '1个', percent: '33.3%' },
  ...{ problems: '', plans: '', light, lightWords: `${LIGHT_WORDS[light]}（原因）`, acceptance: '', remark: '' },
  ...{ code: `K${place}`, no: place, level: '科室', category: '重点工作', target: 3, unit: '个', parent: '' },
});
const sheet: LedgerSheet = {
  ...{ title: '濮阳市科学技术局2013年3月份工作台账（高新技术科）', fileName: '台账.xlsx', filledBy: '高新技术科' },
  ...{ filledOn: '2013-03-28', filledOnInWords: '2013年3月28日' },
  groups: [
    { name: '一、科技项目', rows: LIGHTS.map((light, index) => row(index + 1, light)) },
    { name: '二、知识产权', rows: [row(1, 'green')] },
  ],
};

async function drawn(): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(await ledgerWorkbook(sheet)).buffer);
  const [page] = book.worksheets;
  if (!page) throw new Error('no sheet');
  return page;
}

describe('台账表的样式（R95、3.2、3.3）', () => {
  test('title, unit and date, heading, groups with numbers that begin anew, and the line to sign', async () => {
    const page = await drawn();
    const at = (cell: string) => page.getCell(cell).value;

    expect(at('A1')).toBe('濮阳市科学技术局2013年3月份工作台账（高新技术科）');
    expect(page.getCell('A1').font).toMatchObject({ name: '方正小标宋简体', size: 18 });
    expect([at('A2'), at('M2')]).toEqual(['填报单位：高新技术科', '填报日期：2013年3月28日']);
    expect([at('A4'), at('A5'), at('A9'), at('A10'), at('A11')]).toEqual(['一、科技项目', 1, 5, '二、知识产权', 1]);
    expect(String(at(`A${page.rowCount}`)).replaceAll('　', '')).toBe('科室负责人（签字）：填报人：分管领导（签字）：');
  });

  test('only title, the line under it, groups and the line to sign are merged: the data can be read in again', async () => {
    const page = await drawn();
    const merged = new Set<number>();
    page.eachRow((one, no) => one.eachCell((cell) => cell.isMerged && merged.add(no)));

    expect([...merged]).toEqual([1, 2, 4, 10, page.rowCount]);
  });

  test('every light is a colour and a word; figures stand right, text left, in 仿宋 小四 with thin lines', async () => {
    const page = await drawn();
    const fills = LIGHTS.map((light, index) => {
      const cell = page.getRow(5 + index).getCell(14);
      expect(String(cell.value)).toContain(LIGHT_WORDS[light]);
      return (cell.fill as ExcelJS.FillPattern).fgColor?.argb;
    });

    expect(Object.fromEntries(LIGHTS.map((light, index) => [light, fills[index]]))).toEqual({
      ...{ green: 'FFC6EFCE', yellow: 'FFFFEB9C', red: 'FFFFC7CE', blue: 'FFBDD7EE', grey: 'FFD9D9D9' },
    });
    const sideOf = (column: number) => page.getRow(5).getCell(column).alignment.horizontal;
    expect([1, 3, 10, 11].map(sideOf)).toEqual(['right', 'right', 'right', 'right']);
    expect([2, 4, 8, 9, 16].map(sideOf)).toEqual(['left', 'left', 'left', 'left', 'left']);
    const { font, border } = page.getRow(5).getCell(2);
    expect([font?.name, font?.size, border?.left?.style]).toEqual(['仿宋', 12, 'thin']);
  });

  test('it prints on A4 landscape, one page wide, with its heading on every page, and never sums units', async () => {
    const page = await drawn();

    expect(page.pageSetup).toMatchObject({
      ...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      printTitlesRow: '1:3',
    });
    expect(page.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
    expect(JSON.stringify(page.getSheetValues())).not.toMatch(/合计|总计/);
  });
});
