import { polyphonic } from 'pinyin-pro';

// Every syllable is written as one character that no text holds.
const PRIVATE = 0xe000;
const TONES = /[\u0300\u0301\u0304\u030c]/g;
const syllables = new Map<string, string>();

/** A syllable in letters without its tone, `qian`, as a text that `soundOf` gave has it; one never met stays as it is. */
export const syllable = (letters: string): string => syllables.get(letters) ?? letters;

function noted(letters: string): string {
  const char = syllables.get(letters) ?? String.fromCharCode(PRIVATE + syllables.size);
  syllables.set(letters, char);
  return char;
}

/** How each character sounds, looked up when it is first met. */
const sounds = new Uint16Array(0x10000);

/** A text as it sounds without tones, place for place: what sounds alike is written alike. A letter sounds like itself. */
export function soundOf(text: string): string {
  const heard: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (sounds[code] === 0) sounds[code] = soundOfChar(text[at] as string).charCodeAt(0);
    heard.push(sounds[code] as number);
  }
  return String.fromCharCode(...heard);
}

function soundOfChar(char: string): string {
  // By itself it is read so; what ends a sentence sounds like nothing that has a name.
  if (char === '了') return noted('liao');
  const [first = char] = readingsOf(char);
  return first === char ? char : noted(first);
}

/** How a character may be read, without tones; itself where it has no reading. */
function readingsOf(char: string): string[] {
  // One by one: `pinyin` builds a tree of all words first, which alone took most of a start. Tones are taken off here, for the
  // library searches every reading for each of them.
  const [readings = []] = polyphonic(char, { type: 'array' });
  return readings.map((one) => one.normalize('NFD').replace('u\u0308', 'v').replace(TONES, ''));
}

/** Whether the words can be read as others of the same length, character for character, however their characters are read else. */
export const readsAs = (words: string, others: string): boolean =>
  // The first by its usual reading, which was looked up before: few words sound so, and only these are looked at closer.
  soundOf(words[0] ?? '') === soundOf(others[0] ?? '') &&
  [...words].every((char, at) => {
    const wanted = readingsOf(others[at] ?? '');
    return readingsOf(char).some((one) => wanted.includes(one));
  });
