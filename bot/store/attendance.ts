import { dayOf } from '#bot/calendar.ts';
import { type Attendances, attend, countOf } from '#bot/domain/attendance.ts';
import { placesOn, type Serving } from '#bot/domain/people.ts';
import type { Tx } from './db.ts';
import { instantIn, lean, numberIn, sql } from './lean.ts';
import { openRunning, remembered } from './remembered.ts';

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

/** A session as signing in needs it. */
export interface SignInSession extends SessionRow {
  topic: string;
  venue: string;
  end: Date;
  closedAt: Date | null;
  cancelledAt: Date | null;
  signInCode: string | null;
}

/** @throws if there is no such session. */
export const sessionToSign = (tx: Tx, code: string): Promise<SignInSession> =>
  remembered(tx, 'Session', `to sign ${code}`, () => readSession(tx, code));

async function readSession(tx: Tx, code: string): Promise<SignInSession> {
  const [row] = await lean<
    Record<'code' | 'topic' | 'venue' | 'scope', string> & { signInCode: string | null } & Instants
  >(
    tx,
    sql`SELECT "code", "topic", "venue", "scope", "start", "end", "closedAt", "cancelledAt", "signInCode"
      FROM "Session" WHERE "code" = ${code}`,
  );
  if (!row) throw new Error('no such session');
  const { start, end, closedAt, cancelledAt } = row;
  return {
    ...row,
    ...{ start: instantIn(start), end: instantIn(end) },
    closedAt: closedAt === null ? null : instantIn(closedAt),
    cancelledAt: cancelledAt === null ? null : instantIn(cancelledAt),
  };
}
type Instants = Record<'start' | 'end' | 'closedAt' | 'cancelledAt', unknown>;

/** When somebody signed in to a session; null if not. */
export async function signedInAt(tx: Tx, sessionCode: string, personId: string): Promise<Date | null> {
  const [known] = await lean<{ at: unknown }>(
    tx,
    sql`SELECT "at" FROM "SignIn" WHERE "sessionCode" = ${sessionCode} AND "personId" = ${personId}`,
  );
  return known ? instantIn(known.at) : null;
}

const ranks = openRunning<number>('SignIn');

/** Records a sign-in of one's own. Gives its number, and how many have signed in with it. */
export async function addSignIn(
  tx: Tx,
  {
    sessionCode,
    personId,
    at,
    late,
    how,
  }: { sessionCode: string; personId: string; at: Date; late: boolean; how: string },
): Promise<{ id: number; rank: number }> {
  const before = ranks.known(tx, sessionCode);
  const [added] = await lean<{ id: unknown }>(
    tx,
    sql`INSERT INTO "SignIn" ("sessionCode", "personId", "at", "late", "how")
      VALUES (${sessionCode}, ${personId}, ${at}, ${late}, ${how}) RETURNING "id"`,
  );
  // Counted anew by everyone, the last of a thousand would take a thousand times as long as the first.
  const rank = before === undefined ? await signedIn(tx, sessionCode) : before + 1;
  ranks.is(tx, rank, sessionCode);
  return { id: numberIn(added?.id), rank };
}

async function signedIn(tx: Tx, sessionCode: string): Promise<number> {
  const [counted] = await lean<{ count: unknown }>(
    tx,
    sql`SELECT count(*) AS "count" FROM "SignIn" WHERE "sessionCode" = ${sessionCode}`,
  );
  return numberIn(counted?.count);
}

/** True if this one person is expected; others who come are 列席. */
export async function isExpected(tx: Tx, session: SessionRow, personId: string): Promise<boolean> {
  const { code, scope, start } = session;
  const expected = await remembered(
    tx,
    ['Person', 'Membership'],
    `expected at ${code} ${scope} ${start.getTime()}`,
    async () => new Set((await expectedAt(tx, session)).map(({ id }) => id)),
  );
  return expected.has(personId);
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

/** Keeps how a session's attendance stood at closing; what was kept first stays (R16). */
export async function keepClosing(tx: Tx, { code }: SessionRow, attendances: Attendances, at: Date): Promise<void> {
  const { expected } = attendances;
  const row = {
    ...{ sessionCode: code, at, expected: expected.length, came: countOf(attendances, 'present', 'late') },
    ...{ leave: countOf(attendances, 'leave'), absent: countOf(attendances, 'absent') },
    statuses: JSON.stringify(Object.fromEntries(expected.map(({ id, status }) => [id, status]))),
  };
  await tx.attendanceClosing.upsert({ where: { sessionCode: code }, create: row, update: {} });
}
