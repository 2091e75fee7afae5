import { type Day, dayOf } from '#bot/calendar.ts';

/** 时间节点 (R41): what of an item is to be reached by which day. */
export interface Milestone {
  title: string;
  day: Day;
  /** when it was */
  reachedOn?: Day;
}

interface Kept {
  milestones: string;
  nextMilestone: Day | null;
}

export const NO_MILESTONES = '[]';

/** The milestones of an item, in the order of their days. */
export const milestonesOf = ({ milestones }: Pick<Kept, 'milestones'>): Milestone[] => JSON.parse(milestones);

/** The first one that was not reached; null where there is none. */
export const nextMilestoneOf = (item: Pick<Kept, 'milestones'>): Milestone | null =>
  milestonesOf(item).find(({ reachedOn }) => reachedOn === undefined) ?? null;

/** The milestones with one more, with another day for the one of that title, or without it where there is no day. */
export function planned(item: Pick<Kept, 'milestones'>, title: string, day: Day | null): Milestone[] {
  const others = milestonesOf(item).filter((one) => one.title !== title);
  return day === null ? others : [...others, { title, day }];
}

/** The milestones with one of them reached. */
export const reached = (item: Pick<Kept, 'milestones'>, title: string, at: Date): Milestone[] =>
  milestonesOf(item).map((one) => (one.title === title ? { ...one, reachedOn: dayOf(at) } : one));

/** Keeps milestones in the order of their days, and the next one's day beside them. */
export function withMilestones<State extends Kept>(state: State, milestones: Milestone[]): State {
  const sorted = [...milestones].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  const next = sorted.find(({ reachedOn }) => reachedOn === undefined)?.day ?? null;
  return { ...state, milestones: JSON.stringify(sorted), nextMilestone: next };
}

/** The one meant by some words: of that title, else the only one whose title has them or is in them. */
export function milestoneMeant(item: Pick<Kept, 'milestones'>, words: string): Milestone | null {
  const all = milestonesOf(item);
  const exact = all.find(({ title }) => title === words);
  if (exact) return exact;
  const open = all.filter(({ reachedOn }) => reachedOn === undefined);
  const like = words === '' ? open : open.filter(({ title }) => title.includes(words) || words.includes(title));
  return like.length === 1 ? (like[0] ?? null) : null;
}
