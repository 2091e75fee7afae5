import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { discard, freshDatabase, server } from '../support/database.ts';

const namesIn = (folder: string) => readdirSync(`prisma/${folder}`).filter((name) => !name.endsWith('.toml'));
const schema = readFileSync('prisma/schema.prisma', 'utf8');
/** model → its columns, sorted, as the schema has them */
const MODELS = Object.fromEntries(
  [...schema.matchAll(/^model (\w+) \{([^}]*)\}/gm)].map(([, name, body = '']) => [
    name,
    [...body.matchAll(/^ {2}(\w+) +\w/gm)].map(([, column]) => column).sort(),
  ]),
);

describe('迁移', () => {
  test('every migration has its twin for the other database: npx tsx prisma/make-migration.ts --twins', () => {
    expect(namesIn('migrations-postgresql')).toEqual(namesIn('migrations'));
  });

  test('they lead to the tables and columns of the schema', async () => {
    const url = await freshDatabase();
    onTestFinished(() => discard(url));
    const db = await openDb(url);
    const sql = server
      ? `SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'`
      : `SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`;
    const rows = await db.client.$queryRawUnsafe<{ t: string; c: string }[]>(sql);
    await db.close();

    const found: Record<string, string[]> = {};
    for (const { t, c } of rows) if (/^[A-Z]/.test(t)) found[t] = [...(found[t] ?? []), c];
    for (const columns of Object.values(found)) columns.sort();
    expect(found).toEqual(MODELS);
  });
});
