import { addDays, addWorkdays, type Day, workdayUpTo } from '#bot/calendar.ts';

/** `YYYY-MM` of a day. */
export const monthOf = (day: Day): string => day.slice(0, 7);

/** The last workday up to the 28th: when the month is closed by those who work (R45). */
export const closingDay = (month: string): Day => workdayUpTo(`${month}-28`);

/** The first workday after the 28th: when the digest goes out (requirements 1.2). */
export const digestDay = (month: string): Day => addWorkdays(`${month}-28`, 1);

/** The month whose digest goes out on `day`, or null on any other day. */
export function monthDigestedOn(day: Day): string | null {
  // The first workday after the 28th may lie in the next month.
  return [monthOf(day), monthOf(addDays(`${monthOf(day)}-01`, -1))].find((month) => digestDay(month) === day) ?? null;
}
