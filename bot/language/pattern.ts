/**
 * Patterns looked for in many texts. What a pattern needs, some characters of which every match holds one, is read off its
 * source; a text that has none of them is not searched at all.
 */
const needed = new WeakMap<RegExp, Uint16Array | null>();

// A pattern that any of so many characters may begin is as soon searched for.
const MOST_NEEDED = 96;
// Characters of every other sentence tell little.
const FREQUENT = new Set('一的了是个我不有上下大人学报工作0123456789');

// Which text each character was last seen in: asked for one text many times over.
const seen = new Uint32Array(0x10000);
let round = 0;
let last = '';

/** Whether a match is possible at all: the text has one of the characters that every match holds. */
export function mayMatch(pattern: RegExp, text: string): boolean {
  let needs = needed.get(pattern);
  if (needs === undefined) {
    needs = needsOf(pattern);
    needed.set(pattern, needs);
  }
  if (needs === null) return true;
  if (text !== last || round === 0) {
    last = text;
    round = round === 0xffff_ffff ? 1 : round + 1;
    for (let at = 0; at < text.length; at++) seen[text.charCodeAt(at)] = round;
  }
  for (let at = 0; at < needs.length; at++) if (seen[needs[at] as number] === round) return true;
  return false;
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

/** Characters of which every match of the pattern holds one; null where none can be told. */
function needsOf({ source, ignoreCase }: RegExp): Uint16Array | null {
  const { needs, at } = alternatives(source, 0);
  if (needs === null || at < source.length || needs.size > MOST_NEEDED) return null;
  const chars = ignoreCase ? [...needs].flatMap((char) => [char.toLowerCase(), char.toUpperCase()]) : [...needs];
  return Uint16Array.from(chars, (char) => char.charCodeAt(0));
}

type Needs = ReadonlySet<string> | null;
interface Parsed {
  needs: Needs;
  /** where it ends */
  at: number;
}

/** `a|b|c` up to its closing bracket or the end: one of what each of them needs. */
function alternatives(source: string, from: number): Parsed {
  let all: Set<string> | null = new Set<string>();
  for (let at = from; ; at += 1) {
    const one = sequence(source, at);
    if (one.needs === null) all = null;
    else for (const char of one.needs) all?.add(char);
    at = one.at;
    if (source[at] !== '|') return { needs: all, at };
  }
}

/** Terms one after another: what the choosiest of them needs. */
function sequence(source: string, from: number): Parsed {
  let needs: Needs = null;
  let at = from;
  while (at < source.length && source[at] !== '|' && source[at] !== ')') {
    const term = termAt(source, at);
    const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(term.at, term.at + 12));
    const may = quantifier !== null && (/^[?*]/.test(quantifier[0]) || quantifier[1] === '0');
    if (!may && term.needs !== null && (needs === null || costOf(term.needs) < costOf(needs))) needs = term.needs;
    at = term.at + (quantifier?.[0].length ?? 0);
  }
  return { needs, at };
}

const costOf = (needs: ReadonlySet<string>): number =>
  [...needs].reduce((sum, char) => sum + (FREQUENT.has(char) ? 3 : 1), 0);

function termAt(source: string, at: number): Parsed {
  const char = source[at] ?? '';
  if (char === '(') {
    const head = /^\((?:\?(?:[:=!]|<[=!]|<[^>]+>))?/.exec(source.slice(at, at + 40))?.[0] ?? '(';
    const inner = alternatives(source, at + head.length);
    return { needs: head.endsWith('!') ? null : inner.needs, at: inner.at + 1 };
  }
  if (char === '[') return classAt(source, at);
  if (char === '\\') {
    const escaped = source[at + 1] ?? '';
    if (escaped === 'd') return { needs: new Set('0123456789'), at: at + 2 };
    const long = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>)/.exec(
      source.slice(at, at + 40),
    );
    if (long) return { needs: null, at: at + long[0].length };
    return { needs: /[\w]/.test(escaped) ? null : new Set(escaped), at: at + 2 };
  }
  return { needs: '.^$'.includes(char) ? null : new Set(char), at: at + 1 };
}

/** `[…]`: any of its characters, where they can be listed. */
function classAt(source: string, from: number): Parsed {
  let at = from + 1;
  const negated = source[at] === '^';
  const chars = new Set<string>();
  let known = !negated;
  for (; source[at] !== ']' && at < source.length; at += 1) {
    let char = source[at] ?? '';
    if (char === '\\') {
      at += 1;
      char = source[at] ?? '';
      if (char === 'd') for (const digit of '0123456789') chars.add(digit);
      else if (/\w/.test(char)) known = false;
      else chars.add(char);
      continue;
    }
    if (source[at + 1] === '-' && source[at + 2] !== ']' && source[at + 2] !== '\\') {
      const [first, final] = [char.charCodeAt(0), source.charCodeAt(at + 2)];
      if (final - first > 64) known = false;
      else for (let code = first; code <= final; code++) chars.add(String.fromCharCode(code));
      at += 2;
      continue;
    }
    chars.add(char);
  }
  return { needs: known ? chars : null, at: at + 1 };
}
