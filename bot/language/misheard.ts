import { readsAs } from './sound.ts';

// What is typed by its sound for the words of a figure, 「新曾俩」, 「累记37项」.
const WORDS = ['新增', '累计'];
const BEFORE_FIGURE = /[〇㐀-鿿]{2}(?=\s*了?\s*[\d一二两俩三仨四五六七八九十百])/g;

/** The words with what stands right before a figure and sounds like 新增 or 累计 written so, place for place. */
export const asMeant = (words: string): string =>
  words.replace(BEFORE_FIGURE, (said) => WORDS.find((word) => said !== word && readsAs(said, word)) ?? said);
