/** What a unit did in a round: the problems it entered, or that it said there were none. */
export interface UnitsRound {
  name: string;
  head: string | null;
  entered: number;
  none: boolean;
  /** said so after the day it was due (G9) */
  late: boolean;
}

export const saidNothing = ({ entered, none }: UnitsRound): boolean => entered === 0 && !none;

/** 「登记2件」 「确无问题」 「未报」: a statement is no omission (R30). */
export function roundInWords({ entered, none, late }: Pick<UnitsRound, 'entered' | 'none' | 'late'>): string {
  if (entered > 0) return `登记${entered}件`;
  if (!none) return '未报';
  return late ? '确无问题（逾期报）' : '确无问题';
}
