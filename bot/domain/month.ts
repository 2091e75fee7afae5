import { addDays, addWorkdays, type Day, instantAt, workdayFrom, workdayUpTo } from '#bot/calendar.ts';

/** `YYYY-MM` of a day. */
export const monthOf = (day: Day): string => day.slice(0, 7);

/** `YYYY-MM` so many months on, back if negative. */
export function addMonths(month: string, count: number): string {
  const [year = 0, no = 1] = month.split('-').map(Number);
  const index = year * 12 + no - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
export const monthBefore = (month: string): string => addMonths(month, -1);

/** Last day of a month. */
export const lastOf = (month: string): Day => addDays(`${addMonths(month, 1)}-01`, -1);
export const firstWorkdayOf = (month: string): Day => workdayFrom(`${month}-01`);
export const lastWorkdayOf = (month: string): Day => workdayUpTo(lastOf(month));

/** The last workday up to the 28th: when the month is closed by those who work (R45). */
export const closingDay = (month: string): Day => workdayUpTo(`${month}-28`);

/** The first workday after the 28th: when the digest goes out (requirements 1.2). */
export const digestDay = (month: string): Day => addWorkdays(`${month}-28`, 1);

/** The month whose digest goes out on `day`, or null on any other day. */
export function monthDigestedOn(day: Day): string | null {
  // The first workday after the 28th may lie in the next month.
  return [monthOf(day), monthBefore(monthOf(day))].find((month) => digestDay(month) === day) ?? null;
}

/** The month that a report meeting looks back on, if its pack is made on `day`: on the first workday of the next (R61). */
export function monthPackedOn(day: Day): string | null {
  return firstWorkdayOf(monthOf(day)) === day ? monthBefore(monthOf(day)) : null;
}

/** 「2013年5月」 */
export const monthTitle = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;

/** 「5月份」 */
export const monthInWords = (month: string): string => `${Number(month.slice(5))}月份`;

/** When a month counts as closed, on the 28th at an hour of the day (24 for midnight), rest day or not (R45). */
export const markOf = (month: string, hour: number): Date => instantAt(`${month}-28`, `${hour}:00`);

/** Handed in from the mark on: still accepted, but marked (G9). */
export const isLate = (month: string, hour: number, at: Date): boolean => at >= markOf(month, hour);

/** By which hour of the 28th units are asked to hand in: the end of office hours (requirements 3.1), or the mark if it is earlier. */
export const askedByHour = (markHour: number): number => Math.min(18, markHour);

/** Whether the present month can be summed up already: from the 20th (J18). */
export const isHandInOpen = (day: Day): boolean => Number(day.slice(8)) >= 20;

/** The month whose summary is asked for on `day`: the present one once hand-in is open, else the one before. */
export const monthToReport = (day: Day): string => (isHandInOpen(day) ? monthOf(day) : monthBefore(monthOf(day)));

/** `YYYY-Qn` of a day. */
export const quarterOf = (day: Day): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** 「2013年二季度」 */
export const quarterInWords = (quarter: string): string =>
  `${quarter.slice(0, 4)}年${'一二三四'[Number(quarter.slice(6)) - 1] ?? ''}季度`;

const RELEASED_WITHIN = 5;

/** The month whose digest may still go out on `day`, if the office held it and let it go: within five workdays. */
export function monthReleasedOn(day: Day): string | null {
  const months = [monthOf(day), monthBefore(monthOf(day))];
  const open = (month: string) => digestDay(month) <= day && day <= lastReleaseDay(month);
  return months.find(open) ?? null;
}

/** The newest month whose 28th has come by `day`. */
export const monthClosedBy = (day: Day): string =>
  Number(day.slice(8)) >= 28 ? monthOf(day) : monthBefore(monthOf(day));

/** The month whose digest the office may still hold, change or let go on `day`: the last one if it is not out yet, else this one's. */
export function digestMonthOpen(day: Day, sent: ReadonlySet<string>): string {
  const last = monthBefore(monthOf(day));
  return !sent.has(last) && day <= lastReleaseDay(last) ? last : monthOf(day);
}

/** The last day on which a digest that was held may still be let go (R92). */
export const lastReleaseDay = (month: string): Day => addWorkdays(digestDay(month), RELEASED_WITHIN);
