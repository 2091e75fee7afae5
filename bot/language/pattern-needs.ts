/** What every match of a pattern holds: a character, all of several things, or one of them. */
export type Needs = number | Several;

export interface Several {
  parts: readonly Needs[];
  /** all of the parts; else one of them */
  all: boolean;
  /** how likely a text has it, by and large */
  cost: number;
  /** how many characters are named in it */
  size: number;
}

// A class of more characters tells little.
const MOST_OF_CLASS = 96;
// A range of more is not spelled out.
const MOST_OF_RANGE = 64;
const codesOf = (chars: string): number[] => Array.from(chars, (char) => char.charCodeAt(0));
const DIGITS = codesOf('0123456789');
// Characters of every other sentence are looked at last.
const FREQUENT = new Set([...codesOf('一的了是个我不有上下大人学报工作'), ...DIGITS]);

const costOf = (needs: Needs): number => (typeof needs !== 'number' ? needs.cost : FREQUENT.has(needs) ? 3 : 1);
export const sizeOf = (needs: Needs): number => (typeof needs === 'number' ? 1 : needs.size);

/** Reads off a pattern's source what every match of it holds; null where nothing can be told. */
export function needsOf({ source, ignoreCase }: RegExp): Needs | null {
  // Half of a pair of places is no character that a `?` behind it could spare.
  if (hasPairs(source)) return null;
  const needs = new PatternReader(source).read();
  return needs !== null && ignoreCase ? inBothCases(needs) : needs;
}

function hasPairs(source: string): boolean {
  for (let at = 0; at < source.length; at++) if ((source.charCodeAt(at) & 0xf800) === 0xd800) return true;
  return false;
}

function inBothCases(needs: Needs): Needs {
  if (typeof needs !== 'number') return several(needs.parts.map(inBothCases), needs.all);
  const char = String.fromCharCode(needs);
  return several([char.toLowerCase().charCodeAt(0), char.toUpperCase().charCodeAt(0)], false);
}

function several(parts: readonly Needs[], all: boolean): Several {
  let [cost, size, least] = [0, 0, Number.POSITIVE_INFINITY];
  for (const part of parts) {
    const one = costOf(part);
    cost += one;
    least = Math.min(least, one);
    size += sizeOf(part);
  }
  return { parts, all, cost: all ? least / parts.length : cost, size };
}

/** The parts as one list: of all of all, and of one of one. */
function flat(parts: readonly Needs[], all: boolean): Needs[] {
  const found = new Set<Needs>();
  for (const part of parts)
    if (typeof part !== 'number' && part.all === all) for (const one of part.parts) found.add(one);
    else found.add(part);
  return [...found];
}

const A_DIGIT = several(DIGITS, false);
const [BAR, OPEN, CLOSE, CLASS, CLASS_END, ESCAPE, NOT, DASH] = codesOf('|()[]\\^-') as [
  ...[number, number, number, number, number, number, number, number],
];
const [MAYBE, ANY, MANY, COUNT, NAME, EQUALS, DENIED, DIGIT] = codesOf('?*+{<=!d') as [
  ...[number, number, number, number, number, number, number, number],
];
const [DOT, END] = codesOf('.$') as [number, number];
const TIMES = /\{(\d+)(?:,\d*)?\}/y;
const LONG_ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>)/y;
const isWordChar = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** Goes through a source once; hundreds of patterns are read for the first message. */
class PatternReader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  read(): Needs | null {
    const needs = this.alternatives();
    return this.at < this.source.length ? null : needs;
  }

  private code(ahead = 0): number {
    return this.source.charCodeAt(this.at + ahead);
  }

  /** `a|b|c` up to its closing bracket or the end: what one of them needs. */
  private alternatives(): Needs | null {
    const first = this.sequence();
    if (this.code() !== BAR) return first;
    const any: (Needs | null)[] = [first];
    while (this.code() === BAR) {
      this.at += 1;
      any.push(this.sequence());
    }
    return anyOf(any);
  }

  /** Terms one after another: what all of them need that must be there, the choosiest first. */
  private sequence(): Needs | null {
    const all: Needs[] = [];
    while (this.at < this.source.length) {
      const code = this.code();
      if (code === BAR || code === CLOSE) break;
      const needs = this.term(code);
      if (!this.isSpared() && needs !== null) all.push(needs);
    }
    return allOf(all);
  }

  /** Reads how often the term before may stand; true if not at all. */
  private isSpared(): boolean {
    const code = this.code();
    let spared = code === MAYBE || code === ANY;
    if (spared || code === MANY) this.at += 1;
    else {
      if (code !== COUNT) return false;
      TIMES.lastIndex = this.at;
      const times = TIMES.exec(this.source);
      if (!times) return false;
      spared = times[1] === '0';
      this.at += times[0].length;
    }
    if (this.code() === MAYBE) this.at += 1;
    return spared;
  }

  private term(code: number): Needs | null {
    if (code === OPEN) return this.group();
    if (code === CLASS) return this.characters();
    if (code === ESCAPE) return this.escaped();
    this.at += 1;
    return code === DOT || code === NOT || code === END ? null : code;
  }

  private group(): Needs | null {
    let denied = false;
    this.at += 1;
    if (this.code() === MAYBE) {
      const isBehind = this.code(1) === NAME;
      const kind = this.code(isBehind ? 2 : 1);
      denied = kind === DENIED;
      if (isBehind && !denied && kind !== EQUALS) this.at = this.source.indexOf('>', this.at) + 1;
      else this.at += isBehind ? 3 : 2;
    }
    const inner = this.alternatives();
    this.at += 1;
    return denied ? null : inner;
  }

  private escaped(): Needs | null {
    const code = this.code(1);
    if (isWordChar(code) && code !== DIGIT) {
      LONG_ESCAPE.lastIndex = this.at;
      this.at += LONG_ESCAPE.exec(this.source)?.[0].length ?? 2;
      return null;
    }
    this.at += 2;
    return code === DIGIT ? A_DIGIT : code;
  }

  /** `[…]`: any of its characters, where they can be listed. */
  private characters(): Needs | null {
    this.at += 1;
    const chars = new Set<number>();
    let isListed = this.code() !== NOT;
    for (; this.at < this.source.length && this.code() !== CLASS_END; this.at += 1) {
      const code = this.code();
      if (code === ESCAPE) {
        this.at += 1;
        const escaped = this.code();
        if (escaped === DIGIT) for (const digit of DIGITS) chars.add(digit);
        else if (isWordChar(escaped)) isListed = false;
        else chars.add(escaped);
        continue;
      }
      const last = this.code(2);
      if (this.code(1) === DASH && last !== CLASS_END && last !== ESCAPE) {
        if (last - code > MOST_OF_RANGE) isListed = false;
        else for (let one = code; one <= last; one++) chars.add(one);
        this.at += 2;
        continue;
      }
      chars.add(code);
    }
    this.at += 1;
    return isListed && chars.size > 0 && chars.size <= MOST_OF_CLASS ? several([...chars], false) : null;
  }
}

/** What one of several needs; null if one of them needs nothing that can be told. */
function anyOf(any: readonly (Needs | null)[]): Needs | null {
  if (any.includes(null)) return null;
  const distinct = flat(any as Needs[], false);
  return distinct.length === 1 ? (distinct[0] ?? null) : several(distinct, false);
}

function allOf(all: readonly Needs[]): Needs | null {
  if (all.length < 2) return all[0] ?? null;
  const distinct = flat(all, true);
  if (distinct.length < 2) return distinct[0] ?? null;
  return several(
    distinct.sort((one, other) => costOf(one) - costOf(other)),
    true,
  );
}
