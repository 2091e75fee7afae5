import { addDays, type Day, isWorkday, weekOf } from '#bot/calendar.ts';

/** `YYYY-Www` of a day. */
export function weekKey(day: Day): string {
  const { year, week } = weekOf(day);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Monday of a day's week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - (new Date(`${day}T00:00:00Z`).getUTCDay() || 7));

/** Monday of a week given as `YYYY-Www`. */
export function firstDayOf(week: string): Day {
  const [year, no] = week.split('-W').map(Number);
  return addDays(mondayOf(`${year}-01-04`), 7 * ((no ?? 1) - 1));
}

/** 「第17周（4月22日至4月28日）」 */
export function weekInWords(week: string): string {
  const from = firstDayOf(week);
  const plain = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  return `第${Number(week.slice(6))}周（${plain(from)}至${plain(addDays(from, 6))}）`;
}

/** Workdays of a day's week, Monday to Sunday with makeup days, those outside the campaign left out. */
export function workdaysOfWeek(day: Day, campaign: { from: Day; to: Day } | null = null): Day[] {
  const monday = mondayOf(day);
  return [0, 1, 2, 3, 4, 5, 6]
    .map((count) => addDays(monday, count))
    .filter((one) => isWorkday(one) && (!campaign || (one >= campaign.from && one <= campaign.to)));
}

export type WeekState = 'studied' | 'missing' | 'exempt';

/** 已学、未学、免学 of a unit's week (R13): what was held counts for its own week only; with fewer workdays it needs no session. */
export function weekState(held: number, workdays: number, exempted: boolean, fewest: number): WeekState {
  if (held > 0) return 'studied';
  return exempted || workdays < fewest ? 'exempt' : 'missing';
}

/** 「已学2次」「未学」「免学」 */
export const weekStateInWords = (state: WeekState, held: number): string =>
  state === 'studied' ? `已学${held}次` : state === 'missing' ? '未学' : '免学';
