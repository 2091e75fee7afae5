import type { Day } from '#bot/calendar.ts';
import type { Tx } from './db.ts';

/** Who has an approved leave for the whole of `day`; a leave from one session is none. They are not reminded (R91). */
export async function awayOn(tx: Tx, day: Day): Promise<Set<string>> {
  const leaves = await tx.leave.findMany({
    where: { state: 'approved', sessionCode: null, fromOn: { lte: day, not: '' }, toOn: { gte: day } },
  });
  return new Set(leaves.map(({ personId }) => personId));
}
