const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
// What a parser turns into something else, or refuses.
const NOT_PLAIN = /&|(?![\n\t])\p{Cc}|<\?|<!--/u;
const CDATA = '<![CDATA[';

/**
 * The elements of a message in the form the platform sends nearly all in: one level, each name once, every value plain or
 * one CDATA. A whole parser takes five times as long, twice for every callback.
 * @returns null for everything else, well-formed or not: the parser decides.
 */
export function plainElements(text: string): Record<string, string> | null {
  const end = text.lastIndexOf('</xml>');
  if (!text.startsWith('<xml>') || end < 0 || text.slice(end + 6).trim() !== '' || NOT_PLAIN.test(text)) return null;
  const found: Record<string, string> = {};
  let at = 5;
  for (;;) {
    while (at < end && /[ \n\t]/.test(text.charAt(at))) at += 1;
    if (at === end) return Object.keys(found).length > 0 ? found : null;
    const open = text.indexOf('>', at);
    const name = text.slice(at + 1, open);
    if (text.charAt(at) !== '<' || open < 0 || !NAME.test(name) || isTaken(name, found)) return null;
    const close = `</${name}>`;
    const value = valueFrom(text, open + 1, close);
    if (!value || value.end > end) return null;
    found[name] = value.words;
    at = value.end;
  }
}

// Also what every object has, which nobody's message may name.
const isTaken = (name: string, found: object): boolean => name in found || name === 'prototype';

function valueFrom(text: string, from: number, close: string): { words: string; end: number } | null {
  if (text.startsWith(CDATA, from)) {
    const end = text.indexOf(']]>', from);
    if (end < 0 || !text.startsWith(close, end + 3)) return null;
    return { words: text.slice(from + CDATA.length, end), end: end + 3 + close.length };
  }
  const end = text.indexOf('<', from);
  if (end < 0 || !text.startsWith(close, end)) return null;
  const words = text.slice(from, end);
  return words.includes(']]>') ? null : { words: words.trim(), end: end + close.length };
}
