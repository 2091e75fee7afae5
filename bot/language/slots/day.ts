import { addDays, addWorkdays, type Day, isDay } from '#bot/calendar.ts';
import { addMonths, lastOf } from '#bot/domain/month.ts';
import { matchesOf } from '../pattern.ts';
import { afterHoliday, beforeHoliday, festivalDay, NAMES } from './holiday.ts';
import { NUMBER, readNumber } from './number.ts';
import type { Sense } from './sense.ts';

/** A day the words name, with where it stands in the text. */
export interface NamedDay {
  day: Day;
  start: number;
  end: number;
}

const WEEKDAY = '([一二三四五六日天1-6])';
const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
/** Monday of the week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
const weekdayNo = (text: string): number => ('日天'.includes(text) ? 7 : (readNumber(text) ?? 1));

const pad = (value: number): string => String(value).padStart(2, '0');

/** Year, month and date as a day, or null where the calendar has none (6月31号). */
function dated(year: number, month: number, date: number): Day | null {
  const day = `${year}-${pad(month)}-${pad(date)}`;
  return isDay(day) ? day : null;
}

const MONTH_AND_DATE = new RegExp(`(${NUMBER})月(${NUMBER})[日号](?!台账)`, 'g');

/** A date that is in no calendar, 「6月31号」, as it was said; null if there is none. */
export function impossibleDay(text: string): string | null {
  for (const [words, month = '', date = ''] of matchesOf(text, MONTH_AND_DATE))
    if (dated(LEAP_YEAR, readNumber(month) ?? 0, readNumber(date) ?? 0) === null) return words;
  return null;
}
const LEAP_YEAR = 2012;

/** A month and date without a year: the year in which it lies nearest, or on the side the sense asks for. */
function inYear(today: Day, month: number, date: number, sense: Sense): Day | null {
  const year = Number(today.slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap((one) => dated(one, month, date) ?? []);
  const near = (day: Day) => Math.abs(Date.parse(day) - Date.parse(today));
  const side = candidates.filter((day) =>
    sense === 'behind' ? day <= today : sense === 'ahead' ? day >= today : true,
  );
  // A deadline of a few days ago is a slip of the speaker, not a year away.
  const close = candidates.filter((day) => near(day) < 60 * 86_400_000);
  const [found] = (sense === 'near' || side.length === 0 ? candidates : close.length > 0 ? close : side).sort(
    (a, b) => near(a) - near(b),
  );
  return found ?? null;
}

/** A bare date of the month, 「14号」: this month's unless the sense points to its neighbour. */
function inMonth(today: Day, date: number, sense: Sense): Day | null {
  const month = today.slice(0, 7);
  const own = isDay(`${month}-${pad(date)}`) ? `${month}-${pad(date)}` : null;
  if (sense === 'ahead' && (!own || own < today)) return dayIn(addMonths(month, 1), date);
  if (sense === 'behind' && (!own || own > today)) return dayIn(addMonths(month, -1), date);
  return own;
}

const dayIn = (month: string, date: number): Day | null =>
  isDay(`${month}-${pad(date)}`) ? `${month}-${pad(date)}` : null;

/** 下周三, 上上周五, 周二: of this week, or with a bare one on the side the sense asks for. */
function weekday(today: Day, which: string, name: string, sense: Sense): Day {
  const weeks = which.startsWith('下下')
    ? 2
    : which.startsWith('下')
      ? 1
      : which.startsWith('上上')
        ? -2
        : which.startsWith('上')
          ? -1
          : 0;
  const day = addDays(mondayOf(today), 7 * weeks + weekdayNo(name) - 1);
  if (which !== '') return day;
  if (sense === 'ahead' && day < today) return addDays(day, 7);
  return sense === 'behind' && day > today ? addDays(day, -7) : day;
}

type Rule = [pattern: string, read: (parts: (string | undefined)[], today: Day, sense: Sense) => Day | null];
const FIRST = '(?:头一|第一|首|头)个?(?:天|日|工作日|上班日|上班天|上班的?(?:那|一)?天)(?:上班)?';
const RELATIVE: Record<string, number> = { 大后: 3, 后: 2, 明: 1, 今: 0, 昨: -1, 前: -2, 大前: -3 };

const OFF = '(?:节|假期|放假|小长假|长假|黄金周)*';
const MONTHS: Record<string, number> = { 上上: -2, 上: -1, 下: 1, 下下: 2 };
const monthsAway = (word: string | undefined): number => MONTHS[word ?? ''] ?? 0;
const yearsAway = (word: string | undefined): number => (word === '去' ? -1 : word === '明' ? 1 : 0);

/** 二〇一三 as 2013. */
const digitsOf = (text: string): number => Number([...text].map((char) => readNumber(char)).join(''));

/** 上旬, 中旬, 下旬: its last day. */
const tenthOf = (month: string, part: string | undefined): Day =>
  part === '上' ? `${month}-10` : part === '中' ? `${month}-20` : lastOf(month);

/** The same date so many months on, the last day of a shorter month. */
function monthsOn(day: Day, count: number): Day {
  const month = addMonths(day.slice(0, 7), count);
  return dayIn(month, Number(day.slice(8))) ?? lastOf(month);
}

const RULES: Rule[] = [
  [
    '([二〇零一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?',
    ([y = '', m = '', d = '']) => dated(digitsOf(y), readNumber(m) ?? 0, readNumber(d) ?? 0),
  ],
  ['(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?', ([y, m, d]) => dated(Number(y), Number(m), Number(d))],
  ['(?<!\\d)(\\d{2})年(\\d{1,2})月(\\d{1,2})[日号]?', ([y, m, d]) => dated(2000 + Number(y), Number(m), Number(d))],
  [
    `(${NUMBER})月(${NUMBER})(?:[日号]|(?![\\d日号个家项所份次%万]|[一二三四五六七八九十]))`,
    ([m = '', d = ''], today, sense) => inYear(today, readNumber(m) ?? 0, readNumber(d) ?? 0, sense),
  ],
  // 7.15, told by what stands before it: no version and no amount.
  [
    '(?<=^|[\\s，,。；;：:（(到至成为于在自从日—-]|时间|期限|时限)(1[0-2]|0?[1-9])\\.(3[01]|[12]\\d|0?[1-9])(?![\\d.%]|\\s*(?:万|亿|个|家|项|小时|元|倍|吨|公里|分|亩|成|版|km|h))[日号]?',
    ([m = '', d = ''], today, sense) => inYear(today, Number(m), Number(d), sense),
  ],
  [
    '(?<=\\d{1,2}/\\d{1,2}\\s*[-~到至]\\s*)(1[0-2]|0?[1-9])/(3[01]|[12]\\d|0?[1-9])(?!\\d)',
    ([m = '', d = ''], today, sense) => inYear(today, Number(m), Number(d), sense),
  ],
  [
    '(?<![\\d/])(1[0-2]|0?[1-9])/(3[01]|[12]\\d|0?[1-9])(?=[日号]|之?前|以前|下班|去|到(?![一二三])|\\s*[-~到至])',
    ([m = '', d = ''], today, sense) => inYear(today, Number(m), Number(d), sense),
  ],
  [
    '(?:(下|上|本|这|当)个?月(?:的|份)?)?(上|中|下)旬',
    ([which, part], today, sense) => {
      if (sense === 'behind') return null;
      const day = (month: string): Day => tenthOf(month, part);
      const own = day(addMonths(today.slice(0, 7), monthsAway(which)));
      return which === undefined && own < today ? day(addMonths(today.slice(0, 7), 1)) : own;
    },
  ],
  [
    `(${NUMBER})月(?:份)?(?:的)?(上|中|下)旬`,
    ([m = '', part], today, sense) => {
      const first = sense === 'behind' ? null : inYear(today, readNumber(m) ?? 0, 10, sense);
      return first && tenthOf(first.slice(0, 7), part);
    },
  ],
  [
    `(${NUMBER})月(?:份)?(?:月)?(?:底|末)`,
    ([m = ''], today, sense) => {
      const first = inYear(today, readNumber(m) ?? 1, 1, sense === 'ahead' ? 'near' : sense);
      const last = first && lastOf(first.slice(0, 7));
      return last && sense === 'ahead' && last < addDays(today, -60) ? lastOf(addMonths(last.slice(0, 7), 12)) : last;
    },
  ],
  [`(${NUMBER})月(?:份)?初`, ([m = ''], today, sense) => inYear(today, readNumber(m) ?? 0, 1, sense)],
  [
    `(下下|上上|下|上|本|这|当)个?月(?:份)?(?:的)?(${NUMBER})[日号]`,
    ([which, d = ''], today) => dayIn(addMonths(today.slice(0, 7), monthsAway(which)), readNumber(d) ?? 0),
  ],
  [
    '(下下|上上|下|上|本|这|当)?个?月(?:底|末)',
    ([which], today) => lastOf(addMonths(today.slice(0, 7), monthsAway(which))),
  ],
  // 「月初走访的」 tells no day.
  [
    '(下下|下|本|这|当)?个?月初',
    ([which], today, sense) => {
      const [own, next] = [today.slice(0, 7), addMonths(today.slice(0, 7), 1)];
      if (sense === 'behind') return null;
      if (which !== undefined) return `${addMonths(own, monthsAway(which))}-01`;
      return `${own}-01` < today ? `${next}-01` : `${own}-01`;
    },
  ],
  [
    '(下下|下|本|这|当)?个?月中(?!旬)(?:之前|以前|前)?',
    ([which], today, sense) => (sense === 'behind' ? null : `${addMonths(today.slice(0, 7), monthsAway(which))}-15`),
  ],
  [
    '(?:(去|今|明)年)?(?:第?([一二三四1-4])|(上|下|本|这)一?个?)?季度?(?:底|末)',
    ([year, named, which], today) => {
      const current = Math.ceil(Number(today.slice(5, 7)) / 3);
      const quarter = named ? (readNumber(named) ?? 1) : current + monthsAway(which);
      return lastOf(addMonths(`${Number(today.slice(0, 4)) + yearsAway(year)}-01`, 3 * quarter - 1));
    },
  ],
  [
    '(?:(去|今|明)年)?(上|下)半年(?:底|末|内|结束前?|之?前)',
    ([year, half], today) => `${Number(today.slice(0, 4)) + yearsAway(year)}-${half === '上' ? '06-30' : '12-31'}`,
  ],
  ['(去|今|明|本)?年(?:底|末)|年内', ([year], today) => `${Number(today.slice(0, 4)) + yearsAway(year)}-12-31`],
  [
    `(${NAMES})?${OFF}(?:之后|以后|后|过后|回来|放假回来|收假后?)(?:的)?(?:${FIRST}|上班${FIRST})`,
    ([name = ''], today, sense) => afterHoliday(name, today, sense),
  ],
  [
    `(${NAMES})?${OFF}(?:之后|以后|后|过后)(?:的)?(?:上班)?第(?!一)(${NUMBER})个?(?:工作日|天)`,
    ([name = '', n = ''], today, sense) => afterHoliday(name, today, sense, readNumber(n) ?? 1),
  ],
  [
    `(?:(${NAMES})${OFF}|(?:节|假期|放假))(?:之前|以前|前)(?:最后一个工作日|最后一天|一天)?`,
    ([name = ''], today, sense) => beforeHoliday(name, today, sense),
  ],
  [`(${NAMES})节?(?:当天|那天|当日|这天)`, ([name = ''], today, sense) => festivalDay(name, today, sense)],
  [`(${NUMBER})个?工作日(?:之?内|以?后|之后)`, ([n = ''], today) => addWorkdays(today, readNumber(n) ?? 0)],
  ['半个?月(?:之?内|以内|以?后|之后)', (_, today) => addDays(today, 15)],
  [`(${NUMBER})(?:天|日)(?:之?内|以内|以?后|之后)`, ([n = ''], today) => addDays(today, readNumber(n) ?? 0)],
  [
    `(${NUMBER})(?:个?星期|周|个?礼拜)(?:之?内|以内|以?后|之后)`,
    ([n = ''], today) => addDays(today, 7 * (readNumber(n) ?? 0)),
  ],
  [`(${NUMBER})个月(?:之?内|以内|以?后|之后)`, ([n = ''], today) => monthsOn(today, readNumber(n) ?? 0)],
  // 「三天前」 is a deadline to nobody.
  [
    `(${NUMBER})天(?:之前|以前|前)`,
    ([n = ''], today, sense) => (sense === 'behind' ? addDays(today, -(readNumber(n) ?? 0)) : null),
  ],
  [
    `(?<![上下])(下下个?|下个?|上上个?|上个?|本|这个?)?(?:周|星期|礼拜)${WEEKDAY}`,
    ([which = '', d = ''], today, sense) => weekday(today, which, d, sense),
  ],
  [
    '(大后|大前|后|前|今|明|昨)(?:天|日(?!常|程|志)|早|晚|黑|晨|夜|儿个?|上午|下午)',
    ([which = ''], today) => addDays(today, RELATIVE[which] ?? 0),
  ],
  // Days told together share what is said once: 今明两天, 下周一、二, 19-23号.
  ['(今|明)(?=[明后](?:[两二2]|这两)?[天日])', ([which = ''], today) => addDays(today, RELATIVE[which] ?? 0)],
  ['(?<=[今明])(明|后)(?:[两二2]|这两)[天日]', ([which = ''], today) => addDays(today, RELATIVE[which] ?? 0)],
  [
    `(?<=(下下个?|下个?|上个?|本|这个?)?(?:周|星期|礼拜)[一二三四五六日天](?:、|和|到|至|与|及|-|~))${WEEKDAY}(?![十百个家项月号日点份成%\\d])`,
    ([which = '', d = ''], today, sense) => weekday(today, which, d, sense),
  ],
  [
    `(?<![\\d月.])(${NUMBER})(?=(?:-|~|到|至|—|、|和)${NUMBER}[号日](?!台账))`,
    ([d = ''], today, sense) => inMonth(today, readNumber(d) ?? 0, sense),
  ],
  ['廿([一二三四五六七八九])?[日号]', ([d], today, sense) => inMonth(today, 20 + (readNumber(d ?? '') ?? 0), sense)],
  [
    `(?<![月.\\d])(${NUMBER})(?:日|号(?!台账|项|楼|线|车间|厂|井|门|机|路|院|窗|桌|会议室|地块|文|令|公告))`,
    ([d = ''], today, sense) => inMonth(today, readNumber(d) ?? 0, sense),
  ],
];

const COMPILED = RULES.map(([pattern, read]) => ({ pattern: new RegExp(pattern, 'g'), read }));

/** Every day the words name, in order; of two that overlap the longer one. Impossible dates are left out. */
export function daysIn(text: string, today: Day, sense: Sense): NamedDay[] {
  const found = COMPILED.flatMap(({ pattern, read }) =>
    matchesOf(text, pattern).map((match) => ({
      day: read(match.slice(1), today, sense),
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  if (found.length === 0) return [];
  const longest = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other !== one &&
          other.start <= one.start &&
          other.end >= one.end &&
          other.end - other.start > one.end - one.start,
      ),
  );
  const days = longest
    .flatMap((one) => (one.day === null ? [] : [{ ...one, day: one.day }]))
    .sort((one, other) => one.start - other.start);
  // 「7月20日至24日」: the 24th of the same month.
  for (const [index, one] of days.entries()) {
    const before = days[index - 1];
    const date = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?$/.exec(text.slice(one.start, one.end));
    if (!before || !date || !/^\s*(?:至|到|-|—|~|和|、|及|与)\s*$/.test(text.slice(before.end, one.start))) continue;
    const same = dayIn(before.day.slice(0, 7), Number(one.day.slice(8)));
    if (same && same >= before.day) one.day = same;
  }
  return days;
}
