import type { Day } from '#bot/calendar.ts';
import { dayOf } from '#bot/calendar.ts';
import type { Tx } from './db.ts';

/** Matters still open on which feedback is wanted at a rhythm, each with the day it was last heard of. */
export async function awaitingFeedback(tx: Tx) {
  const given = await tx.assignment.findMany({
    where: { undoneAt: null, rhythm: { not: '' } },
    orderBy: { id: 'asc' },
  });
  const items = await tx.ledgerItem.findMany({
    where: {
      code: { in: given.map(({ itemCode }) => itemCode) },
      ...{ acceptedAt: null, completedAt: null, endedAt: null },
    },
  });
  const byCode = new Map(items.map((item) => [item.code, item]));
  return given.flatMap((assignment) => {
    const item = byCode.get(assignment.itemCode);
    if (!item) return [];
    const last: Day = dayOf(item.updatedAt ?? assignment.signedAt ?? assignment.at);
    return [{ assignment, item, last }];
  });
}
