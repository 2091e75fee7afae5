import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { type Db, isPostgres, type Tx } from '#bot/store/db.ts';
import { type Health, healthOf, lookedAtAgain } from '#bot/store/health.ts';
import { lastDone } from '#bot/store/upkeep.ts';
import { inWords, WecomError } from '#bot/wecom/errors.ts';
import { tellAdmins } from './alarm.ts';

export interface WatchdogParts {
  db: Db;
  clock: Clock;
  config: Pick<Config, 'DATABASE_URL' | 'BACKUP_DIR'>;
  /** asks the platform for something small, as a sign of life */
  probe(): Promise<unknown>;
}

const EVERY_MS = 5 * 60_000;
const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const OLDEST_BACKUP_MS = 30 * 3_600_000;
// One look that fails may be a moment's weather.
const BROKEN_FOR_MS = 2 * EVERY_MS;

interface Finding {
  part: string;
  /** what is wrong and what to do; null if nothing is */
  wrong: string | null;
}

/**
 * 看护 (J30, R99): every five minutes looks whether the platform answers, the disk has room and the backup is fresh. What
 * stays broken is told to the administrator once; once it is well again, that too.
 * @returns the look; does nothing before it is time. Gives back whether it was.
 */
export function openWatchdog(parts: WatchdogParts): () => Promise<boolean> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const { db, clock } = parts;
    const now = clock.now();
    // A clock put back does not keep it from looking.
    if (Math.abs(now.getTime() - lookedAt) < EVERY_MS) return false;
    lookedAt = now.getTime();
    const findings = [await platform(parts), await disk(parts)];
    await db.write(async (tx) => {
      const known = new Map((await healthOf(tx)).map((row) => [row.part, row]));
      const same: string[] = [];
      for (const finding of [...findings, await backups(tx, parts)])
        if (isSame(finding, known.get(finding.part))) same.push(finding.part);
        else await note(tx, finding, known.get(finding.part) ?? null, now);
      // Well as before: that it was looked at is all there is to note.
      await lookedAtAgain(tx, same, now);
    });
    return true;
  };
}

async function platform({ probe }: WatchdogParts): Promise<Finding> {
  try {
    await probe();
    return { part: '企业微信', wrong: null };
  } catch (error) {
    const code = error instanceof WecomError ? error.errcode : -2;
    return { part: '企业微信', wrong: code === -2 ? '连不上，请检查本机网络和出口' : inWords(code) };
  }
}

async function disk({ config }: WatchdogParts): Promise<Finding> {
  // PostgreSQL's disk is its own machine's business; what is here are files, logs and backups.
  const file = config.DATABASE_URL.replace(/^file:/, '');
  const folder = isPostgres(config.DATABASE_URL) ? '.' : path.dirname(path.resolve(file));
  const { bavail, bsize } = await statfs(folder);
  return { part: '磁盘', wrong: bavail * bsize < LEAST_FREE_BYTES ? '剩余不足500MB，请清理' : null };
}

async function backups(tx: Tx, { config, clock }: WatchdogParts): Promise<Finding> {
  const last = config.BACKUP_DIR === 'none' ? null : await lastDone(tx, 'backup');
  const ageMs = clock.now().getTime() - (last?.doneAt ?? clock.now()).getTime();
  const isOld = ageMs > OLDEST_BACKUP_MS;
  return { part: '备份', wrong: isOld ? '最近一份已超过30小时，请检查备份目录' : null };
}

const isSame = ({ wrong }: Finding, known: Health | undefined): boolean =>
  wrong === null && known !== undefined && known.ok && known.note === '' && known.toldAt === null;

async function note(tx: Tx, { part, wrong }: Finding, known: Health | null, now: Date): Promise<void> {
  const ok = wrong === null;
  const since = known?.ok === ok ? known.since : now;
  let toldAt = known?.toldAt ?? null;
  if (!ok && !toldAt && now.getTime() - since.getTime() >= BROKEN_FOR_MS) {
    await tellAdmins(tx, `health:${part}:${since.toISOString()}`, `${part}不正常：${wrong}。`, now);
    toldAt = now;
  }
  if (ok && toldAt) {
    await tellAdmins(tx, `well:${part}:${since.toISOString()}`, `${part}已恢复正常。`, now);
    toldAt = null;
  }
  const data = { ok, since, at: now, note: wrong ?? '', toldAt };
  await tx.health.upsert({ where: { part }, create: { part, ...data }, update: data });
}
