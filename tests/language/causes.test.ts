import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const folder = path.join(import.meta.dirname, 'causes');

/**
 * What each cause that was once mended means in new sentences, in five offices: a table a file, a cause a heading. A line is
 * read by `differs`.
 */
describe.each(readdirSync(folder))('%s', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const office = /^## (\w+)$/m.exec(text)?.[1] ?? '';
  const world = bureau(office === 'first' ? 'fixture.json' : `${office}-bureau/fixture.json`);
  const causes = text
    .split(/^# /m)
    .slice(1)
    .map((section) => section.trim().split('\n'))
    .map(([cause = '', ...lines]) => ({ cause, lines: lines.filter((line) => line.trim() !== '') }))
    .filter(({ lines }) => lines.length > 0);

  test.each(causes)('$cause', ({ lines }) => {
    expect(lines.flatMap((line) => differs(line, world) ?? [])).toEqual([]);
  });
});
