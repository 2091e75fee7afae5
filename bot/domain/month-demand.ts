import { KINDS } from './topic.ts';

/** 讲谈议读写要求: that a kind is asked of a unit, or no longer (R27). */
export interface Demand {
  id: number;
  month: string;
  /** every month from then on */
  standing: boolean;
  /** empty for every unit */
  departmentCode: string;
  kind: string;
  demanded: boolean;
}

/** Which of 讲谈议读写 a month asks of a unit: the newest word on each kind counts, in the order of the five. */
export function demandedOf(unit: string, month: string, demands: readonly Demand[]): string[] {
  const asked = new Map<string, boolean>();
  for (const one of [...demands].sort((first, second) => first.id - second.id)) {
    const isOf = one.departmentCode === '' || one.departmentCode === unit;
    const holds = one.month === month || (one.standing && one.month < month);
    if (isOf && holds) asked.set(one.kind, one.demanded);
  }
  return KINDS.filter((kind) => asked.get(kind) === true);
}

/** 「讲、写」 */
export const kindsInWords = (kinds: readonly string[]): string => kinds.join('、');
