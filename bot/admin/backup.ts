import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Copies the live database to `file` page by page; a running service goes on. @throws if the file is there already. */
export async function backup(live: string, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} 已存在，请换一个文件名`);
  const source = new Database(live, { fileMustExist: true });
  try {
    await source.backup(file);
  } finally {
    source.close();
  }
}

/** Brings a backup back over the live database, whole or not at all. @throws if the backup is not sound or not ours. */
export async function restore(live: string, file: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`没有文件 ${file}`);
  const source = new Database(file, { fileMustExist: true });
  try {
    const sound = source.pragma('integrity_check', { simple: true });
    const ours = source.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'Inbox'`).get() as { n: number };
    if (sound !== 'ok' || ours.n !== 1) throw new Error('not ours');
    await source.backup(live);
  } catch {
    throw new Error(`${file} 不是完好的备份，未作任何改动`);
  } finally {
    source.close();
  }
}
