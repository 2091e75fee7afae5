import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.looseObject({
        integrity: z.string().optional(),
        license: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(json('package-lock.json'));
const { allowScripts } = z.looseObject({ allowScripts: z.record(z.string(), z.boolean()) }).parse(json('package.json'));
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const nameOf = (place: string): string => place.replace(/^.*node_modules\//, '');

// An office may run, keep and pass on what is under these; MPL and EPL ask something only of who changes their files.
const ALLOWED = new Set([
  ...['MIT', 'MIT/X11', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', 'Zlib'],
  ...['BlueOak-1.0.0', 'MPL-2.0', 'EPL-2.0', 'Python-2.0'],
]);
// What declares no licence, looked at by hand.
const LOOKED_AT: Record<string, string> = {
  'seq-queue': 'MIT in its LICENSE',
  buffers: 'none declared; exceljs brings it (unzipper, binary)',
};

const licenceOf = (place: string, declared: string | undefined): string => {
  if (declared) return declared;
  const file = path.join(place, 'package.json');
  if (!existsSync(path.join(root, file))) return '';
  const { license, licenses } = json(file) as { license?: unknown; licenses?: { type?: string }[] };
  return typeof license === 'string' ? license : (licenses?.map(({ type }) => type).join(' OR ') ?? '');
};
/** Of a choice one has to be allowed, of what holds together all. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((one) => one.split(/ and /i).every((part) => ALLOWED.has(part.trim())));

describe('依赖', () => {
  test('every package is under a licence an office may use', () => {
    const wrong = packages
      .filter(([place]) => !LOOKED_AT[nameOf(place)])
      .map(([place, { license }]) => `${nameOf(place)}: ${licenceOf(place, license)}`)
      .filter((one) => !isAllowed(one.slice(one.indexOf(': ') + 2)));

    expect(packages.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  test('a licence that would bind the office is refused', () => {
    expect(['GPL-3.0-or-later', 'AGPL-3.0', 'SSPL-1.0', '', 'MIT AND GPL-2.0'].filter(isAllowed)).toEqual([]);
    expect(['MIT', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)'].filter(isAllowed)).toHaveLength(3);
  });

  test('no package runs anything when it is installed but those that are named', () => {
    const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => nameOf(place));

    expect([...new Set(running)].filter((name) => !(name in allowScripts))).toEqual([]);
    expect(Object.keys(allowScripts).filter((name) => !running.includes(name))).toEqual([]);
  });

  test('every package is held to its exact content', () => {
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place)).toEqual(
      [],
    );
  });
});
