import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';

const root = path.resolve(import.meta.dirname, '..');
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'));
const importsOf = (file: string): string[] =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g)].map(
    ([, one, other]) => {
      const target = one ?? other ?? '';
      if (target.startsWith('#')) return target.slice(1);
      return target.startsWith('.') ? path.join(path.dirname(file), target) : target;
    },
  );

const RULES: [folder: string, forbidden: RegExp, why: string][] = [
  ['bot/domain', /^(bot\/(store|pipeline|wecom|admin|handler)|handlers|jobs|@prisma|zod|koa)/, 'rules are pure'],
  [
    'bot/language',
    /^(bot\/(store|pipeline|wecom|admin)|handlers|jobs|@prisma)/,
    'understanding looks at nothing but its arguments',
  ],
  [
    'bot/wecom',
    /^(bot\/(store|pipeline|domain|language|admin)|handlers|jobs)/,
    'the transport is blind to what it carries',
  ],
  ['bot/pipeline', /^(handlers|jobs|bot\/admin)/, 'the machine knows no capability by name'],
  ['handlers', /^(handlers\/(?!index)|jobs|bot\/(wecom|pipeline|admin))/, 'a capability stands alone'],
  ['jobs', /^(handlers|bot\/(wecom|pipeline|admin))/, 'a job stands alone'],
];

describe('结构', () => {
  test.each(RULES)('%s imports nothing of %s: %s', (folder, forbidden) => {
    const wrong = filesIn(folder)
      .filter((file) => !file.endsWith('index.ts'))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => forbidden.test(target))
          .map((target) => `${file} → ${target}`),
      );

    expect(wrong).toEqual([]);
  });

  test('only the store opens the database client', () => {
    const wrong = filesIn('bot')
      .filter((file) => !file.startsWith('bot/store/'))
      .filter((file) => importsOf(file).some((target) => /generated|@prisma/.test(target)));

    expect(wrong).toEqual([]);
  });

  test('no file is over 300 lines', () => {
    const long = ['bot', 'handlers', 'jobs', 'emulator']
      .flatMap(filesIn)
      .filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 300);

    expect(long).toEqual([]);
  });

  test.each([
    ['handlers', handlers],
    ['jobs', jobs],
  ])('every file in %s is listed in its index, and no name is taken twice', (folder, listed) => {
    const files = filesIn(folder).filter((file) => !file.endsWith('index.ts'));
    const names = Object.values(listed).map(({ name }) => name);

    expect(names).toHaveLength(files.length);
    expect(new Set(names).size).toBe(names.length);
  });
});
