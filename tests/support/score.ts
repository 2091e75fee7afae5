import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from '#bot/language/reading.ts';
import { type Gate, type Label, type Score, score as scored } from '#bot/language/score.ts';
import * as handlers from '#handlers/index.ts';

const folder = path.resolve(import.meta.dirname, '../language');
export const capabilities = Object.values(handlers);

/** A sample office, e.g. `fixture.json` under tests/language. */
export const bureau = (file: string): World => ({
  enterprises: [],
  ...JSON.parse(readFileSync(path.resolve(folder, file), 'utf8')),
});

/** Every labelled message of a file under tests/language. */
export const labelsOf = (file: string): Label[] =>
  readFileSync(path.resolve(folder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** What every labelled set must reach; `npm run -s understand -- --score` reads the same list. */
export const gates: Gate[] = JSON.parse(readFileSync(path.join(folder, 'gates.json'), 'utf8'));

export const score = (labels: string, world: World): Score => scored(labelsOf(labels), world, capabilities);
