import { dayOf } from '#bot/calendar.ts';
import { type Attendances, attend, countOf } from '#bot/domain/attendance.ts';
import { placesOn, type Serving } from '#bot/domain/people.ts';
import type { Tx } from './db.ts';

/** A session as its row holds it. */
export interface SessionRow {
  code: string;
  scope: string;
  start: Date;
}
export interface Attendant {
  id: string;
  name: string;
  userid: string;
  /** where the person was on that day */
  department: string;
}

/** Who is on the books, with the posts they held; for finding out who was where on a day. */
async function readServing(
  tx: Tx,
): Promise<{ people: (Serving & { name: string; userid: string })[]; begun: string | null }> {
  const rows = await tx.person.findMany({ orderBy: { rank: 'asc' } });
  const memberships = await tx.membership.findMany();
  const posts = new Map<string, { department: string; from: string }[]>();
  for (const { personId, departmentCode, fromOn } of memberships)
    posts.set(personId, [...(posts.get(personId) ?? []), { department: departmentCode, from: fromOn }]);
  const begun = memberships.map(({ fromOn }) => fromOn).sort()[0] ?? null;
  const people = rows.map(({ id, name, userid, departmentCode, leftOn }) => ({
    ...{ id, name, userid: userid || id, department: departmentCode, leftOn },
    posts: posts.get(id) ?? [],
  }));
  return { people, begun };
}

/** 应到: who is expected at a session by its scope and the roster of its day (R11), in the order of the roster. */
export async function expectedAt(tx: Tx, session: SessionRow): Promise<Attendant[]> {
  const { people, begun } = await readServing(tx);
  const scope: string[] = JSON.parse(session.scope);
  const places = placesOn(dayOf(session.start), people, begun);
  return people.flatMap(({ id, name, userid }) => {
    const department = places.get(id);
    return department === undefined || (scope.length > 0 && !scope.includes(department))
      ? []
      : [{ id, name, userid, department }];
  });
}

/** True if this one person is expected; others who come are 列席. */
export async function isExpected(tx: Tx, session: SessionRow, personId: string): Promise<boolean> {
  const scope: string[] = JSON.parse(session.scope);
  const day = dayOf(session.start);
  const person = await tx.person.findUnique({ where: { id: personId } });
  if (!person || (person.leftOn !== null && day > person.leftOn)) return false;
  const then = await tx.membership.findFirst({
    where: { personId, fromOn: { lte: day } },
    orderBy: [{ fromOn: 'desc' }, { id: 'desc' }],
  });
  const later = then ?? (await tx.membership.findFirst({ where: { personId }, orderBy: { fromOn: 'asc' } }));
  // Posts that begin later are a joiner's, unless the record of posts as a whole begins there.
  const begun = then || !later ? null : await tx.membership.findFirst({ orderBy: { fromOn: 'asc' } });
  if (begun && later && begun.fromOn !== later.fromOn) return false;
  return scope.length === 0 || scope.includes(later?.departmentCode ?? person.departmentCode);
}

export type SessionAttendance = Attendances & { people: Map<string, Attendant> };

/** 考勤 of one session, from everything recorded so far (R16). */
export async function attendancesOf(tx: Tx, session: SessionRow): Promise<SessionAttendance> {
  const roster = await expectedAt(tx, session);
  const where = { sessionCode: session.code };
  const day = dayOf(session.start);
  const signIns = await tx.signIn.findMany({ where });
  const leaves = await tx.leave.findMany({
    where: { state: 'approved', OR: [where, { sessionCode: null, fromOn: { lte: day }, toOn: { gte: day } }] },
  });
  const corrections = await tx.attendanceCorrection.findMany({ where: { ...where, undoneAt: null } });
  const facts = { session, expected: roster.map(({ id }) => id), signIns, leaves, corrections };
  return { ...attend(facts), people: new Map(roster.map((one) => [one.id, one])) };
}

export interface Attendance {
  expected: number;
  /** on time and late together */
  came: number;
  late: number;
  leave: number;
  absent: Attendant[];
}

/** The figures of a session's attendance: expected = came + leave + absent. */
export async function attendanceOf(tx: Tx, session: SessionRow): Promise<Attendance> {
  const attendances = await attendancesOf(tx, session);
  return {
    expected: attendances.expected.length,
    came: countOf(attendances, 'present', 'late'),
    late: countOf(attendances, 'late'),
    leave: countOf(attendances, 'leave'),
    absent: attendances.expected
      .filter(({ status }) => status === 'absent')
      .flatMap(({ id }) => attendances.people.get(id) ?? []),
  };
}
