import { addDays, type Day } from '#bot/calendar.ts';
import { addMonths, lastOf } from '#bot/domain/month.ts';
import { mayMatch } from '../pattern.ts';
import { verbose } from '../verbose.ts';
import { mondayOf } from './day.ts';
import { NUMBER, readNumber } from './number.ts';

/** Words that name a week, a month, a quarter or a year; to tell what of a text is nothing else. */
export const PERIOD = verbose`
  (?:20\d\d(?:年|[-./]))?(?:
      第?[一二三四1-4首头上本这]一?个?季度? | [qQ][1-4] | [前头]三个月
      | (?:上上|下下|上|下|本|这|当|\d{1,2}|[一二三四五六七八九十]{1,2})个?(?:月份?|周|星期|礼拜)(?:度)?
    )
  | (?:今|去|本|全)年(?:以来|初)? | [上下]半年 | 活动(?:开展)?以来
`;

/** The same for a month alone, in a pattern of one's own: 「2013年7月」 「七月份」 「下个月」. */
export const MONTH = '(?:20\\d\\d年)?(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?|[本上下这当]一?个?月(?:份)?)';

/** A stretch of days, both ends included. */
export interface Period {
  from: Day;
  to: Day;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const yearOf = (day: Day): number => Number(day.slice(0, 4));
const months = (first: string, count: number): Period => ({
  from: `${first}-01`,
  to: lastOf(addMonths(first, count - 1)),
});
/** So many whole steps away, as 上上, 上, 这, 下 tell; the longer word first. */
const AWAY: Record<string, number> = { 上上: -2, 上: -1, 下下: 2, 下: 1 };
const away = (word: string | undefined): number => AWAY[word ?? ''] ?? 0;

type Rule = [pattern: RegExp, read: (parts: (string | undefined)[], today: Day) => Period | null];
const RULES: Rule[] = [
  [
    /(上上|下下|上|下|本|这|当)一?个?(?:周|星期|礼拜)(?![一二三四五六日天末1-6])/,
    ([which], today) => {
      const from = addDays(mondayOf(today), 7 * away(which));
      return { from, to: addDays(from, 6) };
    },
  ],
  [
    /(?:(去|今|明)年)?第?([一二三四1-4])季度/,
    ([year, quarter = ''], today) =>
      months(`${yearOf(today) + yearAway(year)}-${pad(3 * (readNumber(quarter) ?? 1) - 2)}`, 3),
  ],
  [/(上|下|本|这)一?个?季度/, ([which], today) => months(addMonths(quarterOf(today), 3 * away(which)), 3)],
  [/(?:今年|年初|活动)以来|年初到(?:现在|今)/, (_, today) => ({ from: `${yearOf(today)}-01-01`, to: today })],
  [
    /(?:(去|今|明)年)?(上|下)半年/,
    ([year, half], today) => months(`${yearOf(today) + yearAway(year)}-${half === '上' ? '01' : '07'}`, 6),
  ],
  [
    /(去|今|明|本|全)年(?!\d|[一二三四五六七八九十]+月|度?第?[一二三四]季度)/,
    ([year], today) => months(`${yearOf(today) + yearAway(year)}-01`, 12),
  ],
  [/这(?:两|2)天/, (_, today) => ({ from: addDays(today, -1), to: today })],
  [new RegExp(`(?<!从|[0-9])前(${NUMBER})天`), ([n = ''], today) => daysUpTo(addDays(today, -1), readNumber(n))],
  [new RegExp(`(?:最近|过去|近|这)(${NUMBER})天`), ([n = ''], today) => daysUpTo(today, readNumber(n))],
  [/(?:最近|过去|近)(?:一|1)?个?(?:周|星期|礼拜)/, (_, today) => daysUpTo(today, 7)],
  [/(?:最近|过去|近)(?:一|1)?个月/, (_, today) => daysUpTo(today, 30)],
];

const yearAway = (word: string | undefined): number => (word === '去' ? -1 : word === '明' ? 1 : 0);
const daysUpTo = (last: Day, count: number | null): Period | null =>
  count === null || count < 1 || count > 366 ? null : { from: addDays(last, 1 - count), to: last };

/** The first month of the quarter a day lies in. */
const quarterOf = (day: Day): string => `${day.slice(0, 5)}${pad(3 * Math.ceil(Number(day.slice(5, 7)) / 3) - 2)}`;

/** 本周, 上周, 本月, 上个月, 五月份, 一季度, 上半年, 前三天, 这两天, 今年: the stretch the words name, or null. */
export function periodIn(text: string, today: Day): Period | null {
  for (const [pattern, read] of RULES) {
    const match = mayMatch(pattern, text) ? pattern.exec(text) : null;
    const period = match && read(match.slice(1), today);
    if (period) return period;
  }
  const quarter = quarterIn(text, today);
  if (quarter) return months(`${quarter.slice(0, 5)}${pad(3 * Number(quarter.slice(6)) - 2)}`, 3);
  const month = monthIn(text, today);
  return month ? months(month, 1) : null;
}

/** The quarter the words name, `YYYY-Qn`: 一季度, Q2, 上季度, 头三个月; or null. */
export function quarterIn(text: string, today: Day): string | null {
  const year = yearOf(today);
  const current = Math.ceil(Number(today.slice(5, 7)) / 3);
  const at = (no: number): string => (no < 1 ? `${year - 1}-Q${no + 4}` : `${year}-Q${no}`);
  if (/上一?个?季度?(?!节)/.test(text)) return at(current - 1);
  const named =
    /(?:(20\d\d)年?[-/.]?|(去|今)年)?\s*第?([一二三四1-4])季度|(?:(20\d\d)年?[-/.]?)?\s*[qQ]\s*([1-4])(?!\d)|(?:首|头一?)个?季度|(?:[前头]|一到)三个?月/.exec(
      text,
    );
  if (named) {
    const [, full, which, no, before, letter] = named;
    const quarter = no ? (readNumber(no) ?? 1) : letter ? Number(letter) : 1;
    return `${full ?? before ?? year + yearAway(which)}-Q${quarter}`;
  }
  return /[本这当]一?个?季度?/.test(text) ? at(current) : null;
}

const AHEAD =
  /^\s*(?:补[报填])?(?:(?:20)?\d\d年)?(?:[一二三四五六七八九十\d]{1,2}月份?|上个?月)(?:的)?[，,\s]*(?!底|末|初|中|\d{1,2}[日号](?!台账))/;

/** A month named ahead of everything else, 「4月份8号台账……」, and how many characters that takes; null if none is. */
export function monthAhead(text: string, today: Day): { month: string; length: number } | null {
  const [words] = AHEAD.exec(text) ?? [];
  const month = words ? monthIn(words, today) : null;
  return words && month ? { month, length: words.length } : null;
}

/** The month the words name, `YYYY-MM`: 本月, 上个月, 五月份, 去年12月, 2013年5月, 2013-05; or null. */
export function monthIn(text: string, today: Day): string | null {
  const relative =
    /(上上|下下|上|下|本|这|当)一?个?月(?![初底末中])/.exec(text)?.[1] ?? /(上|下|本|这)个?月/.exec(text)?.[1];
  if (relative) return addMonths(today.slice(0, 7), away(relative));
  const plain = /(?<!\d)(20\d\d)[-./年](0?[1-9]|1[0-2])(?![\d./-])/.exec(text);
  if (plain) return `${plain[1]}-${pad(Number(plain[2]))}`;
  const named = NAMED.exec(text);
  const month = named?.[3] ? readNumber(named[3]) : null;
  if (month === null || month < 1 || month > 12) return null;
  return `${named?.[1] ?? yearOf(today) + yearAway(named?.[2])}-${pad(month)}`;
}

const NAMED = new RegExp(`(?:(\\d{4})年|(去|今|明)年)?(${NUMBER})月(?!\\d|[一二三四五六七八九十]+[日号])`);

/** 今年以来: what came about in all since then. */
export const SINCE = /(?:今年|年初|本?年度|开年|入[春夏秋冬汛]|活动(?:开展)?|[元\d]月)以来/;
