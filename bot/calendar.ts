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
