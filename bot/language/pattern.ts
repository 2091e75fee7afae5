import { type Needs, needsOf } from './pattern-needs.ts';

/**
 * Patterns looked for in many texts. What a pattern needs, characters without which nothing matches it, is read off its
 * source; a text that lacks them is not searched at all.
 */
const needed = new WeakMap<RegExp, Int32Array | null>();

// Which text each character was last seen in: asked for one text many times over.
const seen = new Uint32Array(0x10000);
let round = 0;
let last = '';

/** Whether a match is possible at all: the text has the characters that every match holds. */
export function mayMatch(pattern: RegExp, text: string): boolean {
  let steps = needed.get(pattern);
  if (steps === undefined) {
    steps = stepsOf(pattern);
    needed.set(pattern, steps);
  }
  if (steps === null) return true;
  if (text !== last || round === 0) look(text);
  let at = 0;
  while (at < steps.length)
    at = seen[steps[at] as number] === round ? (steps[at + 1] as number) : (steps[at + 2] as number);
  return at === MAY;
}

/** As `pattern.test(text)`, for a pattern without the flag g that few texts match. */
export const has = (pattern: RegExp, text: string): boolean => mayMatch(pattern, text) && pattern.test(text);

function look(text: string): void {
  last = text;
  round = round === 0xffff_ffff ? 1 : round + 1;
  for (let at = 0; at < text.length; at++) seen[text.charCodeAt(at)] = round;
}

/** Every match of a pattern that has the flag g; no copy is made of it, as `matchAll` does. */
export function matchesOf(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  if (!mayMatch(pattern, text)) return found;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}

/** A Chinese character, so far as it is one place of a text. */
export const isHan = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0x3400 && code <= 0x4dbf) ||
  (code >= 0xf900 && code <= 0xfad9) ||
  code === 0x3005 ||
  code === 0x3007;

// Where the steps end: more than any has steps.
const MAY = 0x3fff_ffff;
const CANNOT = 0x3fff_fffe;

/** What a pattern needs as steps, three numbers each: a character, where to go on if the text has it, and if not. */
function stepsOf(pattern: RegExp): Int32Array | null {
  const needs = needsOf(pattern);
  if (needs === null) return null;
  // Told from the last to the first, since a step must know where to go on; turned round in the end.
  const steps: [char: number, there: number, lacking: number][] = [];
  const add = (one: Needs, there: number, lacking: number): number => {
    if (typeof one === 'number') return steps.push([one, there, lacking]) - 1;
    const [parts, all] = 'all' in one ? [one.all, true] : [one.any, false];
    return parts.reduceRight<number>(
      (next, part) => (all ? add(part, next, lacking) : add(part, there, next)),
      all ? there : lacking,
    );
  };
  add(needs, MAY, CANNOT);
  const place = (step: number): number => (step >= CANNOT ? step : 3 * (steps.length - 1 - step));
  return Int32Array.from(steps.toReversed().flatMap(([char, there, lacking]) => [char, place(there), place(lacking)]));
}
