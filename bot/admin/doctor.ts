import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '#bot/config.ts';
import { auditFlaw } from '#bot/store/audit.ts';
import { isPostgres, openDb } from '#bot/store/db.ts';
import { recount } from '#bot/store/recount.ts';
import type { Check } from './check.ts';
import { checkWecom } from './check-wecom.ts';

const LEAST_FREE_BYTES = 500 * 1024 * 1024;

/** 体检: configuration, database, everything about WeCom, clock, disk; each with what to do. Changes nothing but opens the database. */
export async function doctor(env: Record<string, string | undefined>): Promise<Check[]> {
  const url = env['DATABASE_URL'] || 'file:./data/chuangyou.db';
  return [
    checkConfig(env),
    ...(await checkDatabase(url, env)),
    await checkBooks(url, env),
    await checkFonts(),
    ...(await checkWecom(env)),
    await checkDisk(url),
  ];
}

function checkConfig(env: Record<string, string | undefined>): Check {
  try {
    readConfig(env);
    return { ok: true, what: '配置', remedy: '' };
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n').slice(1) : [];
    return { ok: false, what: '配置', remedy: lines.join('；') };
  }
}

async function checkDatabase(url: string, env: Record<string, string | undefined>): Promise<Check[]> {
  try {
    const db = await openDb(url, env['DATA_KEY'] || undefined);
    const [whole, flaw] = [await db.isWhole(), await auditFlaw(db)];
    await db.close();
    if (!whole) throw new Error('integrity');
    const remedy = `${flaw}；请与最近的备份核对`;
    return [
      { ok: true, what: '数据库（完整，提交即落盘）', remedy: '' },
      { ok: flaw === null, what: '操作日志（首尾相连）', remedy },
    ];
  } catch (error) {
    const known = error instanceof Error && error.message.startsWith('数据密钥') ? error.message : null;
    if (known) return [{ ok: false, what: '数据库', remedy: known }];
    return [{ ok: false, what: '数据库', remedy: '打不开或已损坏，请检查目录权限，必要时用 restore 恢复最近的备份' }];
  }
}

const MOST_NAMED = 5;

/** 台账与历史: every item's figures recomputed from what happened to it. */
async function checkBooks(url: string, env: Record<string, string | undefined>): Promise<Check> {
  try {
    const db = await openDb(url, env['DATA_KEY'] || undefined);
    const { items, facts, differences } = await db.read(recount).finally(() => db.close());
    const named = differences
      .slice(0, MOST_NAMED)
      .map(
        ({ code, column, kept, recounted }) => `${code} ${column} 现为${kept ?? '空'}，按历史应为${recounted ?? '空'}`,
      );
    const more = differences.length > MOST_NAMED ? `；另有${differences.length - MOST_NAMED}处` : '';
    const remedy = `${named.join('；')}${more}，请先备份，再联系维护人员核对`;
    return { ok: differences.length === 0, what: `台账与历史（${items}项、${facts}条记录重新计算）`, remedy };
  } catch {
    return { ok: false, what: '台账与历史', remedy: '数据库打不开，未能核对' };
  }
}

/** 中文字体: without one the picture of the month would show boxes instead of words. */
async function checkFonts(): Promise<Check> {
  const { canWriteChinese } = await import('#bot/papers/picture.ts');
  const remedy = '没有中文字体，月报图上的字显示不出来，请安装，如 apt-get install fonts-noto-cjk';
  return { ok: canWriteChinese(), what: '中文字体', remedy };
}

async function checkDisk(url: string): Promise<Check> {
  // PostgreSQL's disk is its own machine's business; what is here are logs and backups.
  const folder = isPostgres(url) ? '.' : path.dirname(path.resolve(url.replace(/^file:/, '')));
  const { bavail, bsize } = await statfs(folder).catch(() => statfs('.'));
  return { ok: bavail * bsize >= LEAST_FREE_BYTES, what: '磁盘', remedy: '剩余不足500MB，请清理' };
}
