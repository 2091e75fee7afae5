import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isPostgres } from '#bot/store/db.ts';

const fileOf = (url: string): string => url.replace(/^file:/, '');

/**
 * Copies the live database to `file`, SQLite's page by page, PostgreSQL's by its own pg_dump; a running service goes on.
 * @throws if the file is there already.
 */
export async function backup(url: string, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} 已存在，请换一个文件名`);
  if (isPostgres(url))
    return void ask('pg_dump', ['--format=custom', '--no-owner', `--file=${file}`, `--dbname=${url}`]);
  const source = new Database(fileOf(url), { fileMustExist: true });
  try {
    await source.backup(file);
  } finally {
    source.close();
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

function restorePostgres(url: string, file: string): void {
  try {
    if (!ask('pg_restore', ['--list', file]).includes('TABLE public Inbox ')) throw new Error('not ours');
    ask('pg_restore', ['--clean', '--if-exists', '--no-owner', '--single-transaction', `--dbname=${url}`, file]);
  } catch (error) {
    if (error instanceof MissingCommand) throw error;
    throw new Error(`${file} 不是完好的备份，未作任何改动`);
  }
}

class MissingCommand extends Error {}

/** Runs one of PostgreSQL's own commands; gives back what it printed. */
function ask(command: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw new MissingCommand(`没有命令 ${command}，请安装 postgresql-client`);
  // The last line says what was wrong; the address with its password is in none.
  if (status !== 0) throw new Error(`${command} 失败：${stderr.trim().split('\n').at(-1)}`);
  return stdout;
}
