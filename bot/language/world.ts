import { grouped } from '#bot/domain/grouped.ts';

export interface WorldPerson {
  id: string;
  name: string;
  department: string;
  title: string;
  roles: string[];
}
export interface WorldItem {
  code: string;
  no: number;
  title: string;
  target: number | null;
  unit: string | null;
  department: string;
  leader: string | null;
  owner: string | null;
  deadline: string;
}
export interface WorldSession {
  code: string;
  topic: string;
  kind: string;
  start: string;
  end: string;
  venue: string;
  /** 召集人, where known */
  convenorId?: string | null;
  /** what the office calls its topic besides */
  aliases?: string[];
}
export interface WorldDepartment {
  code: string;
  name: string;
  aliases: string[];
  leader: string | null;
  head: string | null;
  /** 性质: 科室 or 局属单位 */
  kind?: string;
}
/** 重点企业 */
export interface WorldEnterprise {
  code: string;
  name: string;
  aliases: string[];
  liaison: string | null;
}
/** 叫法: a word that means an item, for everybody or in the mouth of one unit. */
export interface ItemSynonym {
  word: string;
  item: string;
  /** code of the unit; empty for everybody */
  by: string;
}
/** What awaits a decision. */
export interface WorldPending {
  /** `reason` is for telling two leaves apart; it never leaves the approver's own questions */
  leaves: { code: string; member: string; session?: string; from?: string; to?: string; reason: string }[];
  acceptances: string[];
  /** what a member is in the middle of: a long text in several messages, or a test, of which `title` says what it expects */
  underway?: { member: string; kind: string; title: string; since: string }[];
}

const byId = new WeakMap<readonly WorldPerson[], Map<string, WorldPerson>>();

/** One of the office by userid: every message asks who sent it, and an office may have thousands. */
export function memberOf({ members }: Pick<World, 'members'>, id: string): WorldPerson | undefined {
  let known = byId.get(members);
  if (!known) {
    known = new Map(members.map((member) => [member.id, member]));
    byId.set(members, known);
  }
  return known.get(id);
}

type Column = 'department' | 'owner' | 'leader';
type Places = ReadonlyMap<string | null, readonly number[]>;
const looked = new WeakMap<readonly WorldItem[], Map<Column, Places>>();

/** By what stands in a column, where in the ledger: looked through once for a ledger, which no report changes. */
function placesBy(ledger: readonly WorldItem[], column: Column): Places {
  const known = looked.get(ledger) ?? new Map<Column, Places>();
  looked.set(ledger, known);
  const before = known.get(column);
  if (before) return before;
  const places = grouped([...ledger.keys()], (place) => ledger[place]?.[column] ?? null);
  known.set(column, places);
  return places;
}

/** The items of a unit, an owner or a leader, of any of those that are named, in the order of the ledger. */
export function itemsOf({ ledger }: Pick<World, 'ledger'>, whose: Partial<Record<Column, string>>): WorldItem[] {
  const lists = (Object.entries(whose) as [Column, string][]).map(
    ([column, value]) => placesBy(ledger, column).get(value) ?? [],
  );
  const places = lists.length === 1 ? lists.flat() : [...new Set(lists.flat())].sort((one, other) => one - other);
  return places.flatMap((place) => ledger[place] ?? []);
}

/** What understanding may know of the office; the same shape from the record book and from a file. */
export interface World {
  departments: WorldDepartment[];
  members: WorldPerson[];
  ledger: WorldItem[];
  sessions: WorldSession[];
  enterprises: WorldEnterprise[];
  pending: WorldPending;
  synonyms?: readonly ItemSynonym[];
  campaign?: { from: string; to: string } | null;
}
