import { describe, expect, test } from 'vitest';
import { isRight, meaningOf, tableOf } from '../support/tables.ts';

/**
 * Each capability in the words of several registers (terse order, official letter, chat, speech without stops, table notes)
 * in several offices, and what sounds like it and is not meant. The tables' headings name what is tested.
 */
describe.each([
  'questions',
  'attendance',
  'learning',
  'month',
  'sessions',
  'visits',
  'scores',
  'registers',
  'registers-more',
  'fifth-office',
  'plain',
])('%s', (table) => {
  test.each(tableOf(`${table}.txt`))('$cause', ({ rows }) => {
    const wrong = rows
      .map((row) => ({ row, meaning: meaningOf(row) }))
      .filter(({ row, meaning }) => !isRight(meaning, row))
      .map(({ row, meaning }) => `${row.text} → ${meaning}`);

    expect(wrong).toEqual([]);
  });
});
