import type { Day } from '#bot/calendar.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

const KEY = 'reflections-due';

/** 收心得体会: a round the office opened, from when until which day (R22). */
export interface ReflectionRound {
  id: number;
  at: Date;
  due: Day;
}

/** The newest round that was not taken back; null if there is none. */
export async function latestRound(tx: Tx): Promise<ReflectionRound | null> {
  const row = await tx.setting.findFirst({ where: { key: KEY, closedAt: null }, orderBy: { id: 'desc' } });
  return row && { id: row.id, at: row.at, due: row.value };
}

export async function openRound(tx: Tx, due: Day, byId: string, at: Date): Promise<number> {
  return (await tx.setting.create({ data: { key: KEY, value: due, reason: '', byId, at } })).id;
}

/** @returns false where it was taken back before. */
export const closeRound = async (tx: Tx, id: number, at: Date): Promise<boolean> =>
  (await tx.setting.updateMany({ where: { id, closedAt: null }, data: { closedAt: at } })).count === 1;

const LEADING = ['chief', 'leader', 'head'];
const leads = ({ roles }: WorldPerson): boolean => roles.some((role) => LEADING.includes(role));

/** Who handed one in since a round began, leading officials apart from staff, and who has not. */
export async function handedIn(tx: Tx, { at }: ReflectionRound, { members }: World) {
  const rows = await tx.reflection.findMany({ where: { at: { gte: at }, undoneAt: null } });
  const wrote = new Set(rows.map(({ personId }) => personId));
  const of = (people: WorldPerson[]) => ({ done: people.filter(({ id }) => wrote.has(id)).length, due: people.length });
  return {
    leaders: of(members.filter(leads)),
    staff: of(members.filter((one) => !leads(one))),
    missing: members.filter(({ id }) => !wrote.has(id)),
  };
}
