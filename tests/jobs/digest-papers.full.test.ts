import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importLedger } from '#bot/import/ledger.ts';
import { readSheets } from '#bot/import/table.ts';
import { openPress } from '#bot/papers/press.ts';
import { inPlace } from '../support/press.ts';
import { openWorld } from '../support/world.ts';

// The same drawings, without the thread.
const published = async () => {
  const world = await openWorld({ now: '2013-05-14T09:00:00+08:00', press: inPlace });
  await world.db.client.campaign.create({
    data: { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' },
  });
  await world.says('U0502', 'K3-4累计1个，温静已联系河南某实验室');
  await world.says('U0502', '3号台账完成60%');
  await world.passUntil('2013-05-28T18:30:00+08:00');
  await world.says('U0502', 'K3-4累计2个');
  await world.passUntil('2013-05-29T09:30:00+08:00');
  return world;
};
const opened = async (bytes: Buffer | undefined) => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes ?? []).buffer);
  const page = book.worksheets[0];
  if (!page) throw new Error('no sheet');
  return page;
};

describe('月报的图和表（R92、R95、3.2、3.3）', () => {
  test('the group sees the picture and gets the ledger without names; those who lead get it with names', async () => {
    const world = await published();

    const [picture, forGroup, ...forLeaders] = world.wecom.papers;
    expect(picture).toMatchObject({ to: 'group', kind: 'image' });
    expect(picture?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.bytes.length).toBeLessThan(2 * 1024 * 1024);
    expect(picture?.md5).toBe(
      createHash('md5')
        .update(picture?.bytes ?? '')
        .digest('hex'),
    );
    expect(forGroup).toMatchObject({ to: 'group', kind: 'file', name: '濮阳市科学技术局2013年5月份工作台账.xlsx' });
    expect(forLeaders.map(({ to }) => to).sort()).toEqual(['l01', 'l03', 'l04']);
    const text = (await opened(forGroup?.bytes)).getSheetValues().flat().join(' ');
    for (const { name } of await world.db.client.person.findMany()) expect(text).not.toContain(name);
    expect((await opened(forLeaders[0]?.bytes)).getSheetValues().flat().join(' ')).toContain('温静');
  }, 60_000);

  test('the workbook is laid out as the office lays it out, as things stood at the cut-off', async () => {
    const world = await published();

    const page = await opened(world.wecom.papers.at(-1)?.bytes);

    expect(page.getCell('A1').value).toBe('濮阳市科学技术局2013年5月份工作台账');
    expect(page.getCell('A1').isMerged).toBe(true);
    expect((page.getRow(3).values as string[]).slice(1, 17).join('｜')).toBe(
      '序号｜工作事项｜目标任务（年度）｜责任领导｜责任科室｜责任人｜协办科室｜完成时限｜本月进展情况｜累计完成｜完成率｜存在问题｜下一步打算｜亮灯｜验收情况｜备注',
    );
    expect(page.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
    expect(page.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToWidth: 1,
      printTitlesRow: '1:3',
    });
    expect([page.getCell('A4').value, page.getCell('A6').value]).toEqual([
      '一、创新驱动发展战略',
      '二、创新主体与载体',
    ]);
    const item = page.getRow(7);
    expect([2, 3, 8, 10, 11].map((column) => item.getCell(column).value)).toEqual([
      '新建市级重点实验室3个',
      '3个',
      '2013年8月31日',
      '1个',
      '33.3%',
    ]);
    expect(item.getCell(14).value).toMatch(/^黄灯（/);
    expect(item.getCell(14).fill).toMatchObject({ fgColor: { argb: 'FFFFEB9C' } });
    expect(item.getCell(1).isMerged).toBe(false);
  }, 60_000);

  test('the thread draws what is asked for, says what it cannot, and goes on', async () => {
    const press = openPress();
    onTestFinished(press.close);

    await expect(press.draw({ drawnBy: 'nothing', facts: {} })).rejects.toThrow('nothing draws “nothing”');
    const sheet = {
      title: '工作台账',
      filledBy: '全局',
      filledOn: '2013-05-28',
      filledOnInWords: '2013年5月28日',
      groups: [],
    };
    const drawn = await press.draw({ drawnBy: 'ledger-workbook', facts: sheet });
    expect((await opened(drawn)).getCell('A1').value).toBe('工作台账');
  }, 60_000);

  test('read back in it changes nothing, and a changed deadline in it is taken over', async () => {
    const world = await published();
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'ledger-')), '台账.xlsx');
    writeFileSync(file, world.wecom.papers.at(-1)?.bytes ?? '');

    expect(await world.db.write(async (tx) => importLedger(tx, await readSheets(file), '2013-05-30'))).toEqual({
      ...{ added: 0, changed: 0, unchanged: 2 },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    const page = book.worksheets[0];
    for (const column of [8, 19]) if (page) page.getRow(7).getCell(column).value = '2013-10-31';
    await book.xlsx.writeFile(file);
    await world.db.write(async (tx) => importLedger(tx, await readSheets(file), '2013-05-30'));

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K3-4' } })).toMatchObject({
      ...{ deadline: '2013-10-31', firstDeadline: '2013-08-31', quantity: 2, no: 8 },
    });
  }, 60_000);
});
