import type { Figures } from './figures.ts';
import { literally } from './figures.ts';
import { matchesOf } from './pattern.ts';
import { NUMBER, readNumber } from './slots/number.ts';
import type { WorldItem } from './world.ts';

const ATTRIBUTE =
  /^的(?![贷借放]?款|钱|资金)|^后|^之?后|^是(?!\d)|^就[够能可]|^[不没未难才]|^以[前上下内]|^[要能会可该应]/;
const FIGURE = new RegExp(`(${NUMBER})\\s*(?:万元|亿元|公里|人次|场次|平方公里|%|[〇㐀-鿿])?`, 'g');

/** 「新增1家的材料」, 「完成2家是编的」, 「新增1家后要开会」: the figure belongs to what is said of it. */
export function hangsOn(words: readonly string[], { quantity, increment, percent }: Figures): boolean {
  const tails = words.flatMap((part) =>
    matchesOf(part, FIGURE).flatMap(({ 0: all, 1: number = '', index }) =>
      [quantity, increment, percent].includes(readNumber(number) ?? Number.NaN)
        ? part.slice(index + all.length).trim()
        : [],
    ),
  );
  return tails.length > 0 && tails.every((tail) => ATTRIBUTE.test(tail));
}

/** Figures as one would say them: 累计2家. */
export const figuresInWords = ({ quantity, increment, percent }: Figures, unit: string | null): string =>
  quantity !== undefined
    ? `累计${quantity}${unit ?? ''}`
    : increment !== undefined
      ? `新增${increment}${unit ?? ''}`
      : `${percent ?? 0}%`;

/** What a report says besides the name of the work and its figure. */
export const unsaid = (words: string, { title }: WorldItem): string =>
  [...words.replace(/[\d一二两俩三仨四五六七八九十百]+(?:人次|万元|公里|[〇㐀-鿿])/g, '')]
    .filter((char) => !title.includes(char) && !'的了啊呢吧就还是仍照旧现在目前有为这那块边头项都，。 '.includes(char))
    .join('');

const OF_THE_WORK = new RegExp(
  `(?:完成率?|进度|到|达|台账|[:：，,]|^)\\s*(?:了|到|至|为|是|的|约|已|过)*\\s*(?:(${NUMBER})\\s*%|百分之(${NUMBER}))`,
);

/** 「完成120%」, 「进度百分之一百五」, but not 「增长120%」 */
export function isPastWhole(words: string): boolean {
  const [, figure, inWords] = OF_THE_WORK.exec(words) ?? [];
  return (readNumber(figure ?? inWords ?? '') ?? 0) > 100;
}

/** A number with the measure, or with 个. */
export const fitsMeasure = (words: string, unit: string | null): boolean =>
  unit !== null && new RegExp(`[\\d一二两三四五六七八九十百](?:${unit[0]}|个)`).test(words);

// What other things are counted by as often.
const COMMON = ['个', '家', '项', '次', '件', '人', '份', '场', '人次'];

/** A number with the very measure of a count, 「14.8万张」, where that tells one count from another. */
export const saysMeasure = (words: string, { target, unit }: Pick<WorldItem, 'target' | 'unit'>): boolean =>
  target !== null &&
  unit !== null &&
  !COMMON.includes(unit) &&
  new RegExp(
    `[\\d一二两三四五六七八九十百千]\\s*(?:${literally(unit)}|${literally(unit.replace(/^[万亿](?=.)/, ''))})`,
  ).test(words);

// What comes in whole numbers, each by its own measure; 个 stands for any of them.
const MEASURES = ['家', '项', '所', '份', '件', '次'];
const MEASURED = new RegExp(`(${NUMBER})\\s*([${MEASURES.join('')}个])`, 'gu');

/** The measure a figure was said with, where it is not the item's own: 37家 of what is counted in 项 (R42). Null for none. */
export function otherMeasure(said: string, figure: number, unit: string | null): string | null {
  if (unit === null || !MEASURES.includes(unit)) return null;
  const measures = [...said.matchAll(MEASURED)].flatMap(([, number = '', measure = '']) =>
    readNumber(number) === figure ? [measure] : [],
  );
  const [first] = measures;
  return first === undefined || measures.some((one) => one === unit || one === '个') ? null : first;
}
