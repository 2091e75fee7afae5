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

/** How a month's hand-in stands of some units, each in establishment order: who owes it, of those who has not, who need not. */
export async function handInStanding(tx: Tx, month: string, units: WorldDepartment[]) {
  const rows = await tx.monthReport.findMany({ where: { month, undoneAt: null }, select: { departmentCode: true } });
  const reported = new Set(rows.map(({ departmentCode }) => departmentCode));
  const freed = await exemptFrom(tx, month);
  // Who hands in all the same is counted like everybody.
  const exempt = units.filter(({ code }) => freed.has(code) && !reported.has(code));
  const due = units.filter((unit) => !exempt.includes(unit));
  return { due, missing: due.filter(({ code }) => !reported.has(code)), exempt };
}

/** The units that have not handed in their summary of a month yet and have to, in establishment order (R45). */
export const unreportedUnits = async (tx: Tx, month: string, units: WorldDepartment[]): Promise<WorldDepartment[]> =>
  (await handInStanding(tx, month, units)).missing;
