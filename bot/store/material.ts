import type { Tx } from './db.ts';

/** How long somebody is taken to be still speaking of the same thing. */
export const TALK_MS = 10 * 60_000;
const DEEDS = ['reported', 'corrected', 'applied', 'returned', 'extended'];

/** Put to nothing yet: each proves one thing. */
const LOOSE = { itemCode: null, inspection: null, sessionCode: null };

/** What somebody sent lately that proves nothing yet; what is still on its way is among it. */
export const unattached = (tx: Tx, personId: string, now: Date) =>
  tx.material.findMany({
    where: {
      ...{ ...LOOSE, personId, draftId: null, state: { in: ['waiting', 'kept'] } },
      at: { gte: new Date(now.getTime() - TALK_MS), lte: now },
    },
    orderBy: { id: 'asc' },
  });

/** Of somebody's the chosen ones, or where none were chosen what was sent lately, that prove nothing yet. */
export const looseOf = (tx: Tx, personId: string, chosen: readonly number[] | undefined, now: Date) =>
  chosen
    ? tx.material.findMany({ where: { ...LOOSE, personId, id: { in: [...chosen] } } })
    : unattached(tx, personId, now);

/** 佐证材料 of an item, the oldest first. */
export const materialsOf = (tx: Tx, itemCode: string) =>
  tx.material.findMany({ where: { itemCode, state: 'kept' }, orderBy: { id: 'asc' } });

/** 现场照片 of a session, the oldest first; what is still on its way is among them. */
export const photosOf = (tx: Tx, sessionCode: string) =>
  tx.material.findMany({ where: { sessionCode, state: { in: ['waiting', 'kept'] } }, orderBy: { id: 'asc' } });

/**
 * The item somebody did something about by this message, or else by the last one of the past minutes; null where that
 * was several, or none.
 */
export async function talkedAbout(tx: Tx, personId: string, inboxKey: string, now: Date): Promise<string | null> {
  const since = new Date(now.getTime() - TALK_MS);
  const facts = await tx.itemFact.findMany({
    where: { personId, kind: { in: DEEDS }, at: { gte: since, lte: now }, undoneAt: null },
    orderBy: { id: 'desc' },
    take: 20,
  });
  const own = facts.filter((fact) => fact.inboxKey === inboxKey);
  const last = own.length > 0 ? own : facts.filter((fact) => fact.inboxKey === facts[0]?.inboxKey);
  const codes = new Set(last.map(({ itemCode }) => itemCode));
  if (codes.size === 1) return last[0]?.itemCode ?? null;
  if (codes.size > 1) return null;
  const attached = await tx.material.findFirst({
    where: { personId, itemCode: { not: null }, at: { gte: since, lte: now } },
    orderBy: { id: 'desc' },
  });
  return attached?.itemCode ?? null;
}

/** 照片 of a check, the oldest first; what is still on its way is among them (R50). */
export const photosOfCheck = (tx: Tx, inspection: string) =>
  tx.material.findMany({ where: { inspection, state: { in: ['waiting', 'kept'] } }, orderBy: { id: 'asc' } });

/** The check somebody recorded in the past minutes and did not take back; null if none. */
export const checkTalkedAbout = (tx: Tx, byId: string, now: Date) =>
  tx.inspection.findFirst({
    where: { byId, undoneAt: null, at: { gte: new Date(now.getTime() - TALK_MS), lte: now } },
    orderBy: { id: 'desc' },
  });
