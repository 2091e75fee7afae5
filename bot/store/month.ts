import { grouped } from '#bot/domain/grouped.ts';
import { monthOf } from '#bot/domain/month.ts';
import { type HandInStanding, type HandInState, handInStandingOf, handInState } from '#bot/domain/month-standing.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { type LedgerRow, ledgerRows } from './kept-ledger.ts';

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

/** A month's hand-in that a unit still owes. */
export interface HandInLeft {
  unit: WorldDepartment;
  /** what of it is not handed in for acceptance yet */
  items: LedgerRow[];
  /** 上月遗留: how many of those were unfinished when the month began (R53) */
  carried: number;
}

/** Units that have not handed a month in, in establishment order, with what they have open (R45). */
export async function handInsLeft(tx: Tx, world: World, month: string): Promise<HandInLeft[]> {
  const open = grouped(
    (await ledgerRows(tx)).filter((item) => !item.acceptedAt && !item.completedAt && !item.endedAt && !item.split),
    ({ departmentCode }) => departmentCode,
  );
  const begun = world.campaign ? monthOf(world.campaign.from) : month;
  return (await unreportedUnits(tx, month, world.departments)).map((unit) => {
    const items = open.get(unit.code) ?? [];
    const carried = items.filter(({ openedOn }) => (openedOn ? monthOf(openedOn) : begun) < month).length;
    return { unit, items, carried };
  });
}
