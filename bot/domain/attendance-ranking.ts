import { share } from './month-facts.ts';

/** How often somebody came to the sessions he was expected at. */
export interface PersonAttendance {
  id: string;
  name: string;
  department: string;
  came: number;
  leave: number;
  expected: number;
}

/** Leave that was granted is no absence, so it is no part of what one is measured by. */
const owedOf = ({ expected, leave }: Pick<PersonAttendance, 'expected' | 'leave'>): number => expected - leave;
const rateOf = (one: PersonAttendance): number => one.came / owedOf(one);

/** Places from the highest rate down, equals sharing one, in the order of the roster among themselves; who owed nothing has none. */
export function placesByRate<One extends PersonAttendance>(people: readonly One[]): (One & { place: number })[] {
  const measured = people.filter((one) => owedOf(one) > 0);
  return measured
    .map((one) => ({ ...one, place: 1 + measured.filter((other) => rateOf(other) > rateOf(one)).length }))
    .sort((one, other) => one.place - other.place);
}

/** 「到会率66.7%（2/3）」 */
export const rateInWords = ({ came, ...counts }: Pick<PersonAttendance, 'came' | 'expected' | 'leave'>): string =>
  `${share(came, owedOf(counts))}（${came}/${owedOf(counts)}）${counts.leave > 0 ? `，请假${counts.leave}次` : ''}`;
