import { z } from 'zod';
import type { Day } from '#bot/calendar.ts';
import type { World, WorldDepartment, WorldPerson } from '#bot/language/reading.ts';
import { unitsHeadedBy } from '#bot/permission.ts';
import { awayOn } from './absence.ts';
import type { Tx } from './db.ts';

const named = z.object({ person: z.string(), until: z.string().nullable() });
/** 受托人: whom the head of a unit lets hand in the month and the self-check for the head to confirm, and up to which day. */
export type Delegate = z.infer<typeof named>;

export const delegateKey = (department: string): string => `delegate:${department}`;

/** Whom a unit's head named last, if that still holds on `today`. */
export async function delegateOf(tx: Tx, department: string, today: Day): Promise<Delegate | null> {
  const where = { key: delegateKey(department), closedAt: null };
  const newest = await tx.setting.findFirst({ where, orderBy: { id: 'desc' } });
  if (!newest || newest.value === '') return null;
  const delegate = named.parse(JSON.parse(newest.value));
  return delegate.until === null || delegate.until >= today ? delegate : null;
}

/** The unit for whose head somebody may hand in; null for most people. */
export async function unitDelegatedTo(
  tx: Tx,
  person: WorldPerson,
  { departments }: World,
  today: Day,
): Promise<WorldDepartment | null> {
  const unit = departments.find(({ code }) => code === person.department);
  const delegate = unit && (await delegateOf(tx, unit.code, today));
  return unit && delegate?.person === person.id ? unit : null;
}

/** Somebody who hands in for a unit: its head, or whom the head named. */
export interface HandsIn {
  unit: WorldDepartment;
  isHead: boolean;
  /** named, and the head is on leave: what is handed in counts at once */
  standsIn: boolean;
}

/** For which unit somebody hands in the month and the self-check, and how (R45, R60, R70); null for most people. */
export async function handsInFor(tx: Tx, person: WorldPerson, world: World, today: Day): Promise<HandsIn | null> {
  const [headed] = unitsHeadedBy(person, world);
  if (headed) return { unit: headed, isHead: true, standsIn: false };
  const unit = await unitDelegatedTo(tx, person, world, today);
  if (!unit) return null;
  const standsIn = unit.head !== null && (await awayOn(tx, today)).has(unit.head);
  return { unit, isHead: false, standsIn };
}
