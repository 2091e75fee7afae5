import { helperCodes } from '#bot/domain/matter.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { isHeadOf } from '#bot/permission.ts';
import { assignmentOf } from './assignment.ts';
import type { Tx } from './db.ts';

/** 协办: a unit or a person that helps with a matter another unit answers for (R56). */
export interface Helper {
  code: string;
  name: string;
  /** who hears of it and tells what was done */
  person: string | null;
}

/** Who helps with a matter; whoever is no longer there is left out. */
export const helpersOf = (codes: readonly string[], { departments, members }: World): Helper[] =>
  codes.flatMap((code): Helper[] => {
    const unit = departments.find((one) => one.code === code);
    if (unit) return [{ code, name: unit.name, person: unit.head }];
    const member = members.find(({ id }) => id === code);
    return member ? [{ code, name: member.name, person: member.id }] : [];
  });

/** The same by what is kept of a matter. */
export const helpersIn = (kept: string, world: World): Helper[] => helpersOf(helperCodes(kept), world);

export const namesOf = (helpers: readonly { name: string }[]): string => helpers.map(({ name }) => name).join('、');

/** As whom somebody helps with a matter: as the head of a unit that does, or named; null for everybody else. */
export async function helperIn(tx: Tx, itemCode: string, actor: WorldPerson, world: World): Promise<Helper | null> {
  const assignment = await assignmentOf(tx, itemCode);
  const helpers = helpersIn(assignment?.helpers ?? '', world);
  return helpers.find(({ code }) => code === actor.id || isHeadOf(actor, code, world)) ?? null;
}

/** How a helper's part of a matter stands. */
export interface HelpersPart extends Helper {
  /** what was told of it last */
  last: { at: Date; text: string } | null;
  done: boolean;
}

/** Who helps with a matter, and how far the part of each is. */
export async function helpersParts(tx: Tx, itemCode: string, world: World): Promise<HelpersPart[]> {
  const assignment = await assignmentOf(tx, itemCode);
  const helpers = helpersIn(assignment?.helpers ?? '', world);
  if (helpers.length === 0) return [];
  const told = await tx.feedback.findMany({
    where: { itemCode, helper: { in: helpers.map(({ code }) => code) }, undoneAt: null },
    orderBy: { id: 'asc' },
  });
  return helpers.map((helper) => {
    const last = told.findLast((one) => one.helper === helper.code);
    return { ...helper, last: last ? { at: last.at, text: last.text } : null, done: last?.done ?? false };
  });
}

/** Matters that somebody helps with and whose part is not done, the one due first before the others. */
export async function helpedBy(tx: Tx, actor: WorldPerson, world: World) {
  const given = await tx.assignment.findMany({ where: { undoneAt: null, helpers: { not: '[]' } } });
  const mine = given.flatMap(({ itemCode, helpers }) => {
    const own = helpersIn(helpers, world).find(({ code }) => code === actor.id || isHeadOf(actor, code, world));
    return own ? [{ itemCode, helper: own.code }] : [];
  });
  if (mine.length === 0) return [];
  const inCodes = { in: mine.map(({ itemCode }) => itemCode) };
  const told = await tx.feedback.findMany({
    where: { itemCode: inCodes, helper: { not: '' }, undoneAt: null },
    orderBy: { id: 'asc' },
  });
  const isDone = ({ itemCode, helper }: (typeof mine)[number]): boolean =>
    told.findLast((one) => one.itemCode === itemCode && one.helper === helper)?.done ?? false;
  const open = mine.filter((one) => !isDone(one)).map(({ itemCode }) => itemCode);
  return tx.ledgerItem.findMany({
    where: { code: { in: open }, acceptedAt: null, completedAt: null, endedAt: null },
    orderBy: { deadline: 'asc' },
  });
}
