import { createHash } from 'node:crypto';
import { addDays, type Day, workdayFrom } from '#bot/calendar.ts';
import { monthBefore } from './month.ts';

const AFTER_DAYS = 30;
/** 抽查比例, in hundredths (R65). */
const SHARE = 20;

/** The day of a month on which what was closed is looked back on: the 10th, on a day off the workday after (J16). */
export const lookBackOn = (month: string): Day => workdayFrom(`${month}-10`);

/** What a look back covers: closed at least thirty days ago, and not yet so at the one before. */
export function lookedBackOver(month: string): { after: Day; upTo: Day } {
  const last = monthBefore(month);
  return { after: addDays(lookBackOn(last), -AFTER_DAYS), upTo: addDays(lookBackOn(month), -AFTER_DAYS) };
}

/** Whether an item is in a month's sample: always the same for the same month and item; 重点 always is (R65). */
export const isSampled = (month: string, code: string, isKey: boolean): boolean =>
  isKey || createHash('sha256').update(`${month} ${code}`).digest().readUInt32BE(0) % 100 < SHARE;
