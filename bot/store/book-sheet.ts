import { type Day, dateInWords } from '#bot/calendar.ts';
import { monthTitle } from '#bot/domain/month.ts';
import type { Whose } from '#bot/domain/whose.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import type { Tx } from './db.ts';
import { officeName } from './office.ts';

/** Which part of the office a sheet is of, as its heading says it; empty for all of it. */
export interface Part {
  whose: Whose | null;
  of: string;
}

/** 「濮阳市科学技术局2013年5月份整改台账（高新技术科）」 and 填报单位, as every 台账 says them. */
export async function headOf(
  tx: Tx,
  what: string,
  month: string | null,
  of: string,
): Promise<{ title: string; filledBy: string }> {
  const office = await officeName(tx);
  const title = `${office}${month ? `${monthTitle(month)}份` : ''}${what}${of ? `（${of}）` : ''}`;
  return { title, filledBy: of || office || '全局' };
}

/** A 台账 to print (requirements 3.2), but for its columns and rows. */
export async function bookSheet(
  tx: Tx,
  { what, month, of, day }: { what: string; month: string | null; of: string; day: Day },
): Promise<Omit<PrintedSheet, 'columns' | 'rows'>> {
  const { title, filledBy } = await headOf(tx, what, month, of);
  return {
    ...{ name: what, title, landscape: true, summed: false },
    ...{ left: `填报单位：${filledBy}`, right: `填报日期：${dateInWords(day)}`, madeOn: day },
    below: ['科室负责人（签字）：　　　　　　填报人：　　　　　　分管领导（签字）：'],
  };
}
