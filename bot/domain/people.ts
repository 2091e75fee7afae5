import type { Day } from '#bot/calendar.ts';

/** 任职 from a day on, until the next one begins. */
export interface Post {
  department: string;
  from: Day;
}
export interface Serving {
  id: string;
  /** where the person is now */
  department: string;
  /** last day in the office; null while there */
  leftOn: Day | null;
  posts: Post[];
}

/**
 * Where everybody was on `day`, by person (R11, G12): joiners are missing before their first day, leavers after their last.
 * `begun` is the day the record of posts begins: whoever was there on it is taken to have been there before.
 */
export function placesOn(day: Day, people: Serving[], begun: Day | null): Map<string, string> {
  const places = new Map<string, string>();
  for (const { id, department, leftOn, posts } of people) {
    if (leftOn !== null && day > leftOn) continue;
    const held = posts.toSorted((one, other) => (one.from < other.from ? -1 : 1));
    const [first] = held;
    const founding = first && first.from === begun ? first : null;
    const then = held.findLast(({ from }) => from <= day) ?? founding;
    if (then) places.set(id, then.department);
    else if (!first) places.set(id, department);
  }
  return places;
}

// By role or by what the post is called.
const SECTION_RANK = /局长|组长|科长|主任|所长|书记|处长/;

/** 科级及以上 (R19) */
export const ranksSection = ({ roles, title }: { roles: readonly string[]; title: string }): boolean =>
  roles.some((role) => ['chief', 'leader', 'head'].includes(role)) || SECTION_RANK.test(title);
