import type { Tx } from '#bot/store/db.ts';
import { KEPT_DAYS } from '#bot/store/retention.ts';

const MOST = 5000;

/**
 * 重发: what was given up on since an instant is due again, e.g. once the app's range was mended. Nothing goes to who has
 * left meanwhile; a card's change or a recall would come too late.
 * @returns how many are due again, and how many are not
 */
export async function resend(tx: Tx, from: Date, now: Date): Promise<{ due: number; left: number }> {
  // Older ones have no words any more.
  const since = new Date(Math.max(from.getTime(), now.getTime() - KEPT_DAYS.words * 86_400_000));
  const parked = await tx.outbox.findMany({
    where: { parkedAt: { gte: since }, sentAt: null, kind: { in: ['user', 'group', 'reply'] } },
    ...{ orderBy: { id: 'asc' }, take: MOST, select: { id: true, kind: true, address: true } },
  });
  const there = new Set(
    (await tx.person.findMany({ where: { leftOn: null }, select: { id: true } })).map(({ id }) => id),
  );
  const due = parked.filter(({ kind, address }) => kind !== 'user' || there.has(address.toLowerCase()));
  await tx.outbox.updateMany({
    where: { id: { in: due.map(({ id }) => id) } },
    data: { parkedAt: null, tries: 0, notBefore: now, error: null, reason: null },
  });
  return { due: due.length, left: parked.length - due.length };
}
