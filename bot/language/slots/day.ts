import { addDays, addWorkdays, type Day, isDay, workdayUpTo } from '#bot/calendar.ts';
import { afterHoliday, holidayStart, NAMES } from './holiday.ts';
import { NUMBER, readNumber } from './number.ts';

/** Which way a day lies when the words leave it open: a deadline ahead, a visit behind. */
export type Sense = 'ahead' | 'behind' | 'near';

/** A day the words name, with where it stands in the text. */
export interface NamedDay {
  day: Day;
  start: number;
  end: number;
}

const WEEKDAY = '([一二三四五六日天1-6])';
const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
const weekdayNo = (text: string): number => ('日天'.includes(text) ? 7 : (readNumber(text) ?? 1));

const pad = (value: number): string => String(value).padStart(2, '0');

/** Year, month and date as a day, or null where the calendar has none (6月31号). */
function dated(year: number, month: number, date: number): Day | null {
  const day = `${year}-${pad(month)}-${pad(date)}`;
  return isDay(day) ? day : null;
}

/** `YYYY-MM` so many months on. */
export function addMonths(month: string, count: number): string {
  const [year = 0, no = 1] = month.split('-').map(Number);
  const index = year * 12 + no - 1 + count;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
}

/** Last day of a month. */
export const lastOf = (month: string): Day => addDays(`${addMonths(month, 1)}-01`, -1);

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

const RULES: Rule[] = [
  ['(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?', ([y, m, d]) => dated(Number(y), Number(m), Number(d))],
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
    `(下个?|本|这个?|上个?)?月?(?<=月)(上|中|下)旬`,
    ([which = '', part = ''], today) =>
      `${addMonths(today.slice(0, 7), which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0)}-${{ 上: '10', 中: '20', 下: '28' }[part]}`,
  ],
  [
    `(${NUMBER})月(上|中|下)旬`,
    ([m = '', part = ''], today, sense) =>
      inYear(today, readNumber(m) ?? 0, { 上: 10, 中: 20, 下: 28 }[part] ?? 0, sense),
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
    `(下个?月|本月|这个月|上个?月)(${NUMBER})[日号]`,
    ([which = '', d = ''], today) =>
      dayIn(
        addMonths(today.slice(0, 7), which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0),
        readNumber(d) ?? 0,
      ),
  ],
  [
    '(下下|下|上)?个?月底|(下个?|本)?月末',
    ([which = '', other = ''], today) =>
      lastOf(
        addMonths(
          today.slice(0, 7),
          which === '下下' ? 2 : which === '下' || other.startsWith('下') ? 1 : which === '上' ? -1 : 0,
        ),
      ),
  ],
  ['下个?月初', (_, today) => `${addMonths(today.slice(0, 7), 1)}-01`],
  ['(下个?)?月中(?!旬)(?:之前|以前|前)?', ([next], today) => `${addMonths(today.slice(0, 7), next ? 1 : 0)}-15`],
  [
    '(?:([一二三四])|本|这个)?季度末',
    ([which], today) =>
      lastOf(
        `${today.slice(0, 4)}-${pad(3 * (which ? (readNumber(which) ?? 1) : Math.ceil(Number(today.slice(5, 7)) / 3)))}`,
      ),
  ],
  ['年底|年末|年内', (_, today) => `${today.slice(0, 4)}-12-31`],
  [
    `(${NAMES})?(?:节|假期|放假|小长假)*(?:之后|以后|后|过后|回来|放假回来|收假后?)(?:的)?(?:${FIRST}|上班${FIRST})`,
    ([name = ''], today) => {
      const start = holidayStart(today, name);
      return start && afterHoliday(start);
    },
  ],
  [
    `(${NAMES})(?:节|假期|放假|小长假)*(?:之前|以前|前)|节前|放假前`,
    ([name = ''], today) => {
      const start = holidayStart(today, name);
      return start && workdayUpTo(addDays(start, -1));
    },
  ],
  [`(${NUMBER})个?工作日(?:之?内|以内)`, ([n = ''], today) => addWorkdays(today, readNumber(n) ?? 0)],
  [`半个?月(?:之?内|以内)`, (_, today) => addDays(today, 15)],
  [`(${NUMBER})(?:天|日)(?:之?内|以内)`, ([n = ''], today) => addDays(today, readNumber(n) ?? 0)],
  [`(${NUMBER})(?:个?星期|周|个?礼拜)(?:之?内|以内)`, ([n = ''], today) => addDays(today, 7 * (readNumber(n) ?? 0))],
  [
    `(下下个?|下个?|上上个?|上个?|本|这个?)?(?:周|星期|礼拜)${WEEKDAY}`,
    ([which = '', d = ''], today, sense) => weekday(today, which, d, sense),
  ],
  [
    '(大后|大前|后|前|今|明|昨)(?:天|日(?!常|程|志)|早|晚|晨|夜|儿个?|上午|下午)',
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
    `(?<![\\d月.])(${NUMBER})(?=(?:-|~|到|至|—)${NUMBER}[号日](?!台账))`,
    ([d = ''], today, sense) => inMonth(today, readNumber(d) ?? 0, sense),
  ],
  [
    `(?<![月.\\d])(${NUMBER})(?:日|号(?!台账|项|楼|线|车间|厂|井|门|机|路|院|窗|桌|会议室|地块|文|令|公告))`,
    ([d = ''], today, sense) => inMonth(today, readNumber(d) ?? 0, sense),
  ],
];

/** Every day the words name, in order; of two that overlap the longer one. Impossible dates are left out. */
export function daysIn(text: string, today: Day, sense: Sense): NamedDay[] {
  const found = RULES.flatMap(([pattern, read]) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => ({
      day: read(match.slice(1), today, sense),
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
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
    const date = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]$/.exec(text.slice(one.start, one.end));
    if (!before || !date || !/^\s*(?:至|到|-|—|~|和|、|及|与)\s*$/.test(text.slice(before.end, one.start))) continue;
    const same = dayIn(before.day.slice(0, 7), Number(one.day.slice(8)));
    if (same && same >= before.day) one.day = same;
  }
  return days;
}

/** A stretch of days, both ends included. */
export interface Period {
  from: Day;
  to: Day;
}

/** 本周, 上周, 本月, 上个月, 五月份, 一季度, 今年: the stretch the words name, or null. */
export function periodIn(text: string, today: Day): Period | null {
  const week = /(下|上上|上|本|这)个?(?:周|星期|礼拜)(?![一二三四五六日天])/.exec(text)?.[1];
  if (week) {
    const from = addDays(mondayOf(today), week === '下' ? 7 : week === '上' ? -7 : week === '上上' ? -14 : 0);
    return { from, to: addDays(from, 6) };
  }
  const quarter = /([一二三四1-4])季度/.exec(text)?.[1];
  if (quarter) {
    const first = `${today.slice(0, 4)}-${pad(3 * (readNumber(quarter) ?? 1) - 2)}`;
    return { from: `${first}-01`, to: lastOf(addMonths(first, 2)) };
  }
  if (/今年以来|年初以来|年初到现在/.test(text)) return { from: `${today.slice(0, 4)}-01-01`, to: today };
  if (/今年/.test(text)) return { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` };
  const month = monthIn(text, today);
  return month ? { from: `${month}-01`, to: lastOf(month) } : null;
}

/** The month the words name, `YYYY-MM`: 本月, 上个月, 五月份, 2013年5月; or null. */
export function monthIn(text: string, today: Day): string | null {
  const relative = /(上|下|本|这)个?月/.exec(text)?.[1];
  if (relative) return addMonths(today.slice(0, 7), relative === '上' ? -1 : relative === '下' ? 1 : 0);
  const plain = /(?<!\d)(20\d\d)[-./年](0?[1-9]|1[0-2])(?![\d./-])/.exec(text);
  if (plain) return `${plain[1]}-${pad(Number(plain[2]))}`;
  const named = new RegExp(`(?:(\\d{4})年)?(${NUMBER})月(?!\\d|[一二三四五六七八九十]+[日号])`).exec(text);
  const month = named?.[2] ? readNumber(named[2]) : null;
  if (month === null || month < 1 || month > 12) return null;
  return `${named?.[1] ?? today.slice(0, 4)}-${pad(month)}`;
}
