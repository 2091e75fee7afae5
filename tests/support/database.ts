import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDb } from '#bot/store/db.ts';

/** The PostgreSQL the tests run on, a database each; without one each has a file of SQLite's. */
export const server: string | undefined = /^postgres.*:/.exec(process.env['TEST_DATABASE'] ?? '')?.input;

const TEMPLATE = 'chuangyou_template';
const urlOf = (name: string, on: string): string => Object.assign(new URL(on), { pathname: `/${name}` }).href;

async function onServer(on: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres', on) });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'chuangyou-'));

/** Before all tests: a file with every migration applied and no key yet, which each test copies. */
export async function makeTemplateFile(): Promise<string> {
  const file = path.join(folder(), 'template.db');
  const db = await openDb(`file:${file}`, randomBytes(32).toString('hex'));
  await db.client.sealProbe.deleteMany();
  await db.close();
  return file;
}

/** Before all tests: a database with every migration applied, which each test copies. */
export async function makeTemplate(on: string): Promise<void> {
  await onServer(on, `DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await onServer(
    on,
    `CREATE DATABASE ${TEMPLATE} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`,
  );
  const db = await openDb(urlOf(TEMPLATE, on));
  await db.close();
}

/** The address of an empty database of one's own, on whichever kind the tests run. */
export async function freshDatabase(): Promise<string> {
  if (!server) return freshFile();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return urlOf(name, server);
}

function freshFile(): string {
  const file = path.join(folder(), 'book.db');
  const template = process.env['TEST_TEMPLATE'];
  if (template) copyFileSync(template, file);
  return `file:${file}`;
}

/** Gives back what a server would keep until it is stopped. */
export async function discard(url: string): Promise<void> {
  if (server && url.startsWith('postgres'))
    await onServer(server, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
}
