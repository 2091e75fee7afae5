import { type Needs, needsOf, sizeOf } from './pattern-needs.ts';

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
  const steps = stepsFor(pattern);
  return steps === null || fits(steps, text);
}

function stepsFor(pattern: RegExp): Int32Array | null {
  let steps = needed.get(pattern);
  if (steps === undefined) {
    steps = stepsOf(needsOf(pattern));
    needed.set(pattern, steps);
  }
  return steps;
}

/** What may be meant, told by patterns one of which matches whatever means it; without any, by anything. */
interface Cued {
  cues?: readonly RegExp[];
}

/** Finds those of many things that a text may mean: they are looked up by its characters, not gone through. */
export class CueIndex<Thing extends Cued> {
  private readonly things: readonly Thing[];
  /** by a character that a pattern needs: whose it is, by the place in the list, and all that it needs */
  private readonly needing = new Map<string, { at: number; steps: Int32Array }[]>();
  /** where those stand that need nothing that can be told */
  private readonly always: number[] = [];

  constructor(things: readonly Thing[]) {
    this.things = things;
    for (const [at, { cues = [] }] of things.entries()) {
      const known = cues.map(stepsFor);
      if (cues.length === 0 || known.includes(null)) this.always.push(at);
      else for (const steps of known) if (steps) this.note(at, steps);
    }
  }

  /** Under each character that is looked for where a text lacks those before it: one of them every match has. */
  private note(at: number, steps: Int32Array): void {
    for (let step = 0; step < steps.length; step = steps[step + 2] as number) {
      const char = String.fromCharCode(steps[step] as number);
      const noted = this.needing.get(char) ?? [];
      noted.push({ at, steps });
      this.needing.set(char, noted);
    }
  }

  /** In the order they were given. */
  in(text: string): Thing[] {
    const may = new Set(this.always);
    for (const char of new Set(text))
      for (const { at, steps } of this.needing.get(char) ?? []) if (!may.has(at) && fits(steps, text)) may.add(at);
    return this.things.filter((_, at) => may.has(at));
  }
}

function fits(steps: Int32Array, text: string): boolean {
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

/** What is needed as steps, three numbers each: a character, where to go on if the text has it, and if not. */
function stepsOf(needs: Needs | null): Int32Array | null {
  if (needs === null) return null;
  const steps = new Int32Array(3 * sizeOf(needs));
  lay(steps, needs, 0, MAY, CANNOT);
  return steps;
}

function lay(steps: Int32Array, needs: Needs, from: number, there: number, lacking: number): void {
  if (typeof needs === 'number') {
    steps[from] = needs;
    steps[from + 1] = there;
    steps[from + 2] = lacking;
    return;
  }
  let at = from;
  for (const [index, part] of needs.parts.entries()) {
    const next = at + 3 * sizeOf(part);
    const isLast = index === needs.parts.length - 1;
    lay(steps, part, at, needs.all && !isLast ? next : there, needs.all || isLast ? lacking : next);
    at = next;
  }
}
