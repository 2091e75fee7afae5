import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { auditFlaw } from './audit.ts';
import { isPostgres, keyFileOf, openDb } from './db.ts';

const fileOf = (url: string): string => url.replace(/^file:/, '');
const run = promisify(execFile);
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * Copies the live database to `file`, SQLite's page by page, PostgreSQL's by its own pg_dump; a running service goes on.
 * What is there afterwards is whole, or nothing is; only its owner may read it.
 * @throws if the file is there already and may not be replaced.
 */
export async function backup(url: string, file: string, { replace = false } = {}): Promise<{ bytes: number }> {
  if (!replace && existsSync(file)) throw new Error(`${file} 已存在，请换一个文件名`);
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
  const draft = `${file}.part`;
  rmSync(draft, { force: true });
  try {
    if (isPostgres(url)) await ask('pg_dump', ['--format=custom', '--no-owner', `--file=${draft}`, `--dbname=${url}`]);
    else await copyPages(fileOf(url), draft);
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return { bytes: statSync(file).size };
}

async function copyPages(from: string, to: string): Promise<void> {
  const source = new Database(from, { fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
}

const BY_CLOCK = /^chuangyou-\d{8}-\d{4}$/;
const made = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => BY_CLOCK.test(name))
        .sort()
    : [];

/** Removes all but so many of the backups the clock made; what somebody made by hand stays. */
export function keepNewest(folder: string, count: number): void {
  for (const name of made(folder).slice(0, -count)) rmSync(path.join(folder, name));
}

/** The newest backup the clock made, if there is one. */
export const newestBackup = (folder: string): string | null => {
  const newest = made(folder).at(-1);
  return newest ? path.join(folder, newest) : null;
};

/**
 * 恢复演练: brings a backup up somewhere else, as restoring it would, and looks whether everything is there. PostgreSQL's is
 * read whole, but put into no database, since the service need not be allowed to make one.
 * @returns what was found, in words
 * @throws if it could not be restored.
 */
export async function tryRestore(url: string, file: string, dataKey?: string): Promise<string> {
  const name = path.basename(file);
  if (isPostgres(url)) {
    await ask('pg_restore', ['--file=/dev/null', file]);
    return `${name}可完整读出`;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-trial-'));
  try {
    const copy = path.join(folder, 'book.db');
    copyFileSync(file, copy);
    const key = keyFileOf(url);
    if (!dataKey) copyFileSync(key, keyFileOf(copy));
    const db = await openDb(`file:${copy}`, dataKey);
    try {
      const flaw = await auditFlaw(db);
      if (!(await db.isWhole()) || flaw) throw new Error(`${name}不完好`);
      return `${name}可恢复，${await db.read((client) => client.audit.count())}条操作日志首尾相连`;
    } finally {
      await db.close();
    }
  } catch (error) {
    throw /[\u4e00-\u9fff]/.test(String(error)) ? error : new Error(`${name}恢复不了`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Brings a backup back over the live database, whole or not at all. @throws if the backup is not sound or not ours. */
export async function restore(url: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`没有文件 ${file}`);
  if (isPostgres(url)) return restorePostgres(url, file);
  const source = new Database(file, { fileMustExist: true });
  try {
    const sound = source.pragma('integrity_check', { simple: true });
    const ours = source.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'Inbox'`).get() as { n: number };
    if (sound !== 'ok' || ours.n !== 1) throw new Error('not ours');
    await source.backup(fileOf(url));
  } catch {
    throw new Error(`${file} 不是完好的备份，未作任何改动`);
  } finally {
    source.close();
  }
}

async function restorePostgres(url: string, file: string): Promise<void> {
  try {
    if (!(await ask('pg_restore', ['--list', file])).includes('TABLE public Inbox ')) throw new Error('not ours');
    await ask('pg_restore', ['--clean', '--if-exists', '--no-owner', '--single-transaction', `--dbname=${url}`, file]);
  } catch (error) {
    if (error instanceof MissingCommand) throw error;
    throw new Error(`${file} 不是完好的备份，未作任何改动`);
  }
}

class MissingCommand extends Error {}

/** Runs one of PostgreSQL's own commands; gives back what it printed. */
async function ask(command: string, args: string[]): Promise<string> {
  try {
    return (await run(command, args, { encoding: 'utf8', maxBuffer: MOST_OUTPUT })).stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new MissingCommand(`没有命令 ${command}，请安装 postgresql-client`);
    // The last line says what was wrong; the address with its password is in none.
    throw new Error(`${command} 失败：${(stderr ?? '').trim().split('\n').at(-1)}`);
  }
}
