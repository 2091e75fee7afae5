import type { World, WorldDepartment, WorldPerson, WorldSession } from '#bot/language/reading.ts';
import type { Changes, WorldTable } from './changes.ts';
import { changesIn, type Tx } from './db.ts';
import { lean, sql } from './lean.ts';
import { type OpenLedger, openLedger } from './open-ledger.ts';

/** Those who are in the office, in the order of the roster. Of thousands of people most have the same roles. */
async function membersOf(tx: Tx): Promise<WorldPerson[]> {
  const rows = await lean<Omit<WorldPerson, 'roles'> & { roles: string }>(
    tx,
    sql`SELECT "id", "name", "departmentCode" AS "department", "title", "roles" FROM "Person"
      WHERE "leftOn" IS NULL ORDER BY "rank"`,
  );
  const known = new Map<string, string[]>();
  return rows.map(({ id, name, department, title, roles: text }) => {
    const roles = known.get(text) ?? Object.freeze(JSON.parse(text));
    known.set(text, roles);
    return { id, name, department, title, roles };
  });
}

/** What was read of each table, while nothing in it can have changed; and the world made of it. */
interface Kept {
  parts: Map<WorldTable, { count: string; value: readonly unknown[] }>;
  world?: World;
  open?: OpenLedger;
  /** when these were read */
  mark?: string;
}
const keptFor = new WeakMap<Changes, Kept>();

/**
 * What understanding may know of the office at this moment. While nothing it is made of has changed it is the very same
 * object, which nobody may change; inside a transaction it shows what the transaction wrote.
 */
export async function loadWorld(tx: Tx): Promise<World> {
  const changes = changesIn(tx);
  if (!changes) return readWorld(tx, await openLedger(tx), async (_, read) => read());
  const kept: Kept = keptFor.get(changes) ?? { parts: new Map() };
  keptFor.set(changes, kept);
  const mark = changes.mark();
  if (kept.world && kept.mark === mark) return kept.world;
  const open = await openLedger(tx, kept.open);
  kept.open = open;
  let same = kept.world?.ledger === open.ledger && kept.world.pending.acceptances === open.acceptances;
  const world = await readWorld(tx, open, async (table, read) => {
    const count = changes.count(table);
    const known = kept.parts.get(table);
    if (known?.count === count) return known.value as never;
    same = false;
    const value = frozen(await read());
    kept.parts.set(table, { count, value });
    return value;
  });
  if (!same || !kept.world) kept.world = Object.freeze(world);
  kept.mark = mark;
  return kept.world;
}

const frozen = <T extends object>(rows: T[]): T[] => {
  for (const row of rows) Object.freeze(row);
  return Object.freeze(rows) as T[];
};

type ReadPart = <T extends object>(table: WorldTable, read: () => Promise<T[]>) => Promise<T[]>;

async function readWorld(tx: Tx, { ledger, acceptances }: OpenLedger, part: ReadPart): Promise<World> {
  const units = await part('Department', async () =>
    (await tx.department.findMany({ orderBy: { rank: 'asc' } })).map(
      ({ code, name, aliases, leaderId, headId, kind }) => ({
        ...{ code, name, aliases: JSON.parse(aliases) as string[] },
        ...{ leader: leaderId, head: headId, kind },
      }),
    ),
  );
  const members = await part('Person', () => membersOf(tx));
  const departments = withHeads(units, members);
  const sessions = await part('Session', async () =>
    (await tx.session.findMany({ where: { cancelledAt: null }, orderBy: { start: 'asc' } })).map(
      (row): WorldSession => ({
        ...row,
        ...{ start: row.start.toISOString(), end: row.end.toISOString() },
      }),
    ),
  );
  const enterprises = await part('Enterprise', async () =>
    (await tx.enterprise.findMany({ orderBy: { code: 'asc' } })).map(({ aliases, liaisonId, ...row }) => ({
      ...row,
      ...{ aliases: JSON.parse(aliases) as string[], liaison: liaisonId },
    })),
  );
  const leaves = await part('Leave', async () =>
    (await tx.leave.findMany({ where: { state: 'pending' }, orderBy: { id: 'asc' } })).map(
      ({ id, personId, sessionCode, fromOn, toOn, reason }) => ({
        ...{ code: String(id), member: personId, reason },
        ...(sessionCode && { session: sessionCode }),
        ...(fromOn && { from: fromOn, to: toOn }),
      }),
    ),
  );
  const drafts = await part('Draft', async () =>
    (await tx.draft.findMany({ where: { closedAt: null }, orderBy: { startedAt: 'desc' } })).map(
      ({ personId, kind, title, startedAt }) => ({
        ...{ member: personId, kind, title, since: startedAt.toISOString() },
      }),
    ),
  );
  const papers = await part('ExamPaper', async () =>
    (await tx.examPaper.findMany({ where: { finishedAt: null } })).map(({ personId, startedAt, expects }) => ({
      ...{ member: personId, kind: 'exam', title: expects, since: startedAt.toISOString() },
    })),
  );
  const [campaign = null] = await part('Campaign', () =>
    tx.campaign.findMany({ where: { id: 1 }, select: { from: true, to: true } }),
  );
  const called = await part('Synonym', () =>
    tx.synonym.findMany({ where: { state: 'confirmed' }, orderBy: { id: 'asc' } }),
  );
  return {
    ...{ members, ledger, enterprises, pending: { leaves, acceptances, underway: [...drafts, ...papers] }, campaign },
    departments: alsoCalled(departments, called, 'department', ({ code }, target) => code === target),
    sessions: alsoCalled(sessions, called, 'topic', ({ topic }, target) => topic.includes(target)),
    synonyms: called.flatMap(({ kind, word, target, departmentCode }) =>
      kind === 'item' ? [{ word, item: target, by: departmentCode }] : [],
    ),
  };
}

/**
 * Every unit with who heads it: whom the roster names, else who holds that role in it. Whoever left heads nothing. The very
 * same list where that is what the roster says.
 */
function withHeads(units: WorldDepartment[], members: readonly WorldPerson[]): WorldDepartment[] {
  const known = headed.get(units);
  if (known?.members === members) return known.departments;
  const departments = headedBy(units, members);
  headed.set(units, { members, departments });
  return departments;
}
const headed = new WeakMap<WorldDepartment[], { members: readonly WorldPerson[]; departments: WorldDepartment[] }>();

function headedBy(units: WorldDepartment[], members: readonly WorldPerson[]): WorldDepartment[] {
  const here = new Set(members.map(({ id }) => id));
  const byRole = new Map(
    members
      .filter(({ roles }) => roles.includes('head'))
      .map(({ id, department }) => [department, id] as const)
      .reverse(),
  );
  const headOf = ({ code, head }: WorldDepartment): string | null =>
    head !== null && here.has(head) ? head : (byRole.get(code) ?? null);
  if (units.every((unit) => headOf(unit) === unit.head)) return units;
  return units.map((unit) => Object.freeze({ ...unit, head: headOf(unit) }));
}

/** Units and sessions with the words the office added for them; the very same list where there are none. */
function alsoCalled<T extends { aliases?: string[] }>(
  things: T[],
  called: { kind: string; word: string; target: string }[],
  kind: string,
  isMeant: (thing: T, target: string) => boolean,
): T[] {
  const words = called.filter((one) => one.kind === kind);
  if (words.length === 0) return things;
  return things.map((thing) => {
    const more = words.filter(({ target }) => isMeant(thing, target)).map(({ word }) => word);
    return more.length === 0 ? thing : { ...thing, aliases: [...(thing.aliases ?? []), ...more] };
  });
}
