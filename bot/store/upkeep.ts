import type { Tx } from './db.ts';

/** What the machine does for itself: a backup, or the trial of restoring one. */
export type UpkeepKind = 'backup' | 'trial';

/** Asks for it once for each slot; it is done outside any transaction. */
export async function askUpkeep(tx: Tx, kind: UpkeepKind, slot: Date): Promise<void> {
  await tx.upkeep.create({ data: { key: `${kind}@${slot.toISOString()}`, kind, at: slot, notBefore: slot } });
}

/** What of a kind was last done well, if anything was. */
export const lastDone = (tx: Tx, kind: UpkeepKind) =>
  tx.upkeep.findFirst({ where: { kind, outcome: 'done' }, orderBy: { doneAt: 'desc' } });

/** How the service is, as its administrator asks for it (R99); the question itself is none of what waits. */
export async function serviceState(tx: Tx, now: Date, askedBy: string) {
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const last = await tx.inbox.findFirst({ orderBy: { id: 'desc' }, select: { receivedAt: true } });
  const open = { closedAt: null, parkedAt: null };
  const waiting = await tx.outbox.findFirst({
    where: { sentAt: null, parkedAt: null, notBefore: { lte: now } },
    orderBy: { notBefore: 'asc' },
  });
  const [slots, health] = [await tx.jobRun.findMany({ where: { at: { gt: since } } }), await tx.health.findMany()];
  const lost = { parkedAt: { gt: since }, error: { not: null } };
  return {
    lastCallback: last?.receivedAt ?? null,
    inbox: await tx.inbox.count({ where: { ...open, key: { not: askedBy } } }),
    outbox: await tx.outbox.count({ where: { sentAt: null, parkedAt: null } }),
    waitedMs: waiting ? now.getTime() - waiting.notBefore.getTime() : 0,
    parked: await tx.inbox.count({ where: { closedAt: null, parkedAt: { gt: since } } }),
    undelivered: await tx.outbox.count({ where: lost }),
    slots: slots.length,
    missed: slots.filter(({ outcome }) => outcome === 'missed').length,
    failed: slots.filter(({ outcome }) => outcome === 'failed').length,
    health,
    backup: await lastDone(tx, 'backup'),
    trial: await lastDone(tx, 'trial'),
    upkeepFailed: await tx.upkeep.findMany({ where: { outcome: 'failed', doneAt: { gt: since } } }),
  };
}
export type ServiceState = Awaited<ReturnType<typeof serviceState>>;
