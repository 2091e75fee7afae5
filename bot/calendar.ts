import chineseDays from 'chinese-days';

/** An instant source; only the composition root's is the system's. */
export interface Clock {
  now(): Date;
}

/** A calendar day in the office's time zone, `YYYY-MM-DD`. */
export type Day = string;

// Mainland China keeps one zone without summer time, so a day is the instant moved by eight hours and cut.
const OFFSET_MS = 8 * 3_600_000;
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

const local = (instant: Date): Date => new Date(instant.getTime() + OFFSET_MS);

/** The office's calendar day of an instant. */
export const dayOf = (instant: Date): Day => local(instant).toISOString().slice(0, 10);

/** The office's wall clock of an instant, `HH:MM`. */
export const timeOf = (instant: Date): string => local(instant).toISOString().slice(11, 16);

/** 「5月14日（星期二）」: a day as papers and answers print it (requirements 3.4). */
export function dayInWords(day: Day): string {
  const [, month, date] = day.split('-').map(Number);
  return `${month}月${date}日（星期${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]}）`;
}

/** 「2013年5月14日」 */
export function dateInWords(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** 「5月21日」, where the year is plain. */
export const monthDayInWords = (day: Day): string => dateInWords(day).replace(/^.*年/, '');

export const systemClock: Clock = { now: () => new Date() };

/** The instant of a wall-clock time in the office, `YYYY-MM-DD` and `HH:MM`. */
export const instantAt = (day: Day, time: string): Date => new Date(`${day}T${time}:00+08:00`);

/** `YYYY-MM-DD` that is a day of the calendar; 31 June is none. */
export const isDay = (text: string): boolean => {
  const instant = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
};

/** The ISO week a day lies in: its year and number. Sessions are numbered by it (R11). */
export function weekOf(day: Day): { year: number; week: number } {
  const thursday = new Date(`${day}T00:00:00Z`);
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7) };
}

/** The day `count` days later, earlier if negative. */
export const addDays = (day: Day, count: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** 工作日 by the State Council's calendar with its makeup days (G17). */
export function isWorkday(day: Day): boolean {
  const known = workdays.get(day);
  if (known !== undefined) return known;
  const is = chineseDays.isWorkday(day);
  if (workdays.size >= MOST_LOOKED_UP) workdays.clear();
  workdays.set(day, is);
  return is;
}
/** Looked up once: of thousands of items every one that is due asks for the workdays before it. */
const workdays = new Map<Day, boolean>();
const MOST_LOOKED_UP = 5000;

/** The `count`-th workday after `day`, or before it if negative; `day` itself need not be one. */
export function addWorkdays(day: Day, count: number): Day {
  const step = Math.sign(count);
  let found = day;
  for (let left = Math.abs(count); left > 0; ) {
    found = addDays(found, step);
    if (isWorkday(found)) left -= 1;
  }
  return found;
}

/** `day` if it is a workday, else the one before it. */
export const workdayUpTo = (day: Day): Day => (isWorkday(day) ? day : addWorkdays(day, -1));

/** `day` if it is a workday, else the one after it. */
export const workdayFrom = (day: Day): Day => (isWorkday(day) ? day : addWorkdays(day, 1));

/** How many workdays lie between two days: 0 on the same one, negative once `to` has passed. */
export function workdaysUntil(from: Day, to: Day): number {
  const [early, late, sign] = from <= to ? [from, to, 1] : [to, from, -1];
  let count = workdaysUpTo(late) - workdaysUpTo(early);
  for (let year = yearOf(early); year < yearOf(late); year++) count += workdaysUpTo(`${year}-12-31`);
  return count === 0 ? 0 : sign * count;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** How many workdays a year has up to each of its days: counted once, since every light of every item asks. */
const counted = new Map<number, Map<Day, number>>();

function workdaysUpTo(day: Day): number {
  const year = yearOf(day);
  let days = counted.get(year);
  if (!days) {
    days = new Map();
    let count = 0;
    for (let one: Day = `${year}-01-01`; yearOf(one) === year; one = addDays(one, 1))
      days.set(one, isWorkday(one) ? ++count : count);
    counted.set(year, days);
  }
  return days.get(day) ?? 0;
}
