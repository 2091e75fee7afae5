import { type Difference, differencesOf, isImplausible, type RosterPerson, unitNamed } from '#bot/domain/contacts.ts';
import type { World } from '#bot/language/world.ts';
import type { WecomClient } from '#bot/wecom/client.ts';

export type Contacts = Pick<WecomClient, 'readsBook' | 'book' | 'departmentNames' | 'member'>;
/** What a comparison found. */
export interface Found {
  differences: Difference[];
  /** so many were missing that nobody was taken off */
  implausible: number;
}

const MOST_NEWCOMERS = 200;
const MOST_NAMED = 2000;

/**
 * 全员核对. The book is read twice, a page at a time: first where those of the roster are, then who else is there. Only
 * what concerns the roster is remembered, so a company of any size fits. Who is missing, or new, is looked up once more
 * by itself: the book may have changed while it was read.
 */
export async function compareAll(contacts: Contacts, { members, departments: units }: World): Promise<Found> {
  const roster = new Map(members.map((one) => [one.id, one as RosterPerson]));
  const seen = new Map<string, number[]>();
  for await (const page of contacts.book())
    for (const { userid, department } of page)
      if (roster.has(userid)) seen.set(userid, [...(seen.get(userid) ?? []), department]);
  const names = await contacts.departmentNames();
  const named = (ids: number[]): string[] => ids.flatMap((id) => names.get(id) ?? []);

  const differences: Difference[] = [];
  const missing = [...roster.values()].filter(({ id }) => !seen.has(id));
  const leavers: Difference[] = [];
  for (const { id, name } of missing) {
    const member = await contacts.member(id);
    if (member.kind === 'gone') leavers.push({ kind: 'leave', userid: id, name });
    if (member.kind === 'unseen') differences.push({ kind: 'unseen', userid: id, name });
  }
  for (const [index, [id, places]] of [...seen].entries()) {
    const person = roster.get(id);
    // Names are only told one by one; a large office hears of moves alone.
    const member = index < MOST_NAMED ? await contacts.member(id) : null;
    if (person && member?.kind === 'unseen') differences.push({ kind: 'unseen', userid: id, name: person.name });
    const name = member?.kind === 'found' ? member.name : '';
    if (person) differences.push(...differencesOf(person, { name, departments: named(places) }, units));
  }
  const newcomers = await newIn(contacts, roster, new Set([...seen.values()].flat()));
  for (const userid of newcomers) {
    const member = await contacts.member(userid);
    if (member.kind !== 'found') continue;
    const unit = unitNamed(named(member.departments), units);
    differences.push({ kind: 'join', userid, name: member.name, unit });
  }
  if (isImplausible(leavers.length, roster.size)) return { differences, implausible: leavers.length };
  return { differences: [...leavers, ...differences], implausible: 0 };
}

/** Who is where the roster's people are, and not on it. */
async function newIn(contacts: Contacts, roster: Map<string, unknown>, places: Set<number>): Promise<Set<string>> {
  const newcomers = new Set<string>();
  for await (const page of contacts.book())
    for (const { userid, department } of page) {
      if (newcomers.size >= MOST_NEWCOMERS) return newcomers;
      if (places.has(department) && !roster.has(userid)) newcomers.add(userid);
    }
  return newcomers;
}

/** One person of whom an event told. */
export async function compareOne(contacts: Contacts, userid: string, world: World): Promise<Found> {
  const person = world.members.find(({ id }) => id === userid);
  const member = await contacts.member(userid);
  const found = (differences: Difference[]): Found => ({ differences, implausible: 0 });
  if (member.kind === 'gone') return found(person ? [{ kind: 'leave', userid, name: person.name }] : []);
  if (member.kind === 'unseen') return found(person ? [{ kind: 'unseen', userid, name: person.name }] : []);
  const names = await contacts.departmentNames();
  const departments = member.departments.flatMap((id) => names.get(id) ?? []);
  if (person) return found(differencesOf(person, { name: member.name, departments }, world.departments));
  const unit = unitNamed(departments, world.departments);
  return found(unit ? [{ kind: 'join', userid, name: member.name, unit }] : []);
}
