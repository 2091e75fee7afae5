import { bornAs, type FactKind, fold, type ItemState, isSum, mayFollow, withSum } from '#bot/domain/item-state.ts';
import type { Tx } from './db.ts';
import { factsOf } from './item-facts.ts';
import { findItem, itemOf } from './kept-ledger.ts';

/** What happened to an item, as it is appended. */
export interface NewFact {
  kind: FactKind;
  personId: string;
  at: Date;
  note?: string;
  inboxKey?: string;
  quantity?: number | null;
  percent?: number | null;
  added?: number | null;
  target?: number | null;
  day?: string | null;
  other?: string | null;
  ownerId?: string | null;
}

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** The columns of an item that its facts decide. */
const STATE = [
  ...(['target', 'deadline', 'firstTarget', 'firstDeadline', 'departmentCode', 'ownerId', 'parentCode'] as const),
  ...(['split', 'byHand', 'quantity', 'percent', 'completedAt', 'acceptedAt', 'updatedAt', 'endedAt'] as const),
  ...(['setLight', 'setLightWhy', 'setLightUntil', 'milestones', 'nextMilestone'] as const),
];

/**
 * Appends facts to an item and keeps its state and those of all above it beside them, in the same transaction (R44).
 * @returns their ids and the item as it is now.
 * @throws Error if the item was accepted: whoever records must have refused before.
 */
export async function record(tx: Tx, code: string, ...facts: NewFact[]): Promise<{ ids: number[]; item: Item }> {
  const before = await itemOf(tx, code);
  const ids: number[] = [];
  for (const fact of facts) {
    if (!mayFollow(before, fact.kind)) throw new Error(`${code} was accepted, ${fact.kind} cannot follow`);
    ids.push((await tx.itemFact.create({ data: { itemCode: code, ...fact }, select: { id: true } })).id);
  }
  const item = await refold(tx, before);
  if (item.parentCode) await sumUp(tx, item.parentCode);
  if (before.parentCode && before.parentCode !== item.parentCode) await sumUp(tx, before.parentCode);
  return { ids, item };
}

/**
 * Takes facts of an item back: they stay, and count no more.
 * @returns the item as it is now, or null if something has happened to it since, or to one of its parts.
 */
export async function takeBackFacts(
  tx: Tx,
  code: string,
  ids: readonly number[],
  { personId, at }: { personId: string; at: Date },
): Promise<Item | null> {
  const first = Math.min(...ids);
  const later = await tx.itemFact.count({
    where: { itemCode: code, id: { gt: first, notIn: [...ids] }, kind: { not: 'undone' }, undoneAt: null },
  });
  const before = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
  const gone = await tx.itemFact.count({ where: { id: { in: [...ids] }, undoneAt: { not: null } } });
  if (later > 0 || gone > 0 || before.acceptedAt) return null;
  for (const undoes of ids)
    await tx.itemFact.create({ data: { itemCode: code, kind: 'undone', personId, at, undoes } });
  await tx.itemFact.updateMany({ where: { id: { in: [...ids] } }, data: { undoneAt: at } });
  const item = await refold(tx, before);
  for (const parent of new Set([before.parentCode, item.parentCode])) if (parent) await sumUp(tx, parent);
  return item;
}

/** The state of an item by its facts and, where it is split, its parts. */
async function stateByHistory(tx: Tx, item: Item): Promise<ItemState> {
  const state = fold(bornAs(item), await factsOf(tx, [item.code]));
  return withSum(state, isSum(state) ? await tx.ledgerItem.findMany({ where: { parentCode: item.code } }) : []);
}

export const differs = (one: ItemState, other: ItemState): (keyof ItemState)[] =>
  STATE.filter((column) => JSON.stringify(one[column]) !== JSON.stringify(other[column]));

async function refold(tx: Tx, item: Item): Promise<Item> {
  const state = await stateByHistory(tx, item);
  const changed = differs(item, state);
  if (changed.length === 0) return item;
  // Only what changed: what understanding looks at stays the same object while no such column is written.
  const data = Object.fromEntries(changed.map((column) => [column, state[column]]));
  return tx.ledgerItem.update({ where: { code: item.code }, data });
}

/** Carries a new figure up to the top. A chain that bites its own tail would never end, so it stops where it has been. */
async function sumUp(tx: Tx, code: string): Promise<void> {
  const seen = new Set<string>();
  for (let next: string | null = code; next && !seen.has(next); ) {
    seen.add(next);
    const item = await findItem(tx, next);
    if (!item) return;
    const now: Item = await refold(tx, item);
    next = now.parentCode;
  }
}

/** The newest fact of some kinds that was not taken back. */
export const lastFact = (tx: Tx, itemCode: string, ...kinds: FactKind[]) =>
  tx.itemFact.findFirst({ where: { itemCode, kind: { in: kinds }, undoneAt: null }, orderBy: { id: 'desc' } });
