import type { Day } from '#bot/calendar.ts';
import type { Tx } from './db.ts';

/** Where somebody is, and as what. */
export interface Place {
  departmentCode: string;
  title: string;
  roles: string;
}

/** 任职变动: the present place ends on a day and another begins; nothing is overwritten. */
export async function takePlace(tx: Tx, personId: string, place: Place, day: Day): Promise<void> {
  await tx.membership.updateMany({ where: { personId, toOn: null }, data: { toOn: day } });
  await tx.membership.create({ data: { personId, ...place, fromOn: day } });
  await tx.person.update({ where: { id: personId }, data: { ...place, leftOn: null } });
}

/** 离任: off from this day on; what they did stays. */
export async function leave(tx: Tx, personId: string, day: Day): Promise<void> {
  await tx.membership.updateMany({ where: { personId, toOn: null }, data: { toOn: day } });
  await tx.person.update({ where: { id: personId }, data: { leftOn: day } });
}

/** Whether nobody else could look after the roster any more (R93). */
export async function isLastKeeper(tx: Tx, personId: string): Promise<boolean> {
  const people = await tx.person.findMany({ where: { leftOn: null }, select: { id: true, roles: true } });
  const keeps = ({ roles }: { roles: string }): boolean => {
    const held: string[] = JSON.parse(roles);
    return held.includes('office') || held.includes('admin');
  };
  const keepers = people.filter(keeps);
  return keepers.length === 1 && keepers[0]?.id === personId;
}
