import type { WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

/** What counts of a month's summaries: of each unit the newest that was not taken back. */
export async function monthReports(tx: Tx, month: string) {
  const rows = await tx.monthReport.findMany({ where: { month, undoneAt: null }, orderBy: { id: 'asc' } });
  return new Map(rows.map((row) => [row.departmentCode, row]));
}

/** The units that have not handed in their summary of a month yet, in establishment order (R45). */
export async function unreportedUnits(tx: Tx, month: string, units: WorldDepartment[]): Promise<WorldDepartment[]> {
  const rows = await tx.monthReport.findMany({ where: { month, undoneAt: null }, select: { departmentCode: true } });
  const reported = new Set(rows.map(({ departmentCode }) => departmentCode));
  return units.filter(({ code }) => !reported.has(code));
}
