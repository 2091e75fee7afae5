import { dayOf, systemClock, timeOf } from '#bot/calendar.ts';
import { readConfig } from '#bot/config.ts';
import { runSlot, slotsBetween } from '#bot/pipeline/scheduler.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import * as jobs from '#jobs/index.ts';

const AHEAD_DAYS = 70;
const OUTCOMES: Record<string, string> = { done: '完成', late: '补发', missed: '漏发', failed: '未成' };

const inWords = (at: Date): string => `${dayOf(at)} ${timeOf(at)}`;

/** Every job with its rule, next time and last outcome, in words. */
export async function nextRuns(
  tx: Tx,
  now: Date,
): Promise<{ name: string; rule: string; next: string; last: string }[]> {
  const sessions = await tx.session.findMany({ select: { start: true, end: true } });
  const lines = [];
  for (const job of Object.values(jobs)) {
    const [next] = slotsBetween([job], now, new Date(now.getTime() + AHEAD_DAYS * 86_400_000), sessions);
    const last = await tx.jobRun.findFirst({ where: { name: job.name }, orderBy: { slot: 'desc' } });
    lines.push({
      name: job.name,
      rule: job.rule,
      next: next ? inWords(next.at) : '暂无',
      last: last ? `${inWords(last.slot)} ${OUTCOMES[last.outcome]}，通知${last.told}条` : '尚未运行',
    });
  }
  return lines;
}

/**
 * Runs a job with `at` as its slot, whatever its rule says; the same name and instant again does nothing. What it has
 * to tell waits in the outbox for the service.
 * @throws Error for an unknown name or an instant that is none.
 */
export async function runByHand(
  db: Db,
  name: string,
  at: string,
  env: Record<string, string | undefined>,
): Promise<string> {
  const job = Object.values(jobs).find((one) => one.name === name);
  if (!job)
    throw new Error(
      `没有任务“${name}”，应为 ${Object.values(jobs)
        .map((one) => one.name)
        .join('、')}`,
    );
  const slot = new Date(at);
  if (Number.isNaN(slot.getTime())) throw new Error(`“${at}”不是时点，应写成 2013-05-29T09:00:00+08:00`);
  // Only quiet hours and groups are needed; the credentials are the service's business.
  const placeholder = {
    WECOM_CORP_ID: '-',
    WECOM_AGENT_ID: '0',
    WECOM_AGENT_SECRET: '-',
    WECOM_TOKEN: 'x',
    WECOM_ENCODING_AES_KEY: 'x'.repeat(43),
  };
  const config = readConfig({ ...env, ...placeholder });
  const told = await db.write((tx) => runSlot(tx, job, slot, 'done', systemClock.now(), config, Object.values(jobs)));
  return told === null ? `${name} 在该时点已运行过，未重复` : `${name} 已运行，通知${told}条`;
}
