import type { Tx } from './db.ts';
import { instantIn, join, lean, numberIn, padded, type Row, sql } from './lean.ts';

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** An item of the ledger as it is now, its people and unit also under the names that understanding has for them. */
export type LedgerRow = Readonly<Item & { department: string; leader: string | null; owner: string | null }>;

// What the driver gives of a row is several times as large as what is kept of it.
const AT_ONCE = 1000;
const LEAST_NO = -(2 ** 31);

/** Every item by its number. */
export async function readAll(tx: Tx): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  const once = sharing();
  for (let last = LEAST_NO; ; ) {
    const some = await lean(tx, sql`SELECT * FROM "LedgerItem" WHERE "no" > ${last} ORDER BY "no" LIMIT ${AT_ONCE}`);
    for (const raw of some) rows.push(rowOf(raw, once));
    if (some.length < AT_ONCE) return rows;
    last = rows.at(-1)?.no ?? last;
  }
}

/** Those of some items that there are, in any order. */
export async function readSome(tx: Tx, codes: readonly string[]): Promise<LedgerRow[]> {
  const once = sharing();
  const rows = await lean(tx, sql`SELECT * FROM "LedgerItem" WHERE "code" IN (${join(padded([...codes]))})`);
  return rows.map((raw) => rowOf(raw, once));
}

/** Gives what was given before for the same value: of thousands of items many have the same unit, people, days and instants. */
interface Sharing {
  text<Text extends string | null>(text: Text): Text;
  instant(value: unknown): Date | null;
}

function sharing(): Sharing {
  const texts = new Map<string, string>();
  const instants = new Map<unknown, Date>();
  const shared = <Key, Value>(known: Map<Key, Value>, key: Key, value: () => Value): Value => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = value();
    known.set(key, made);
    return made;
  };
  return {
    text: (text) => (text === null ? text : (shared(texts, text, () => text) as typeof text)),
    instant: (value) => (value === null ? null : shared(instants, value, () => instantIn(value))),
  };
}

/**
 * A row as the driver gives it, in the shape the client would have given it. Named one by one: an object that is put together
 * in a loop, as the driver's are, takes three times the room and twice the time of whoever looks through all of them.
 */
function rowOf(raw: Row, { text, instant }: Sharing): LedgerRow {
  const row = raw as unknown as Item;
  const [departmentCode, leaderId, ownerId] = [text(row.departmentCode), text(row.leaderId), text(row.ownerId)];
  return Object.freeze({
    code: row.code,
    no: numberIn(row.no),
    level: text(row.level),
    category: text(row.category),
    title: row.title,
    target: row.target,
    unit: text(row.unit),
    departmentCode,
    leaderId,
    ownerId,
    deadline: text(row.deadline),
    firstTarget: row.firstTarget,
    firstDeadline: text(row.firstDeadline),
    startOn: text(row.startOn),
    openedOn: text(row.openedOn),
    parentCode: text(row.parentCode),
    split: Boolean(row.split),
    byHand: Boolean(row.byHand),
    percent: row.percent,
    quantity: row.quantity,
    acceptedAt: instant(row.acceptedAt),
    completedAt: instant(row.completedAt),
    updatedAt: instant(row.updatedAt),
    endedAt: instant(row.endedAt),
    setLight: text(row.setLight),
    setLightWhy: row.setLightWhy,
    setLightUntil: text(row.setLightUntil),
    remark: row.remark,
    milestones: row.milestones,
    nextMilestone: text(row.nextMilestone),
    evidence: text(row.evidence),
    comparator: text(row.comparator),
    source: text(row.source),
    measure: row.measure,
    fault: text(row.fault),
    department: departmentCode,
    leader: leaderId,
    owner: ownerId,
  });
}
