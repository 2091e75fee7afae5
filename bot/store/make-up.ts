import { attendancesOf, type SessionRow } from './attendance.ts';
import type { Tx } from './db.ts';

/** 应补学 (R17): who was on leave from a session or absent, and of them who has not made up for it. */
export async function makeUpOf(tx: Tx, session: SessionRow): Promise<{ owed: string[]; done: Set<string> }> {
  const { expected } = await attendancesOf(tx, session);
  const rows = await tx.makeUp.findMany({ where: { sessionCode: session.code, undoneAt: null } });
  const owed = expected.filter(({ status }) => status === 'leave' || status === 'absent').map(({ id }) => id);
  return { owed, done: new Set(rows.map(({ personId }) => personId)) };
}

export async function owesMakeUp(tx: Tx, session: SessionRow): Promise<string[]> {
  const { owed, done } = await makeUpOf(tx, session);
  return owed.filter((id) => !done.has(id));
}
