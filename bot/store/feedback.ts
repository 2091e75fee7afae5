import { type Day, dayOf } from '#bot/calendar.ts';
import { withOpenItems } from './assignment.ts';
import type { Tx } from './db.ts';

/** Matters still open on which feedback is wanted at a rhythm, each with the day it was last heard of. */
export async function awaitingFeedback(tx: Tx) {
  const given = await tx.assignment.findMany({
    where: { undoneAt: null, rhythm: { not: '' } },
    orderBy: { id: 'asc' },
  });
  return (await withOpenItems(tx, given)).map(({ row: assignment, item }) => {
    const last: Day = dayOf(item.updatedAt ?? assignment.signedAt ?? assignment.at);
    return { assignment, item, last };
  });
}
