import chineseDays from 'chinese-days';
import { addDays, addWorkdays, type Day, isWorkday, workdayUpTo } from '#bot/calendar.ts';
import type { Sense } from './sense.ts';

/** Names of statutory holidays as people call them. For use inside a larger pattern. */
export const NAMES =
  '元旦|新年|春节|过年|大年|清明|五一(?!百|十|路)|劳动节|端午|中秋|国庆|十一(?!月|[号日个家项点届次年期中运五条])';

const pad = (value: number): string => String(value).padStart(2, '0');

interface Festival {
  name: RegExp;
  /** the day itself */
  on(year: number): Day;
}
const moon = (month: number, date: number) => (year: number) =>
  chineseDays.getSolarDateFromLunar(`${year}-${pad(month)}-${pad(date)}`).date;
const FESTIVALS: Festival[] = [
  { name: /^(?:元旦|新年)/, on: (year) => `${year}-01-01` },
  { name: /^(?:春节|过年|大年)/, on: moon(1, 1) },
  { name: /^清明/, on: (year) => chineseDays.getSolarTermDate(year, 4, 'pure_brightness') },
  { name: /^(?:五一|劳动节)/, on: (year) => `${year}-05-01` },
  { name: /^端午/, on: moon(5, 5) },
  { name: /^中秋/, on: moon(8, 15) },
  { name: /^(?:国庆|十一)/, on: (year) => `${year}-10-01` },
];

/** Days off around a festival: as the State Council gave them, and the day alone where it has not yet. */
function daysOff(festival: Festival, year: number): { first: Day; last: Day } {
  const on = festival.on(year);
  let [first, last] = [on, on];
  while (!isWorkday(addDays(first, -1))) first = addDays(first, -1);
  while (!isWorkday(addDays(last, 1))) last = addDays(last, 1);
  return { first, last };
}

/** The festival day of a name, on the side of `today` the sense asks for; of the next holiday if none is named. */
export function festivalDay(name: string, today: Day, sense: Sense): Day | null {
  return meant(name, today, sense)?.on ?? null;
}

/** 节前: the last workday before the holiday. */
export function beforeHoliday(name: string, today: Day, sense: Sense): Day | null {
  const holiday = meant(name, today, sense);
  return holiday && workdayUpTo(addDays(holiday.first, -1));
}

/** 节后第几个工作日 */
export function afterHoliday(name: string, today: Day, sense: Sense, count = 1): Day | null {
  const holiday = meant(name, today, sense);
  return holiday && addWorkdays(holiday.last, count);
}

/** A holiday well past is next year's when something is due by it; one gone by lately is the one behind. */
function meant(name: string, today: Day, sense: Sense): { on: Day; first: Day; last: Day } | null {
  const year = Number(today.slice(0, 4));
  const all = FESTIVALS.filter((festival) => name === '' || festival.name.test(name))
    .flatMap((festival) =>
      [year - 1, year, year + 1].map((one) => ({ on: festival.on(one), ...daysOff(festival, one) })),
    )
    .sort((one, other) => (one.on < other.on ? -1 : 1));
  const coming = all.find(({ last }) => last >= today) ?? null;
  const gone = all.findLast(({ first }) => first <= today) ?? null;
  if (sense === 'behind') return gone;
  // 「节后第一天」 on the first day after it, and a deadline a few days ago, still mean the holiday just over.
  const isFresh = gone !== null && name !== '' && today < addDays(gone.last, sense === 'near' ? 60 : 3);
  return isFresh ? gone : coming;
}
