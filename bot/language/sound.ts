import { polyphonic } from 'pinyin-pro';

// By itself 了 is read so; what ends a sentence sounds like nothing that has a name.
const sounds = new Map([['了', 'liao']]);

/** How a character sounds, without its tone; a letter sounds like itself. Kept, for there are but a few thousand. */
export function soundOf(char: string): string {
  let sound = sounds.get(char);
  if (sound === undefined) {
    // Its readings one by one: `pinyin` builds a tree of all words first, which alone took most of a start.
    const [[first] = []] = polyphonic(char, { toneType: 'none', type: 'array' });
    sound = (first ?? '').replace('ü', 'v') || char;
    sounds.set(char, sound);
  }
  return sound;
}

/** How a word sounds; words that sound alike give the same. */
export const soundsOf = (word: string): string => [...word].map(soundOf).join('-');
