import { type Day, workdayFrom, workdayUpTo } from '#bot/calendar.ts';

/** 问题查摆 of a month (R52): it opens on the 20th, who said nothing is asked on the 25th, its result is told on the 26th (J19). */
export const roundOpensOn = (month: string): Day => workdayFrom(`${month}-20`);
export const roundDueOn = (month: string): Day => workdayUpTo(`${month}-25`);
export const roundToldOn = (month: string): Day => workdayFrom(`${month}-26`);

/** What a unit did in a round: the problems it entered, or that it said there were none. */
export interface UnitsRound {
  name: string;
  head: string | null;
  entered: number;
  none: boolean;
}

export const saidNothing = ({ entered, none }: UnitsRound): boolean => entered === 0 && !none;

/** 「登记2件」 「确无问题」 「未报」: a statement is no omission (R30). */
export const roundInWords = ({ entered, none }: Pick<UnitsRound, 'entered' | 'none'>): string =>
  entered > 0 ? `登记${entered}件` : none ? '确无问题' : '未报';
