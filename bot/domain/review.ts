/** 互评分: points by dimension; partial until complete. */
export type Scores = Record<string, number>;

/** One hand-in of scores, as kept. */
export interface Rating {
  fromDepartment: string;
  departmentCode: string;
  scores: Scores;
}

/** Fewer ratings than these show nothing: who gave what could be guessed (R76). */
export const FEWEST_RATERS = 5;

/** What each unit gave another: several hand-ins of one rater merge, the later points counting. */
export function mergedRatings(ratings: Rating[], department: string): Scores[] {
  const merged = new Map<string, Scores>();
  for (const { fromDepartment, departmentCode, scores } of ratings)
    if (departmentCode === department) merged.set(fromDepartment, { ...merged.get(fromDepartment), ...scores });
  return [...merged.values()];
}

export interface Mark {
  department: string;
  raters: number;
  /** the mean of the dimensions' means, to one decimal; null while too few rated */
  mean: number | null;
}

/** 互评均分: every dimension's mean over those who rated it, and the mean of these. */
export function markOf(ratings: Rating[], department: string): Mark {
  const given = mergedRatings(ratings, department);
  const dimensions = [...new Set(given.flatMap((scores) => Object.keys(scores)))];
  const means = dimensions.map((dimension) => meanOf(given.flatMap((scores) => scores[dimension] ?? [])));
  const shown = given.length >= FEWEST_RATERS && means.length > 0;
  return { department, raters: given.length, mean: shown ? Math.round(meanOf(means) * 10) / 10 : null };
}

const meanOf = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Marks with their places, the best first; equal means share a place, what is not shown has none. */
export function ranked(marks: Mark[]): (Mark & { place: number | null })[] {
  const shown = marks.filter(({ mean }) => mean !== null).sort((one, other) => (other.mean ?? 0) - (one.mean ?? 0));
  const placeOf = (mark: Mark): number => shown.findIndex(({ mean }) => mean === mark.mean) + 1;
  const hidden = marks.filter(({ mean }) => mean === null).map((mark) => ({ ...mark, place: null }));
  return [...shown.map((mark) => ({ ...mark, place: placeOf(mark) })), ...hidden];
}
