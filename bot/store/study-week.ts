import { addDays, type Day, instantAt } from '#bot/calendar.ts';
import { firstDayOf, type WeekState, weekState, workdaysOfWeek } from '#bot/domain/study-week.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { figureOf } from './figures.ts';
import { readinessOf, type SessionRow } from './session.ts';

export interface UnitWeek {
  unit: WorldDepartment;
  state: WeekState;
  /** sessions held that count: all four conditions settled (R12) */
  held: number;
  /** sessions of the week that are still to come or do not count */
  planned: number;
}

const isFor = (session: SessionRow, code: string): boolean => {
  const scope: string[] = JSON.parse(session.scope);
  return scope.length === 0 || scope.includes(code);
};

/** Sessions of a week that were not cancelled, by their own day. */
export async function sessionsOfWeek(tx: Tx, week: string): Promise<SessionRow[]> {
  const from = firstDayOf(week);
  const start = { gte: instantAt(from, '00:00'), lt: instantAt(addDays(from, 7), '00:00') };
  return tx.session.findMany({ where: { start, cancelledAt: null }, orderBy: { start: 'asc' } });
}

/** 周学习情况 of every unit as it stands at `now` (R13). */
export async function unitWeeks(tx: Tx, week: string, world: World, now: Date): Promise<UnitWeek[]> {
  const sessions = await sessionsOfWeek(tx, week);
  const counts = new Set<string>();
  for (const session of sessions)
    if (session.end <= now && (await readinessOf(tx, session)).settled === 4) counts.add(session.code);
  const exemptions = await tx.weekExemption.findMany({ where: { week, undoneAt: null } });
  const workdays = workdaysOfWeek(firstDayOf(week), world.campaign ?? null).length;
  // A week that is over goes by what held then.
  const end = instantAt(addDays(firstDayOf(week), 7), '00:00');
  const fewest = await figureOf(tx, 'fewestWorkdays', now < end ? now : end);
  return world.departments.map((unit) => {
    const own = sessions.filter((session) => isFor(session, unit.code));
    const held = own.filter(({ code }) => counts.has(code)).length;
    const exempted = exemptions.some(({ departmentCode }) => departmentCode === '' || departmentCode === unit.code);
    return { unit, held, planned: own.length - held, state: weekState(held, workdays, exempted, fewest) };
  });
}

/** Keeps how a week ended for every unit; the first result stands. */
export async function keepWeekResults(tx: Tx, week: string, results: UnitWeek[], at: Day | Date): Promise<void> {
  for (const { unit, state, held } of results) {
    const key = { week, departmentCode: unit.code };
    const row = { ...key, result: state, count: held, at: new Date(at) };
    await tx.weekResult.upsert({ where: { week_departmentCode: key }, create: row, update: {} });
  }
}
