import type { Changes } from './changes.ts';
import { changesIn, type Tx } from './db.ts';
import { instantIn, join, lean, numberIn, padded, type Row, sql } from './lean.ts';

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** An item of the ledger as it is now, its people and unit also under the names that understanding has for them. */
export type LedgerRow = Readonly<Item & { department: string; leader: string | null; owner: string | null }>;

interface Kept {
  rows: readonly LedgerRow[];
  /** by code, where in `rows` it stands */
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
export const ledgerRows = async (tx: Tx): Promise<readonly LedgerRow[]> => (await keptLedger(tx)).rows;

/** One item by its code, of the same ledger; undefined if there is none. */
export async function findItem(tx: Tx, code: string): Promise<LedgerRow | undefined> {
  if (!changesIn(tx)) return readSome(tx, [code]).then(([row]) => row);
  const { rows, places } = await keptLedger(tx);
  return rows[places.get(code) ?? -1];
}

/** @throws if there is no such item */
export async function itemOf(tx: Tx, code: string): Promise<LedgerRow> {
  const item = await findItem(tx, code);
  if (!item) throw new Error(`no item ${code}`);
  return item;
}

type Held = Pick<Kept, 'rows' | 'places'>;

async function keptLedger(tx: Tx): Promise<Held> {
  const changes = changesIn(tx);
  if (!changes) return held(await readAll(tx));
  const kept = keptFor.get(changes);
  const mark = changes.itemsMark();
  const touched = kept ? changes.itemsSince(kept.mark) : null;
  if (kept && touched?.size === 0) return kept;
  const now = kept && touched && touched.size <= MOST_ANEW ? await readAnew(tx, kept, [...touched]) : null;
  const ledger = { ...(now ?? held(await readAll(tx))), mark };
  keptFor.set(changes, ledger);
  return ledger;
}

const held = (rows: LedgerRow[]): Held => ({
  rows: Object.freeze(rows),
  places: new Map(rows.map(({ code }, at) => [code, at])),
});

const readAll = async (tx: Tx): Promise<LedgerRow[]> =>
  (await lean(tx, sql`SELECT * FROM "LedgerItem" ORDER BY "no"`)).map(rowOf);

const readSome = async (tx: Tx, codes: string[]): Promise<LedgerRow[]> =>
  (await lean(tx, sql`SELECT * FROM "LedgerItem" WHERE "code" IN (${join(padded(codes))})`)).map(rowOf);

async function readAnew(tx: Tx, { rows, places }: Held, codes: string[]): Promise<Held> {
  const fresh = new Map((await readSome(tx, codes)).map((row) => [row.code, row]));
  const stays = codes.every((code) => {
    const place = places.get(code);
    return fresh.get(code)?.no === (place === undefined ? undefined : rows[place]?.no);
  });
  if (!stays)
    return held(
      [...rows.filter(({ code }) => !codes.includes(code)), ...fresh.values()].sort((one, other) => one.no - other.no),
    );
  const now = [...rows];
  for (const row of fresh.values()) now[places.get(row.code) ?? -1] = row;
  return { rows: Object.freeze(now), places };
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
