import type { Changes } from './changes.ts';
import { changesIn, type Tx } from './db.ts';
import { instantIn, join, lean, numberIn, type Row, sql } from './lean.ts';

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** An item of the ledger as it is now, its people and unit also under the names that understanding has for them. */
export type LedgerRow = Readonly<Item & { department: string; leader: string | null; owner: string | null }>;

interface Kept {
  rows: readonly LedgerRow[];
  places: ReadonlyMap<string, number>;
  mark: number;
}
const keptFor = new WeakMap<Changes, Kept>();
// More are read as fast all at once.
const MOST_ANEW = 200;

/**
 * Every item of the ledger by its number, ended ones too. Held in the process: ten thousand are read once, then only what
 * was written; what did not change is the very same object. Inside a transaction it shows what the transaction wrote.
 */
export async function ledgerRows(tx: Tx): Promise<readonly LedgerRow[]> {
  const changes = changesIn(tx);
  if (!changes) return readAll(tx);
  const kept = keptFor.get(changes);
  const mark = changes.itemsMark();
  const touched = kept ? changes.itemsSince(kept.mark) : null;
  if (kept && touched?.size === 0) return kept.rows;
  const rows =
    kept && touched && touched.size <= MOST_ANEW ? await readAnew(tx, kept, [...touched]) : await readAll(tx);
  const inPlace = kept?.rows.length === rows.length && rows.every(({ code }, at) => kept.rows[at]?.code === code);
  const places = inPlace ? kept.places : new Map(rows.map(({ code }, at) => [code, at]));
  keptFor.set(changes, { rows: Object.freeze(rows), places, mark });
  return rows;
}

async function readAll(tx: Tx): Promise<LedgerRow[]> {
  return (await lean(tx, sql`SELECT * FROM "LedgerItem" ORDER BY "no"`)).map(rowOf);
}

async function readAnew(tx: Tx, { rows, places }: Kept, codes: string[]): Promise<LedgerRow[]> {
  const found = await lean(tx, sql`SELECT * FROM "LedgerItem" WHERE "code" IN (${join(codes)})`);
  const fresh = new Map(found.map(rowOf).map((row) => [row.code, row]));
  const stays = codes.every((code) => {
    const place = places.get(code);
    return fresh.get(code)?.no === (place === undefined ? undefined : rows[place]?.no);
  });
  if (!stays)
    return [...rows.filter(({ code }) => !codes.includes(code)), ...fresh.values()].sort(
      (one, other) => one.no - other.no,
    );
  const now = [...rows];
  for (const row of fresh.values()) now[places.get(row.code) ?? -1] = row;
  return now;
}

const INSTANTS = ['acceptedAt', 'completedAt', 'updatedAt', 'endedAt'] as const;

/** A row as the driver gives it, in the shape the client would have given it. */
function rowOf(raw: Row): LedgerRow {
  const row = raw as unknown as Record<keyof LedgerRow, unknown>;
  for (const name of INSTANTS) if (row[name] !== null) row[name] = instantIn(row[name]);
  row.no = numberIn(row.no);
  row.split = Boolean(row.split);
  row.byHand = Boolean(row.byHand);
  [row.department, row.leader, row.owner] = [row.departmentCode, row.leaderId, row.ownerId];
  return Object.freeze(row) as unknown as LedgerRow;
}
