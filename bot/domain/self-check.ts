import { addDays, type Day, workdayFrom, workdayUpTo } from '#bot/calendar.ts';
import { monthOf } from './month.ts';

/** What a unit can say of a matter in a round (R60). */
export const CHECK_ANSWERS = ['done', 'on_track', 'behind', 'needs_help'] as const;
export type CheckAnswer = (typeof CHECK_ANSWERS)[number];
export const CHECK_WORDS: Record<CheckAnswer, string> = {
  done: '已办结',
  on_track: '按期推进',
  behind: '滞后',
  needs_help: '需协调',
};

/** The round opens on the 20th, is due on the 25th, its result is told on the 26th; on rest days forward, due before (J18, J19). */
export const checkOpensOn = (month: string): Day => workdayFrom(`${month}-20`);
export const checkDueOn = (month: string): Day => workdayUpTo(`${month}-25`);
export const checkToldOn = (month: string): Day => workdayFrom(`${month}-26`);

/** The round one speaks of on a day: this month's once it is open, else the one before. */
export const checkMonthOf = (day: Day): string =>
  day >= checkOpensOn(monthOf(day)) ? monthOf(day) : monthOf(addDays(`${monthOf(day)}-01`, -1));

/** 「JB2013-001《……》」, the first few of them. */
export function mattersInWords(matters: readonly { code: string; title: string }[]): string {
  const named = matters.slice(0, 8).map(({ code, title }) => `${code}《${title}》`);
  return `${named.join('、')}${matters.length > named.length ? `等${matters.length}件` : ''}`;
}
