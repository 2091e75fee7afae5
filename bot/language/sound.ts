import { createRequire } from 'node:module';

// Its one file for `require`: thirty modules less to load at the start.
const { pinyin }: typeof import('pinyin-pro') = createRequire(import.meta.url)('pinyin-pro');
const sounds = new Map<string, string>();

/** How a character sounds, without its tone; a letter sounds like itself. Kept, for there are but a few thousand. */
export function soundOf(char: string): string {
  let sound = sounds.get(char);
  if (sound === undefined) {
    sound = pinyin(char, { toneType: 'none' }).replace('ü', 'v') || char;
    sounds.set(char, sound);
  }
  return sound;
}

/** How a word sounds; words that sound alike give the same. */
export const soundsOf = (word: string): string => [...word].map(soundOf).join('-');
