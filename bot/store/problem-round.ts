import { dayOf } from '#bot/calendar.ts';
import type { UnitsRound } from '#bot/domain/problem-round.ts';
import { roundMissedBy } from '#bot/domain/round.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { ledgerRows } from './kept-ledger.ts';

/** The problems of units that came into the ledger in a month: what a check found is not what the unit itself looked for. */
export async function enteredIn(tx: Tx, month: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { category, openedOn, endedAt, source, departmentCode } of await ledgerRows(tx)) {
    if (category !== '查摆整改' || openedOn?.slice(0, 7) !== month || endedAt || source === '督查') continue;
    counts.set(departmentCode, (counts.get(departmentCode) ?? 0) + 1);
  }
  return counts;
}

/** The round of every unit, in establishment order (R52). */
export async function problemRound(tx: Tx, { departments }: World, month: string, at: Date): Promise<UnitsRound[]> {
  const entered = await enteredIn(tx, month);
  const said = await tx.noProblem.findMany({ where: { month, at: { lte: at }, undoneAt: null } });
  const none = new Map(said.map((one) => [one.departmentCode, dayOf(one.at)]));
  return departments.map(({ code, name, head }) => ({
    ...{
      name,
      head,
      entered: entered.get(code) ?? 0,
      none: none.has(code),
      late: roundMissedBy(month, none.get(code) ?? '') !== null,
    },
  }));
}
