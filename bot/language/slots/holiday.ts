import { addDays, type Day, isWorkday } from '#bot/calendar.ts';

/** Names of statutory holidays as people call them. For use inside a larger pattern. */
export const NAMES = '元旦|新年|春节|过年|清明|五一|劳动节|端午|中秋|国庆|十一(?!月|[号日个家项])';

const pad = (value: number): string => String(value).padStart(2, '0');
const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

const HOLIDAYS: [name: RegExp, month: number, from: number, to: number][] = [
  [/^(?:元旦|新年)/, 1, 1, 3],
  [/^清明/, 4, 4, 6],
  [/^(五一|劳动节)/, 5, 1, 1],
  [/^(国庆|十一)/, 10, 1, 1],
];
// Festivals of the moon have no fixed date; the first free day of their season is looked for.
const MOON: [name: RegExp, from: string, to: string][] = [
  [/^(?:春节|过年)/, '01-21', '02-21'],
  [/^端午/, '05-25', '06-26'],
  [/^中秋/, '09-07', '10-10'],
];

/** The first day off of a named or of the next holiday after `today`. */
export function holidayStart(today: Day, name: string): Day | null {
  // A holiday well past is next year's: 元旦前, said in December.
  const past = (name: string): boolean =>
    HOLIDAYS.some(([pattern, month]) => pattern.test(name) && Number(today.slice(5, 7)) > month + 2) ||
    (/^(?:春节|过年)/.test(name) && Number(today.slice(5, 7)) > 4);
  const year = String(Number(today.slice(0, 4)) + (past(name) ? 1 : 0));
  const free = (day: Day): boolean => !isWorkday(day) && weekdayOf(day) < 6;
  const scan = (from: Day, to: Day): Day | null => {
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (!free(day)) continue;
      let first = day;
      while (!isWorkday(addDays(first, -1)) && first > from) first = addDays(first, -1);
      return first;
    }
    return null;
  };
  for (const [pattern, month, date] of HOLIDAYS)
    if (pattern.test(name))
      return scan(addDays(`${year}-${pad(month)}-${pad(date)}`, -4), addDays(`${year}-${pad(month)}-${pad(date)}`, 4));
  for (const [pattern, from, to] of MOON) if (pattern.test(name)) return scan(`${year}-${from}`, `${year}-${to}`);
  return scan(addDays(today, 1), addDays(today, 200));
}

/** The first workday after a holiday that begins on `start`. */
export const afterHoliday = (start: Day): Day => {
  let day = start;
  while (!isWorkday(day)) day = addDays(day, 1);
  return day;
};
