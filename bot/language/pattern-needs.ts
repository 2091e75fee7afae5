/** What every match of a pattern holds: a character, all of several, or one of them. */
export type Needs = number | { all: readonly Needs[] } | { any: readonly Needs[] };

// A class of more characters tells little.
const MOST_OF_CLASS = 96;
// Characters of every other sentence are looked at last.
const FREQUENT = new Set([...'一的了是个我不有上下大人学报工作0123456789'].map((char) => char.charCodeAt(0)));

/** Reads off a pattern's source what every match of it holds; null where nothing can be told. */
export function needsOf({ source, ignoreCase }: RegExp): Needs | null {
  // Half of a pair of places is no character that a `?` behind it could spare.
  if (/[\ud800-\udfff]/.test(source)) return null;
  const { needs, at } = alternatives(source, 0);
  if (needs === null || at < source.length) return null;
  return ignoreCase ? inBothCases(needs) : needs;
}

function inBothCases(needs: Needs): Needs {
  if (typeof needs !== 'number')
    return 'all' in needs ? { all: needs.all.map(inBothCases) } : { any: needs.any.map(inBothCases) };
  const char = String.fromCharCode(needs);
  return { any: [char.toLowerCase(), char.toUpperCase()].map((one) => one.charCodeAt(0)) };
}

interface Parsed {
  needs: Needs | null;
  /** where it ends */
  at: number;
}

/** `a|b|c` up to its closing bracket or the end: what one of them needs. */
function alternatives(source: string, from: number): Parsed {
  const any: Needs[] = [];
  let known = true;
  for (let at = from; ; at += 1) {
    const one = sequence(source, at);
    if (one.needs === null) known = false;
    else any.push(one.needs);
    at = one.at;
    if (source[at] !== '|') return { needs: known ? oneOf(any) : null, at };
  }
}

/** Terms one after another: what all of them need that must be there, the choosiest first. */
function sequence(source: string, from: number): Parsed {
  const all: Needs[] = [];
  let at = from;
  while (at < source.length && source[at] !== '|' && source[at] !== ')') {
    const term = termAt(source, at);
    const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(term.at, term.at + 12));
    const may = quantifier !== null && (/^[?*]/.test(quantifier[0]) || quantifier[1] === '0');
    if (!may && term.needs !== null) all.push(term.needs);
    at = term.at + (quantifier?.[0].length ?? 0);
  }
  return { needs: allOf(all), at };
}

function oneOf(any: readonly Needs[]): Needs | null {
  const flat = any.flatMap((one) => (typeof one === 'object' && 'any' in one ? one.any : [one]));
  const distinct = [...new Set(flat)];
  return distinct.length === 1 ? (distinct[0] ?? null) : { any: distinct };
}

function allOf(all: readonly Needs[]): Needs | null {
  const flat = all.flatMap((one) => (typeof one === 'object' && 'all' in one ? one.all : [one]));
  const distinct = [...new Set(flat)].sort((one, other) => costOf(one) - costOf(other));
  return distinct.length < 2 ? (distinct[0] ?? null) : { all: distinct };
}

/** How likely a text has it, by and large. */
function costOf(needs: Needs): number {
  if (typeof needs === 'number') return FREQUENT.has(needs) ? 3 : 1;
  return 'all' in needs
    ? Math.min(...needs.all.map(costOf)) / needs.all.length
    : needs.any.reduce<number>((sum, one) => sum + costOf(one), 0);
}

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
    if (escaped === 'd') return { needs: DIGIT, at: at + 2 };
    const long = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>)/.exec(
      source.slice(at, at + 40),
    );
    if (long) return { needs: null, at: at + long[0].length };
    return { needs: /\w/.test(escaped) ? null : escaped.charCodeAt(0), at: at + 2 };
  }
  return { needs: '.^$'.includes(char) ? null : char.charCodeAt(0), at: at + 1 };
}

const codesOf = (chars: Iterable<string>): Needs => ({ any: Array.from(chars, (char) => char.charCodeAt(0)) });
const DIGIT = codesOf('0123456789');

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
  const listed = known && chars.size > 0 && chars.size <= MOST_OF_CLASS;
  return { needs: listed ? codesOf(chars) : null, at: at + 1 };
}
