import { type Day, workdayFrom, workdayUpTo } from '#bot/calendar.ts';
import { monthBefore, monthOf } from './month.ts';

/**
 * 月度自检 and 月度查摆 keep the same days (R30, R52, R60): a month's round opens on the 20th, is due on the 25th, its result
 * is told on the 26th. On rest days it opens and is told the workday after, and is due the one before (J18, J19).
 */
export const roundOpensOn = (month: string): Day => workdayFrom(`${month}-20`);
export const roundDueOn = (month: string): Day => workdayUpTo(`${month}-25`);
export const roundToldOn = (month: string): Day => workdayFrom(`${month}-26`);

const STEPS = { open: '开始', due: '截止', result: '结果' } as const;
type RoundStep = keyof typeof STEPS;

/** What of a round falls on a day, and of which month's round; its result may fall into the month after. */
export function roundStepOn(day: Day): { kind: RoundStep; month: string } | null {
  const month = monthOf(day);
  if (roundOpensOn(month) === day) return { kind: 'open', month };
  if (roundDueOn(month) === day) return { kind: 'due', month };
  const told = [month, monthBefore(month)].find((one) => roundToldOn(one) === day);
  return told ? { kind: 'result', month: told } : null;
}

/** 「问题查摆截止」: what 日程 says of a round's day (R64); null on any other. */
export function roundTitleOn(what: string, day: Day): string | null {
  const step = roundStepOn(day);
  return step && `${what}${STEPS[step.kind]}`;
}

/** The month whose round one speaks of on a day: this month's once it is open, else the one before, however late (G9). */
export const roundMonthOf = (day: Day): string =>
  day >= roundOpensOn(monthOf(day)) ? monthOf(day) : monthBefore(monthOf(day));

/** The day a round was due if `day` is past it, so that what comes in then is marked 逾期 (G9); else null. */
export const roundMissedBy = (month: string, day: Day): Day | null =>
  day > roundDueOn(month) ? roundDueOn(month) : null;
