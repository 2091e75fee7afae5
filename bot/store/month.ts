import { type HandInStanding, type HandInState, handInStandingOf, handInState } from '#bot/domain/month-standing.ts';
import type { WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

/** What counts of a month's summaries: of each unit the newest that was not taken back. */
export async function monthReports(tx: Tx, month: string) {
  const rows = await tx.monthReport.findMany({ where: { month, undoneAt: null }, orderBy: { id: 'asc' } });
  return new Map(rows.map((row) => [row.departmentCode, row]));
}

/** 免报: the units that need not hand in for a month, each with the office's reason (R45). */
export async function exemptFrom(tx: Tx, month: string): Promise<Map<string, string>> {
  const rows = await tx.weekExemption.findMany({ where: { week: month, undoneAt: null } });
  return new Map(rows.map(({ departmentCode, reason }) => [departmentCode, reason]));
}

/** How every unit's hand-in of a month stands, by its code (R45). */
export async function handInStates(tx: Tx, month: string): Promise<(code: string) => HandInState> {
  const rows = await tx.monthReport.findMany({
    where: { month, undoneAt: null },
    select: { departmentCode: true, late: true },
    orderBy: { id: 'asc' },
  });
  const reports = new Map(rows.map((row) => [row.departmentCode, row]));
  const freed = await exemptFrom(tx, month);
  return (code) => handInState(reports.get(code), freed.has(code));
}

/** How a month's hand-in stands of some units: who owes it, of those who has not, who need not. */
export const handInStanding = async (
  tx: Tx,
  month: string,
  units: WorldDepartment[],
): Promise<HandInStanding<WorldDepartment>> => handInStandingOf(units, await handInStates(tx, month));

/** The units that have not handed in their summary of a month yet and have to, in establishment order (R45). */
export const unreportedUnits = async (tx: Tx, month: string, units: WorldDepartment[]): Promise<WorldDepartment[]> =>
  (await handInStanding(tx, month, units)).missing;
