import { dayOf, instantAt } from '#bot/calendar.ts';
import { lastOf } from '#bot/domain/month.ts';
import { roundMissedBy } from '#bot/domain/round.ts';
import type { CheckedIn } from '#bot/domain/self-check.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

/** The matters a unit answers for in a month's round: those given by its end and open, or closed within it or since (R60). */
export const mattersOf = (tx: Tx, department: string, month: string) =>
  tx.ledgerItem.findMany({
    where: {
      departmentCode: department,
      category: { in: ['交办', '转办'] },
      endedAt: null,
      AND: [
        { OR: [{ acceptedAt: null }, { acceptedAt: { gte: instantAt(`${month}-01`, '00:00') } }] },
        { OR: [{ openedOn: null }, { openedOn: { lte: lastOf(month) } }] },
      ],
    },
    orderBy: { no: 'asc' },
  });

/** A unit's round as it stands. */
export interface CheckRound {
  unit: WorldDepartment;
  matters: Awaited<ReturnType<typeof mattersOf>>;
  /** the newest answer of each matter that was answered */
  answers: Map<string, { answer: string; reason: string }>;
  /** matters nobody answered for yet */
  open: Awaited<ReturnType<typeof mattersOf>>;
  /** handed in, or nothing to hand in */
  done: boolean;
}

/** The round of one unit in a month. */
export async function roundOf(tx: Tx, unit: WorldDepartment, month: string): Promise<CheckRound> {
  const where = { month, departmentCode: unit.code, undoneAt: null };
  const matters = await mattersOf(tx, unit.code, month);
  const rows = await tx.selfCheck.findMany({ where, orderBy: { id: 'asc' } });
  const answers = new Map(rows.map(({ itemCode, answer, reason }) => [itemCode, { answer, reason }]));
  const handedIn = await tx.selfCheckHandIn.count({ where });
  const open = matters.filter(({ code }) => !answers.has(code));
  return { unit, matters, answers, open, done: matters.length === 0 || handedIn > 0 };
}

/** The rounds of all units in establishment order. */
export async function roundsOf(tx: Tx, world: World, month: string): Promise<CheckRound[]> {
  const rounds = [];
  for (const unit of world.departments) rounds.push(await roundOf(tx, unit, month));
  return rounds;
}

/** What a hand-in of a round at an instant amounts to, as it is put into words. */
export const checkedOf = (
  { unit, matters, open }: CheckRound,
  month: string,
  { at, standsIn }: { at: Date; standsIn: boolean },
): CheckedIn => ({
  ...{ month, unit: unit.name, count: matters.length, left: open, at, standsIn },
  late: roundMissedBy(month, dayOf(at)),
});

/** A unit's self-check as it is handed in: by whom, and who had it ready for the head, if anybody (R70). */
interface Check {
  unit: string;
  month: string;
  by: string;
  at: Date;
  drafted?: { by: string; at: Date };
}

/** Keeps a hand-in of a month's round. @returns its id */
export async function keepCheck(tx: Tx, { unit, month, by, at, drafted }: Check): Promise<number> {
  const drafter = drafted && { draftedBy: drafted.by, draftedAt: drafted.at };
  const data = { month, departmentCode: unit, personId: by, at, ...drafter };
  return (await tx.selfCheckHandIn.create({ data })).id;
}
