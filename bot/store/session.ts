import { weekOf } from '#bot/calendar.ts';
import { ticksOf } from '#bot/domain/readiness.ts';
import { type Booked, type Clash, clashOf } from '#bot/domain/session.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { type Attendant, expectedAt, type SessionAttendance } from './attendance.ts';
import type { Tx } from './db.ts';
import { sourcesOf } from './session-steps.ts';

export type SessionRow = NonNullable<Awaited<ReturnType<Tx['session']['findUnique']>>>;

/** The next 场次编号 of a day's week: XX2013-W19-1 (R11). */
export async function nextSessionCode(tx: Tx, day: string): Promise<string> {
  const { year, week } = weekOf(day);
  const prefix = `XX${year}-W${String(week).padStart(2, '0')}-`;
  const taken = await tx.session.count({ where: { code: { startsWith: prefix } } });
  return `${prefix}${taken + 1}`;
}

/** What a session would clash with. */
export async function clashWith(tx: Tx, session: Booked): Promise<Clash | null> {
  const rows = await tx.session.findMany({
    where: { cancelledAt: null, start: { lt: session.end }, end: { gt: session.start } },
  });
  return clashOf(
    session,
    rows.map((row) => ({ ...row, scope: JSON.parse(row.scope) as string[] })),
  );
}

/** 四落实 of a session (R12). */
export async function readinessOf(tx: Tx, session: SessionRow) {
  return ticksOf({ ...session, expected: (await expectedAt(tx, session)).length });
}

/** The same with who settled each of the four, when and by what. */
export async function readinessWithSources(tx: Tx, session: SessionRow) {
  const expected = (await expectedAt(tx, session)).length;
  return ticksOf({ ...session, expected }, await sourcesOf(tx, session.code));
}

/** Who may hold, change or close a session (2.7): leaders and the office, the convenor, the head of the only unit it is for. */
export function holds(
  actor: WorldPerson,
  session: { convenorId: string | null; scope: string },
  departments: { code: string; head: string | null }[],
): boolean {
  if (actor.roles.some((role) => ['chief', 'leader', 'office'].includes(role)) || session.convenorId === actor.id)
    return true;
  const scope: string[] = JSON.parse(session.scope);
  const isHead = (code: string) =>
    departments.some((unit) => unit.code === code && unit.head === actor.id) ||
    (actor.department === code && actor.roles.includes('head'));
  return scope.length > 0 && scope.every(isHead);
}

/** Who hears of a session's affairs: its convenor, else the office. */
export const convenorsOf = (session: { convenorId: string | null }, members: WorldPerson[]): string[] => {
  const convenor = members.find(({ id }) => id === session.convenorId);
  return convenor ? [convenor.id] : members.filter(({ roles }) => roles.includes('office')).map(({ id }) => id);
};

/** Who was absent, in the order of the roster. */
export const absentNames = ({ expected, people }: SessionAttendance): Attendant[] =>
  expected.filter(({ status }) => status === 'absent').flatMap(({ id }) => people.get(id) ?? []);

/** True if whoever speaks may hold the session of this code. */
export async function holdsSession(
  code: string,
  { actor, tx, world }: { actor: WorldPerson; tx: Tx; world: World },
): Promise<boolean> {
  return holds(actor, await tx.session.findUniqueOrThrow({ where: { code } }), world.departments);
}

/** The session whose screen a link opens. */
export const sessionOnScreen = (tx: Tx, screenKey: string): Promise<SessionRow | null> =>
  tx.session.findUnique({ where: { screenKey } });

/** Gives the screen to the first browser that asks; false if another one has it. */
export async function claimScreen(tx: Tx, { code, screenKey }: SessionRow, heldBy: string): Promise<boolean> {
  const where = { code, screenKey, screenHeldBy: null };
  return (await tx.session.updateMany({ where, data: { screenHeldBy: heldBy } })).count === 1;
}
