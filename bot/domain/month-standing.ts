/** 报送情况 of a unit's month (R45). */
export type HandInState = '按时' | '逾期' | '未报' | '免报';

/** How a month's hand-in stands of some units, each list in establishment order. */
export interface HandInStanding<Unit> {
  /** who owes it: everybody but 免报 */
  due: Unit[];
  onTime: Unit[];
  late: Unit[];
  missing: Unit[];
  exempt: Unit[];
}

/** A unit's state: who hands in all the same counts like everybody, freed or not. */
export const handInState = (report: { late: boolean } | undefined, isFreed: boolean): HandInState =>
  report ? (report.late ? '逾期' : '按时') : isFreed ? '免报' : '未报';

/** Sorts units by how their month stands. */
export function handInStandingOf<Unit extends { code: string }>(
  units: readonly Unit[],
  stateOf: (code: string) => HandInState,
): HandInStanding<Unit> {
  const being = (state: HandInState): Unit[] => units.filter(({ code }) => stateOf(code) === state);
  const exempt = being('免报');
  return {
    ...{ onTime: being('按时'), late: being('逾期'), missing: being('未报'), exempt },
    due: units.filter((unit) => !exempt.includes(unit)),
  };
}
