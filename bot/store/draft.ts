import { DRAFT_LIVES_MS } from '#bot/language/underway.ts';
import type { Tx } from './db.ts';

export type DraftRow = NonNullable<Awaited<ReturnType<Tx['draft']['findUnique']>>>;

/** The long text somebody is writing. */
export const openDraft = (tx: Tx, personId: string): Promise<DraftRow | null> =>
  tx.draft.findFirst({ where: { personId, closedAt: null }, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] });

/** Begins a long text, or goes on with one of the same title; another one that was being written waits for its title. */
export async function beginDraft(
  tx: Tx,
  { personId, kind, title, at }: { personId: string; kind: DraftRow['kind']; title: string; at: Date },
): Promise<DraftRow> {
  const open = { personId, closedAt: null };
  const before = await tx.draft.findFirst({ where: { ...open, kind, title }, orderBy: { id: 'desc' } });
  const late = new Date(at.getTime() - DRAFT_LIVES_MS);
  await tx.draft.updateMany({ where: { ...open, startedAt: { gt: late } }, data: { startedAt: late } });
  return before
    ? tx.draft.update({ where: { id: before.id }, data: { startedAt: at } })
    : tx.draft.create({ data: { personId, kind, title, startedAt: at } });
}

/**
 * The text that what somebody sends now is for; null if none was gone on with in the last two hours, or an item was
 * spoken of since.
 */
export async function draftFor(tx: Tx, personId: string, now: Date): Promise<DraftRow | null> {
  const draft = await openDraft(tx, personId);
  if (!draft || now.getTime() - draft.startedAt.getTime() >= DRAFT_LIVES_MS) return null;
  const where = { personId, at: { gt: draft.startedAt, lte: now }, undoneAt: null };
  return (await tx.itemFact.findFirst({ where })) ? null : draft;
}

/** Pictures and files kept for a text; what is still on its way is `waiting`. */
export const filesOf = (tx: Tx, draftId: number | null) =>
  draftId === null
    ? Promise.resolve([])
    : tx.material.findMany({ where: { draftId, state: { in: ['waiting', 'kept'] } }, orderBy: { id: 'asc' } });
