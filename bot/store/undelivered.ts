import type { Tx } from './db.ts';

const DAY_MS = 86_400_000;

/** What could not be delivered for one reason. */
export interface Undelivered {
  reason: string;
  count: number;
  /** userids and group names it was for */
  addresses: string[];
}

/** Everything given up since the job before looked, at most a week back; what was taken back on purpose is none of it. */
export async function undeliveredSince(tx: Tx, jobName: string, slot: Date): Promise<Undelivered[]> {
  const last = await tx.jobRun.findFirst({ where: { name: jobName, slot: { lt: slot } }, orderBy: { slot: 'desc' } });
  const since = new Date(Math.max(last?.slot.getTime() ?? 0, slot.getTime() - 7 * DAY_MS));
  const rows = await tx.outbox.findMany({
    where: {
      parkedAt: { gt: since, lte: slot },
      error: { not: null },
      kind: { in: ['user', 'group', 'reply', 'chat'] },
    },
    orderBy: { id: 'asc' },
  });
  const byReason = new Map<string, Undelivered>();
  for (const { reason, error, kind, address } of rows) {
    const why = reason ?? `企业微信错误码 ${error}。`;
    const found = byReason.get(why) ?? { reason: why, count: 0, addresses: [] };
    const addresses = kind === 'reply' ? [] : [address];
    byReason.set(why, {
      ...{ reason: why, count: found.count + 1 },
      addresses: [...new Set([...found.addresses, ...addresses])],
    });
  }
  return [...byReason.values()];
}
