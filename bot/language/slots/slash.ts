import type { Clause } from '../reading.ts';
import { daysIn, type NamedDay } from './day.ts';
import type { Sense } from './sense.ts';

const SLASHED = /(?<![\d/.])(1[0-2]|0?[1-9])\/(3[01]|[12]\d|0?[1-9])(?![\d/%]|\s*(?:个?小时|钟头|[hH]\b))/g;

// 日期4.25
const DOTTED = /(?<=日期\s?[:：]?\s?)(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?![\d.])/g;

/** 5/12 as 5月12: a date where no share of a count can be meant; every place stays where it is. */
export const unslashed = (text: string): string => text.replace(SLASHED, '$1月$2').replace(DOTTED, '$1月$2');

/** Days a clause names, those with a stroke (5/12) among them. For what counts nothing itself: study, visits. */
export function daysSaid(clause: Clause, sense: Sense): NamedDay[] {
  const days = clause.days(sense);
  const text = unslashed(clause.text);
  if (days.length > 0 || text === clause.text) return days;
  return daysIn(text, clause.reading.today, sense).map(({ day, start, end }) => ({
    day,
    start: start + clause.start,
    end: end + clause.start,
  }));
}
