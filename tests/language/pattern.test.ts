import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { saysMeasure } from '#bot/language/hanging.ts';
import { matchesOf, mayMatch } from '#bot/language/pattern.ts';
import { verbose } from '#bot/language/verbose.ts';

const texts = ['shared-b', 'own-a', 'own-h'].flatMap((set) =>
  readFileSync(path.join(import.meta.dirname, `labels/${set}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).text as string),
);

const PATTERNS = [
  /签到|已签(?=[，。]|$)/g,
  /(?<![上下])(下下个?|下个?)?(?:周|星期)[一二三四五六日天]/g,
  /\d+(?:\.\d+)?%|百分之[一-十]+/g,
  /(?:完成|通过)?验收|(?:退|打)回/g,
  /[^，。]{0,4}了$/g,
  /(?=[号日])/g,
  /k\d-\d|a{0,2}项/gi,
  /(?:假)*(?:[请准]假)+/g,
  /[\d一二三]{1,2}(?:月|号)(?!台账)/g,
  /(?<no>\d+)号\w|[《“][^》”]+[》”]/g,
  /x?y*|高新科/g,
  /催(?!化)|[a-z]{2}\/|\[|\)/g,
];

test('a pattern laid out over several lines is the one in a line', () => {
  const laidOut = verbose.with('gi')`
    已签(?=[，,。\s]|$) | K3\x20项
    | (?<no>\d{1,2})号
  `;

  expect(laidOut).toEqual(/已签(?=[，,。\s]|$)|K3\x20项|(?<no>\d{1,2})号/gi);
});

test('a unit out of a ledger is looked for as it is, whatever stands in its cell', () => {
  expect(saysMeasure('完成14.8万亩（折', { target: 20, unit: '万亩（折' })).toBe(true);
  expect(saysMeasure('完成3场', { target: 5, unit: '场(' })).toBe(false);
  expect(saysMeasure('完成3场', { target: 5, unit: '+场' })).toBe(false);
});

describe('a pattern looked for where it can be', () => {
  test.each(PATTERNS)('%s is found at the same places as by matchAll', (pattern) => {
    const places = (matches: Iterable<RegExpExecArray>) => [...matches].map(({ index, 0: words }) => [index, words]);

    for (const text of texts) expect(places(matchesOf(text, pattern))).toEqual(places(text.matchAll(pattern)));
  });

  test('a text without the characters the pattern needs is not searched', () => {
    expect(mayMatch(/签到|出勤/, '今天下雨')).toBe(false);
    expect(mayMatch(/(?:签到)?迟/, '签到')).toBe(false);
    expect(mayMatch(/[^，]了|考/, '今天下雨')).toBe(false);
    expect(mayMatch(/(?!签)./, '今天下雨')).toBe(true);
    expect(mayMatch(/K3/i, 'k3')).toBe(true);
    expect(mayMatch(/K3/i, 'k')).toBe(false);
    expect(mayMatch(/督促|催办/, '督办')).toBe(false);
    expect(mayMatch(/督促|催办/, '促督')).toBe(true);
  });
});
