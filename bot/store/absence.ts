import type { Day } from '#bot/calendar.ts';
import { covers } from '#bot/domain/leave.ts';
import type { Tx } from './db.ts';

/** Who has an approved leave for the whole of `day`; a leave from one session is none. They are not reminded (R91). */
export async function awayOn(tx: Tx, day: Day): Promise<Set<string>> {
  const leaves = await tx.leave.findMany({
    where: {
      state: 'approved',
      sessionCode: null,
      half: null,
      returnedAt: null,
      fromOn: { lte: day, not: '' },
      toOn: { gte: day },
    },
  });
  return new Set(leaves.map(({ personId }) => personId));
}

/** Who has an approved leave from a session, of its own or by days. */
export async function onLeaveFrom(tx: Tx, session: { code: string; start: Date }): Promise<Set<string>> {
  const leaves = await tx.leave.findMany({ where: { state: 'approved' } });
  return new Set(leaves.filter((leave) => covers(leave, session)).map(({ personId }) => personId));
}
