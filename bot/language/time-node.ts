import type { Day } from '#bot/calendar.ts';
import { daysIn } from './slots/day.ts';
import { readTime } from './slots/number.ts';
import { without } from './text.ts';

const TIME =
  /(?:凌晨|早上?|上午|中午|下午|傍晚|晚上?)?\s*(?:\d{1,2}|[一二三四五六七八九十]+)(?:[:：]\d\d|[点时](?:半|一刻|三刻|\d{1,2}分?)?)/;
const EDGES = /^[\s：:，,、“”"「」是为定在于把将（）()]+|[\s：:，,、；;。!！“”"「」]+$/g;
const DAY_PART = /^(?:上午|下午|早上|晚上|全天)/;

export interface NodeWords {
  day: Day | null;
  /** HH:MM; empty for the whole day */
  time: string;
  title: string;
  /** two days are named: one too many */
  several: boolean;
}

/** 「7月10日上午9点 召开推进会」: day, hour and what is to be done, as far as they are said. */
export function nodeIn(words: string, today: Day): NodeWords {
  const days = daysIn(words, today, 'ahead');
  const beside = without(words, days.slice(0, 1));
  const clock = TIME.exec(beside);
  const time = clock ? readTime(clock[0]) : null;
  const rest = clock && time ? beside.replace(clock[0], ' ') : beside;
  const title = rest
    .replace(EDGES, '')
    .replace(/^(?:之?前|以前|底前)/, '')
    .replace(DAY_PART, '')
    .replace(EDGES, '')
    .replace(/\s+/g, ' ')
    .slice(0, 60);
  return { day: days[0]?.day ?? null, time: time ?? '', title, several: new Set(days.map(({ day }) => day)).size > 1 };
}
