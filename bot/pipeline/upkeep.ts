import path from 'node:path';
import type { Logger } from 'pino';
import { type Clock, dayOf, timeOf } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { backup, keepNewest, newestBackup, tryRestore } from '#bot/store/backup.ts';
import type { Db } from '#bot/store/db.ts';
import { tellAdmins } from './alarm.ts';
import { backOff } from './back-off.ts';

export interface UpkeepParts {
  db: Db;
  clock: Clock;
  log: Logger;
  config: Pick<Config, 'DATABASE_URL' | 'DATA_KEY' | 'BACKUP_DIR'>;
}

const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const KEPT = 14;
const TITLES: Record<string, string> = { backup: '每日备份', trial: '恢复演练' };

/**
 * 运维 (R99): makes the backups and trials the clock asked for, beside everything else. What failed is tried again, and
 * told to the administrator with what to do once it was given up.
 */
export async function doUpkeep(parts: UpkeepParts): Promise<void> {
  const { db, clock, log } = parts;
  const due = await db.read((client) =>
    client.upkeep.findMany({
      where: { doneAt: null, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: 5,
    }),
  );
  for (const { id, key, kind, tries } of due)
    try {
      const { outcome, note } = await carryOut(kind, parts);
      await db.write((tx) => tx.upkeep.update({ where: { id }, data: { doneAt: clock.now(), outcome, note } }));
    } catch (error) {
      const why = inWords(error);
      log.error({ upkeep: kind, tries: tries + 1 }, 'upkeep failed');
      const isOver = tries + 1 >= MOST_TRIES;
      const notBefore = new Date(clock.now().getTime() + backOff(tries, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
      const end = isOver ? { doneAt: clock.now(), outcome: 'failed', note: why } : {};
      await db.write(async (tx) => {
        await tx.upkeep.update({ where: { id }, data: { tries: tries + 1, notBefore, ...end } });
        const text = `${TITLES[kind]}三次没有成功：${why}。请检查磁盘和备份目录，再用管理命令 backup 手工备份一次。`;
        if (isOver) await tellAdmins(tx, key, text, clock.now());
      });
    }
}

async function carryOut(kind: string, { clock, config }: UpkeepParts): Promise<{ outcome: string; note: string }> {
  const { DATABASE_URL: url, BACKUP_DIR: folder, DATA_KEY: dataKey } = config;
  if (folder === 'none') return { outcome: 'off', note: '没有设备份目录' };
  if (kind === 'trial') {
    const file = await newestBackup(folder);
    if (!file) throw new Error('备份目录里没有备份');
    return { outcome: 'done', note: await tryRestore(url, file, dataKey) };
  }
  const now = clock.now();
  const name = `chuangyou-${dayOf(now).replaceAll('-', '')}-${timeOf(now).replace(':', '')}`;
  const made = await backup(url, path.join(folder, name), { replace: true });
  await keepNewest(folder, KEPT);
  return { outcome: 'done', note: `${(made.bytes / 1024 / 1024).toFixed(1)}MB` };
}

/** What a library says goes into no message. */
const inWords = (error: unknown): string => {
  const said = error instanceof Error ? error.message : '';
  return /[\u4e00-\u9fff]/.test(said) ? said : '备份写不进去或读不出来';
};
