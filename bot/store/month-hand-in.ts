import { isLate, markOf } from '#bot/domain/month.ts';
import { type HandedIn, handedInWords } from '#bot/domain/month-hand-in.ts';
import { emptyParts, missingParts, NO_REVIEW, type Review, reviewLines, SUBORDINATE } from '#bot/domain/month-parts.ts';
import { ofUnit } from '#bot/domain/whose.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import { itemsAsOf } from './as-of.ts';
import type { Tx } from './db.ts';
import { figureOf } from './figures.ts';
import { monthReports } from './month.ts';
import { cutOffOf } from './month-facts.ts';
import { isAnswered, type MonthItem, monthItemsOf } from './month-lines.ts';

/** What a unit has ready for a month, and what of it is still open (R45, R62). */
export interface HandIn {
  unit: WorldDepartment;
  month: string;
  items: MonthItem[];
  open: MonthItem[];
  /** of a 局属单位: its review; null for others */
  review: Review | null;
  /** the parts of the review nothing was said for */
  lacking: string[];
  /** what was handed in for the month before, if anything */
  before: { at: Date; text: string } | null;
}

/** What was said of a month's review so far. */
export async function reviewOf(tx: Tx, departmentCode: string, month: string): Promise<Review> {
  const where = { month, departmentCode, undoneAt: null };
  return (await tx.monthReview.findFirst({ where, orderBy: { id: 'desc' } })) ?? NO_REVIEW;
}

/** A unit's month as it stands. */
export async function handInOf(tx: Tx, unit: WorldDepartment, month: string): Promise<HandIn> {
  const items = await monthItemsOf(tx, unit.code, month);
  const before = (await monthReports(tx, month)).get(unit.code) ?? null;
  const review = unit.kind === SUBORDINATE ? await reviewOf(tx, unit.code, month) : null;
  // A summary that was handed in with its review need not be told again.
  const told = before !== null && missingParts(before.text).length === 0;
  const lacking = review === null || told ? [] : emptyParts(review);
  return { unit, month, items, open: items.filter((one) => !isAnswered(one)), review, lacking, before };
}

/** Whether there is anything a unit could hand in for a month. */
export const hasParts = ({ items, review }: HandIn): boolean => items.length > 0 || review !== null;

/** The words a month is handed in with: item by item, then the review. */
export function textOf({ items, review, before }: HandIn): string {
  const lines = items.map((one) => handedInWords(one).replace(/：未填$/, '：未报'));
  const parts = review === null ? [] : reviewLines(review);
  const kept = review !== null && emptyParts(review).length > 0 && before ? [before.text] : parts;
  return [...lines, ...kept].join('\n');
}

/** At which hour of its 28th a month is closed (R45): as the office had set it by then. */
export const markHourOf = (tx: Tx, month: string): Promise<number> => figureOf(tx, 'monthMark', markOf(month, 24));

/** What a hand-in at an instant amounts to, as it is put into words. */
export async function handedOf(
  tx: Tx,
  { unit, month, items, open, lacking, review, before }: HandIn,
  { at, standsIn }: { at: Date; standsIn: boolean },
): Promise<HandedIn> {
  return {
    ...{ month, unit: unit.name, count: items.length, left: open.map(({ item }) => item), lacking },
    ...{ reviewed: review !== null, late: isLate(month, await markHourOf(tx, month), at), at },
    ...{ earlier: before?.at ?? null, standsIn },
  };
}

/** A unit's month as it is handed in: by whom, and who had it ready for the head, if anybody (R70). */
export interface Report {
  unit: string;
  month: string;
  text: string;
  by: string;
  at: Date;
  inboxKey: string;
  drafted?: { by: string; at: Date };
}

/** Keeps a hand-in beside those before it; the newest that was not taken back counts (R45). @returns its id, and whether it is late */
export async function keepReport(
  tx: Tx,
  { unit, month, text, by, at, inboxKey, drafted }: Report,
): Promise<{ id: number; late: boolean }> {
  const late = isLate(month, await markHourOf(tx, month), at);
  const { id } = await tx.monthReport.create({
    data: {
      ...{ month, departmentCode: unit, personId: by, at, late, text, inboxKey },
      ...(drafted && { draftedBy: drafted.by, draftedAt: drafted.at }),
    },
  });
  return { id, late };
}

/** What a unit's month holds for its 月报: its items as they stood at the month's cut-off, with what was told of each, and its review. */
export async function unitItemsOf(tx: Tx, unit: WorldDepartment, month: string, now: Date) {
  const cutOff = cutOffOf(month, now);
  const then = new Map((await itemsAsOf(tx, cutOff, ofUnit(unit.code))).map((i) => [i.code, i]));
  const { items, review } = await handInOf(tx, unit, month);
  const stood = items.map(({ item, told, said }) => ({
    ...{ item: then.get(item.code) ?? item, said },
    told: told.filter(({ at }) => at <= cutOff),
  }));
  return { items: stood, review };
}
