import type { PersonAttendance } from '#bot/domain/attendance-ranking.ts';
import { attendancesOf } from './attendance.ts';
import type { Tx } from './db.ts';
import type { SessionRow } from './session.ts';

/** Attendance over sessions, person by person in the order of the roster; with the unit of the last session (G12). */
export async function personAttendances(tx: Tx, sessions: readonly SessionRow[]): Promise<PersonAttendance[]> {
  const people = new Map<string, PersonAttendance>();
  for (const session of sessions) {
    const attendances = await attendancesOf(tx, session);
    for (const { id, status } of attendances.expected) {
      const { name = '', department = '' } = attendances.people.get(id) ?? {};
      const one = people.get(id) ?? { id, name, department, came: 0, leave: 0, expected: 0 };
      people.set(id, {
        ...{ ...one, department, expected: one.expected + 1 },
        came: one.came + Number(status === 'present' || status === 'late'),
        leave: one.leave + Number(status === 'leave'),
      });
    }
  }
  return [...people.values()];
}
