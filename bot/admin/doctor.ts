import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '#bot/calendar.ts';
import { readConfig } from '#bot/config.ts';
import { isPostgres, openDb } from '#bot/store/db.ts';
import { recount } from '#bot/store/recount.ts';

export interface Check {
  ok: boolean;
  what: string;
  /** what to do about it */
  remedy: string;
}

const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const MOST_SKEW_MS = 60_000;

/** What gettoken's refusals usually mean (protocol notes 6.1). */
const REMEDIES: Record<number, string> = {
  40001: 'Secret 不对，或应用已停用，请到应用详情页重新复制',
  40013: '企业ID不对，请到“我的企业”页核对',
  60020: '服务器IP不在可信名单，请到应用详情页“企业可信IP”中添加',
};

/** 体检: configuration, database, WeCom credentials, clock, disk; each with what to do. Changes nothing but opens the database. */
export async function doctor(env: Record<string, string | undefined>): Promise<Check[]> {
  const url = env['DATABASE_URL'] || 'file:./data/chuangyou.db';
  return [
    checkConfig(env),
    await checkDatabase(url),
    await checkBooks(url),
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

async function checkDatabase(url: string): Promise<Check> {
  try {
    const db = await openDb(url);
    const whole = await db.isWhole().finally(db.close);
    if (!whole) throw new Error('integrity');
    return { ok: true, what: '数据库（完整，提交即落盘）', remedy: '' };
  } catch {
    return { ok: false, what: '数据库', remedy: '打不开或已损坏，请检查目录权限，必要时用 restore 恢复最近的备份' };
  }
}

const MOST_NAMED = 5;

/** 台账与历史: every item's figures recomputed from what happened to it. */
async function checkBooks(url: string): Promise<Check> {
  try {
    const db = await openDb(url);
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

async function checkWecom(env: Record<string, string | undefined>): Promise<Check[]> {
  const base = env['WECOM_API_BASE'] || 'https://qyapi.weixin.qq.com';
  const query = new URLSearchParams({
    corpid: env['WECOM_CORP_ID'] ?? '',
    corpsecret: env['WECOM_AGENT_SECRET'] ?? '',
  });
  try {
    const response = await fetch(`${base}/cgi-bin/gettoken?${query}`, { signal: AbortSignal.timeout(1000) });
    const { errcode } = (await response.json()) as { errcode?: number };
    const skew = Math.abs(systemClock.now().getTime() - Date.parse(response.headers.get('date') ?? ''));
    const remedy = REMEDIES[errcode ?? 0] ?? `企业微信答复错误码 ${errcode}`;
    return [
      { ok: !errcode, what: '企业微信凭证', remedy },
      { ok: !(skew > MOST_SKEW_MS), what: '时钟', remedy: '与企业微信相差超过一分钟，请开启时间同步' },
    ];
  } catch {
    return [{ ok: false, what: '企业微信凭证', remedy: `连不上 ${base}，请检查网络和 WECOM_API_BASE` }];
  }
}

async function checkDisk(url: string): Promise<Check> {
  // PostgreSQL's disk is its own machine's business; what is here are logs and backups.
  const folder = isPostgres(url) ? '.' : path.dirname(path.resolve(url.replace(/^file:/, '')));
  const { bavail, bsize } = await statfs(folder).catch(() => statfs('.'));
  return { ok: bavail * bsize >= LEAST_FREE_BYTES, what: '磁盘', remedy: '剩余不足500MB，请清理' };
}
