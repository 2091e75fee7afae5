import type { Whose } from '#bot/domain/whose.ts';
import type { Changes } from './changes.ts';
import { changesIn, type Tx } from './db.ts';
import { HeldLedger } from './held-ledger.ts';
import { type LedgerRow, readAll, readSome } from './ledger-row.ts';

export type { LedgerRow } from './ledger-row.ts';

interface Kept {
  ledger: HeldLedger;
  mark: number;
}
const keptFor = new WeakMap<Changes, Kept>();
// More are read as fast all at once.
const MOST_ANEW = 200;

/**
 * The ledger, held in the process: ten thousand items are read once, then only what was written; what did not change is the
 * very same object. Inside a transaction it shows what the transaction wrote.
 */
export async function keptLedger(tx: Tx): Promise<HeldLedger> {
  const changes = changesIn(tx);
  if (!changes) return new HeldLedger(await readAll(tx));
  const kept = keptFor.get(changes);
  const mark = changes.itemsMark();
  const touched = kept ? changes.itemsSince(kept.mark) : null;
  if (kept && touched && touched.size <= MOST_ANEW) {
    if (touched.size > 0) kept.ledger.take(touched, await readSome(tx, [...touched]));
    kept.mark = mark;
    return kept.ledger;
  }
  const ledger = new HeldLedger(await readAll(tx));
  keptFor.set(changes, { ledger, mark });
  return ledger;
}

/** Every item of the ledger by its number, ended ones too: for what is asked of all of them. */
export const ledgerRows = async (tx: Tx): Promise<readonly LedgerRow[]> => (await keptLedger(tx)).all();

/** The items of somebody by their numbers, ended ones too; all of them where it is nobody's in particular. */
export async function itemsOf(tx: Tx, whose: Whose | null): Promise<readonly LedgerRow[]> {
  const ledger = await keptLedger(tx);
  return whose ? ledger.of(whose) : ledger.all();
}

/** One item by its code, of the same ledger; undefined if there is none. */
export async function findItem(tx: Tx, code: string): Promise<LedgerRow | undefined> {
  if (!changesIn(tx)) return readSome(tx, [code]).then(([row]) => row);
  return (await keptLedger(tx)).get(code);
}

/** @throws if there is no such item */
export async function itemOf(tx: Tx, code: string): Promise<LedgerRow> {
  const item = await findItem(tx, code);
  if (!item) throw new Error(`no item ${code}`);
  return item;
}
