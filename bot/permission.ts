import { helperCodes } from './domain/matter.ts';
import type { Execution, Permission } from './handler.ts';
import type { World, WorldDepartment, WorldItem, WorldPerson } from './language/reading.ts';
import { itemsOf } from './language/world.ts';

/** Everybody on the roster. */
export const anyone: Permission<unknown> = { permits: () => true, doneBy: '花名册内人员' };

export const has = (person: WorldPerson, ...roles: string[]): boolean =>
  roles.some((role) => person.roles.includes(role));

/** 科室（单位）负责人: whom the roster names for the unit, or who holds that role in it. */
export const isHeadOf = (person: WorldPerson, code: string, { departments }: World): boolean =>
  departments.some((unit) => unit.code === code && unit.head === person.id) ||
  (person.department === code && has(person, 'head'));

/** The units whose head somebody is, in establishment order. */
export const unitsHeadedBy = (person: WorldPerson, { departments }: World): WorldDepartment[] =>
  departments.filter(({ code, head }) => head === person.id || (person.department === code && has(person, 'head')));

/** Who signs for a unit (R56, R57): its head, or else who leads it; null where neither is on the roster. */
export const signerOf = ({ head, leader }: WorldDepartment, { members }: World): string | null =>
  head ?? (members.some(({ id }) => id === leader) ? leader : null);

/** Whether somebody may sign for a unit. */
export const signsFor = (person: WorldPerson, code: string, world: World): boolean =>
  isHeadOf(person, code, world) ||
  world.departments.some((unit) => unit.code === code && signerOf(unit, world) === person.id);

/** Everybody of the office, by id. */
export const officeIds = ({ members }: World): string[] =>
  members.filter((member) => has(member, 'office')).map(({ id }) => id);

/** The head of any unit. */
export const headsUnit: Permission<unknown> = {
  doneBy: '科室（单位）负责人',
  permits: ({ actor, world }) => unitsHeadedBy(actor, world).length > 0,
};

/** The departments whose records somebody may see as a superior: all, one's own line, or one's own unit. */
export function departmentsUnder(person: WorldPerson, world: World): string[] {
  if (has(person, 'chief', 'office')) return world.departments.map(({ code }) => code);
  if (has(person, 'leader'))
    return world.departments.filter(({ leader }) => leader === person.id).map(({ code }) => code);
  return has(person, 'head') ? [person.department] : [];
}

/** A unit somebody is a superior of, other than the own one, to speak of as an example; null if there is none. */
export function unitUnder(person: WorldPerson, world: World): WorldDepartment | null {
  const under = departmentsUnder(person, world);
  return world.departments.find(({ code }) => under.includes(code) && code !== person.department) ?? null;
}

/** What waits for this leader to accept or return it. */
export function awaitedFrom({ id }: WorldPerson, { ledger, pending }: World): WorldItem[] {
  const waiting = new Set(pending.acceptances);
  return itemsOf({ ledger }, { leader: id }).filter(({ code, owner }) => owner !== id && waiting.has(code));
}

/** What somebody is responsible for and has not handed in yet, what can be counted first. */
export function ownOpenItems({ id }: WorldPerson, { ledger, pending }: World): WorldItem[] {
  const waiting = new Set(pending.acceptances);
  return itemsOf({ ledger }, { owner: id })
    .filter(({ code }) => !waiting.has(code))
    .sort((one, other) => Number(one.target === null) - Number(other.target === null));
}

/** What a unit is called in a sentence: the shortest of its names that is still two characters. */
export const shortName = ({ name, aliases }: WorldDepartment): string =>
  [name, ...aliases].filter((one) => one.length >= 2).sort((one, other) => one.length - other.length)[0] ?? name;

interface OfItem {
  item: string;
}
const itemOf = ({ input, tx }: Execution<OfItem>) => tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });

/** Whose business an item is: the unit's people, its owner, who leads it, whoever is above the unit, and who helps (2.7, R56, R90). */
export const seesItem: Permission<OfItem> = {
  doneBy: '承办科室（单位）、分管领导或活动办',
  async permits(execution) {
    const { actor, world, tx } = execution;
    const item = await itemOf(execution);
    const under = [...departmentsUnder(actor, world), ...(has(actor, 'leader') ? [] : [actor.department])];
    // What has no unit yet is the business of those who lead all.
    const leadsAll = has(actor, 'chief', 'office');
    if (leadsAll || under.includes(item.departmentCode) || [item.leaderId, item.ownerId].includes(actor.id))
      return true;
    const given = await tx.assignment.findUnique({ where: { itemCode: item.code } });
    if (!given || given.undoneAt) return false;
    return (
      given.byId === actor.id || helperCodes(given.helpers).some((code) => code === actor.id || under.includes(code))
    );
  },
};

/** The head of the unit that has the item. */
export const headsItem: Permission<OfItem> = {
  doneBy: '承办科室（单位）负责人',
  permits: async (execution) => isHeadOf(execution.actor, (await itemOf(execution)).departmentCode, execution.world),
};

/** Who may ask for another target or term, or decide it at once (R47); the office for the bureau's own items. */
export const changesItem: Permission<OfItem> = {
  doneBy: '承办科室（单位）负责人',
  async permits(execution) {
    const { actor, world } = execution;
    const item = await itemOf(execution);
    if (has(actor, 'chief') || item.leaderId === actor.id) return true;
    return isHeadOf(actor, item.departmentCode, world) || (has(actor, 'office') && item.level === '局班子');
  },
};
