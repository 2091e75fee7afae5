import type { WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

export interface Attendance {
  expected: number;
  /** on time and late together */
  came: number;
  late: number;
  leave: number;
  absent: WorldPerson[];
}

/** 考勤 of one session (R16): expected = came + leave + absent. Leave counts only if granted before the start. */
export async function attendanceOf(
  tx: Tx,
  session: { code: string; scope: string; start: Date },
  members: WorldPerson[],
): Promise<Attendance> {
  const scope: string[] = JSON.parse(session.scope);
  const signIns = await tx.signIn.findMany({ where: { sessionCode: session.code } });
  const leaves = await tx.leave.findMany({
    where: { sessionCode: session.code, state: 'approved', decidedAt: { lt: session.start } },
  });
  const came = new Map(signIns.map(({ personId, late }) => [personId, late]));
  const away = new Set(leaves.map(({ personId }) => personId));
  const expected = members.filter(({ department }) => scope.length === 0 || scope.includes(department));
  const there = expected.filter(({ id }) => came.has(id));
  const absent = expected.filter(({ id }) => !came.has(id) && !away.has(id));
  return {
    expected: expected.length,
    came: there.length,
    late: there.filter(({ id }) => came.get(id)).length,
    leave: expected.length - there.length - absent.length,
    absent,
  };
}
