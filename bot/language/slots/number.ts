import { matchesOf } from '../pattern.ts';

const DIGITS: Record<string, number> = {
  ...{ 零: 0, 〇: 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 两: 2, 俩: 2, 三: 3, 叁: 3, 仨: 3, 四: 4, 肆: 4, 五: 5, 伍: 5 },
  ...{ 六: 6, 陆: 6, 七: 7, 柒: 7, 八: 8, 捌: 8, 九: 9, 玖: 9 },
};
const UNITS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };

/** A number as people write it: 37, 93.5, 三十七, 叁拾柒, 两, 一百二. For use inside a larger pattern. */
export const NUMBER = '(?:\\d+(?:\\.\\d+)?|[零〇一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖十拾百佰千仟]+)';

/** The value of a text that `NUMBER` matches, or null if its characters make no number (一一, 十百). */
export function readNumber(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  let total = 0;
  let digit: number | null = null;
  let unit = 1;
  for (const char of text) {
    const value = DIGITS[char];
    const scale = UNITS[char];
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = value;
    } else if (scale !== undefined) {
      total += (digit ?? 1) * scale;
      digit = null;
      unit = scale;
    } else return null;
  }
  // 一百二 is 120: a bare digit after a hundred or more counts the next lower unit.
  if (digit !== null) total += digit * (unit >= 100 && !text.includes('零') ? unit / 10 : 1);
  return text === '' ? null : total;
}

const HAN_DECIMAL =
  /([零〇一二两三四五六七八九十百千]+)点([零〇一二三四五六七八九]+)(?=\s*(?:[〇㐀-鿿%]|$))(?![十分刻半点到至钟])/g;

/** The same with decimals spoken out, 二十八点五, in figures; a clock time (三点二十, 八点五分) stays. Places shift. */
export const decimalsIn = (text: string): string =>
  text.replace(HAN_DECIMAL, (all, whole: string, rest: string, at: number) => {
    const clock = /(?:[早晚上下中]午?|凌晨|傍晚)的?$|[\d一二三四五六七八九十]+[日号]$|到$|至$/.test(text.slice(0, at));
    const value = readNumber(whole);
    return clock || value === null ? all : `${value}.${[...rest].map((digit) => DIGITS[digit] ?? 0).join('')}`;
  });

const PERCENTS: [pattern: RegExp, read: (parts: string[]) => number | null][] = [
  [new RegExp(`(${NUMBER})\\s*%`, 'g'), ([one = '']) => readNumber(one)],
  [new RegExp(`百分之(${NUMBER})`, 'g'), ([one = '']) => readNumber(one)],
  [new RegExp(`(${NUMBER})个百分点`, 'g'), ([one = '']) => readNumber(one)],
  [
    new RegExp(`(${NUMBER})分之(${NUMBER})`, 'g'),
    ([whole = '', part = '']) => share(readNumber(part), readNumber(whole)),
  ],
  [/([一二两三四五六七八九1-9])成(半|[一二三四五六七八九1-9])?/g, ([tens = '', ones]) => tenths(tens, ones)],
  [/一半/g, () => 50],
  // 完成度 0.7
  [/(?:完成度|进度|完成率)[^\d。]{0,3}(0\.\d+)(?![\d%]|\s*万)/g, ([one = '']) => Math.round(100 * Number(one))],
];

const share = (part: number | null, whole: number | null): number | null =>
  part === null || !whole ? null : Math.round((100 * part) / whole);

const tenths = (tens: string, ones: string | undefined): number =>
  10 * (readNumber(tens) ?? 0) + (ones === '半' ? 5 : ones ? (readNumber(ones) ?? 0) : 0);

/**
 * How far something is, in per cent: 60%, 百分之八十, 三分之二 (67), 六成, 八成五, 一半. The last one said counts
 * (「由40%提高到55%」). Null for none; vague ones (八九成, 过半) are none as well.
 */
export function readPercent(said: string): number | null {
  const text = decimalsIn(said);
  if (/[一二三四五六七八九][一二三四五六七八九]成|过半/.test(text)) return null;
  let last: { at: number; value: number } | null = null;
  for (const [pattern, read] of PERCENTS)
    for (const match of matchesOf(text, pattern)) {
      const value = read(match.slice(1));
      if (value !== null && value <= 100 && (!last || match.index > last.at)) last = { at: match.index, value };
    }
  return last?.value ?? null;
}

const HOURS = new RegExp(
  `(${NUMBER})?(个半|个)?(半)?(?:个|来个|来)?(?:小时|钟头|钟点|课时|h(?![a-z]))(半)?(?:[零又加带多]?(?:(${NUMBER})(?:分|刻)|(一刻|三刻)))?`,
  'i',
);
const MINUTES = new RegExp(`(${NUMBER})\\s*(?:来)?(?:分钟?|min|['′])`, 'i');
const QUARTERS = new RegExp(`(${NUMBER})刻钟?(?!意|苦|板)`);

/** 时长 in minutes: 一个半小时, 俩小时, 90分钟, 半小时, 1小时20分, 七点到八点一刻. Null for none or a vague one. */
export function readMinutes(said: string): number | null {
  const text = decimalsIn(said);
  const part = /(?<!\d)(\d)\/(\d)\s*(?:个?(?:小时|钟头)|h(?![a-z]))/i.exec(text);
  if (part) return Math.round((60 * Number(part[1])) / Number(part[2]));
  const span = clockSpan(text);
  if (span !== null) return span;
  const hours = HOURS.exec(text);
  if (hours) {
    const [all, whole, unit, half, after, past, quarter] = hours;
    if (!whole && !half) return null;
    const count = whole ? (readNumber(whole) ?? 0) : 0;
    const halves = (unit === '个半' ? 1 : 0) + (half ? 1 : 0) + (after ? 1 : 0);
    const rest = past
      ? (readNumber(past) ?? 0) * (/刻$/.test(all) ? 15 : 1)
      : quarter
        ? 15 * (quarter === '三刻' ? 3 : 1)
        : 0;
    return Math.round(60 * count + 30 * halves + rest);
  }
  const minutes = MINUTES.exec(text)?.[1];
  if (minutes) return readNumber(minutes);
  const quarters = QUARTERS.exec(text)?.[1];
  return quarters ? 15 * (readNumber(quarters) ?? 0) : null;
}

const CLOCK = `(${NUMBER})(?:[:：](\\d\\d)|[点时](?:(半)|(一刻)|(三刻)|((?:\\d\\d?|[零〇一二三四五六七八九十]+)(?=分)|[1-5]\\d(?!\\d|楼|号|人)|[二三四五]?十[一二三四五六七八九]?(?!楼|号|人))分?)?)`;

const CLOCK_SPAN = new RegExp(`${CLOCK}(?:[学看读听忙]?[到至]|-|—|~)(?:晚上?|上午|下午)?${CLOCK}`);
const TIME = new RegExp(`(凌晨|早上?|上午|中午|下午|后晌|午后|傍晚|晚上?)?的?\\s*${CLOCK}`);

/** A wall-clock time as minutes after midnight of its own half of the day. */
function clockSpan(text: string): number | null {
  const match = CLOCK_SPAN.exec(text);
  if (!match) return null;
  const at = (from: number): number => {
    const [hour, colon, half, quarter, threeQuarters, minutes] = match.slice(from, from + 6);
    const past = colon
      ? Number(colon)
      : half
        ? 30
        : quarter
          ? 15
          : threeQuarters
            ? 45
            : minutes
              ? (readNumber(minutes) ?? 0)
              : 0;
    return 60 * (readNumber(hour ?? '') ?? 0) + past;
  };
  const length = at(7) - at(1);
  return length > 0 ? length : length + 12 * 60;
}

/** A wall-clock time of a day, `HH:MM`: 8点半, 下午三点, 15:00, 上午十点一刻, 晚7点半. Null for none. */
export function readTime(text: string): string | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, part = '', hourText = '', colon, half, quarter, threeQuarters, minuteText] = match;
  let hour = readNumber(hourText);
  if (hour === null || hour > 24) return null;
  const minutes = colon
    ? Number(colon)
    : half
      ? 30
      : quarter
        ? 15
        : threeQuarters
          ? 45
          : minuteText
            ? (readNumber(minuteText) ?? 0)
            : 0;
  if (/下午|后晌|午后|傍晚|晚/.test(part) && hour < 12) hour += 12;
  if (part === '中午' && hour < 3) hour += 12;
  // Nobody meets at two at night: a bare small hour is the afternoon's.
  if (part === '' && hour >= 1 && hour < 7) hour += 12;
  return `${String(hour % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
