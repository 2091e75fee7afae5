import type { Sql } from '@prisma/client/runtime/client';
import type { Tx } from './db.ts';
import { type Ask, join, lean, raw, sql } from './lean.ts';

// Each length makes a statement of its own, and a statement takes only so many values.
const MOST_AT_ONCE = 256;

interface Rows {
  columns: string;
  rows: Sql[];
}

/** What a table's one row is to be, and who hears that it is. */
interface Last {
  statement: Sql;
  written(): void;
}

/**
 * What a transaction will write and nobody asks the answer of: rows for several tables, and statements of which only the
 * last counts. They go to the database together, in as few statements as there are tables, before anything looks at one of
 * those tables and before the commit: a batch of fifty messages would else be told each of its lines by itself.
 */
export class Held {
  readonly #rows = new Map<string, Rows>();
  readonly #last = new Map<string, Last>();
  readonly #ask: Ask;
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Asks in the same transaction, once what the statement may look at is there. */
  readonly ask: Ask = (statement) =>
    this.#concerns(statement.sql) ? this.write().then(() => this.#ask(statement)) : this.#ask(statement);

  /** Writes a row later. */
  add(table: string, row: Record<string, unknown>): void {
    const columns = Object.keys(row)
      .map((name) => `"${name}"`)
      .join(', ');
    const known = this.#rows.get(table);
    if (known && known.columns !== columns) throw new Error(`rows of ${table} that differ in their columns`);
    const { rows }: Rows = known ?? { columns, rows: [] };
    rows.push(sql`(${join(Object.values(row))})`);
    if (!known) this.#rows.set(table, { columns, rows });
  }

  /** Says something of a table later, unless something newer is said of it first. */
  settle(table: string, last: Last): void {
    this.#last.set(table, last);
  }

  forget(): void {
    this.#rows.clear();
    this.#last.clear();
  }

  /** Writes what is held if a statement of somebody else in the transaction may look at it. */
  async before(statement: string): Promise<void> {
    if (this.#concerns(statement)) await this.write();
  }

  #concerns(statement: string): boolean {
    for (const table of this.#rows.keys()) if (statement.includes(table)) return true;
    for (const table of this.#last.keys()) if (statement.includes(table)) return true;
    return false;
  }

  /** Writes all that is held. */
  async write(): Promise<void> {
    const statements = [...this.#rows].flatMap(([table, rows]) => insertsOf(table, rows));
    const last = [...this.#last.values()];
    statements.push(...last.map(({ statement }) => statement));
    this.forget();
    // All at once: what is asked after this comes after all of them.
    await Promise.all(statements.map(this.#ask));
    for (const { written } of last) written();
  }
}

/** Powers of two, so that few statements are prepared for all the numbers there may be. */
function insertsOf(table: string, { columns, rows }: Rows): Sql[] {
  const statements: Sql[] = [];
  for (let from = 0; from < rows.length; ) {
    const length = Math.min(MOST_AT_ONCE, 2 ** Math.floor(Math.log2(rows.length - from)));
    statements.push(sql`INSERT INTO ${raw(`"${table}" (${columns})`)} VALUES ${join(rows.slice(from, from + length))}`);
    from += length;
  }
  return statements;
}

const heldIn = new WeakMap<object, Held>();

/** Lets what is put in this transaction wait for its end. */
export const holdIn = (tx: object, held: Held): void => void heldIn.set(tx, held);

/** Writes a row of which nobody asks what it is called: with others of its table, when something looks at it or at the end. */
export async function put(tx: Tx, table: string, row: Record<string, unknown>): Promise<void> {
  const known = heldIn.get(tx);
  const held = known ?? new Held((statement) => lean(tx, statement));
  held.add(table, row);
  if (!known) await held.write();
}

/**
 * Says what a table's one row is: only what was said last is written, when something looks at it or at the end.
 * @param known notes what it is now; called at once, and again when it was written, which counts as a change of the table
 */
export async function settle(tx: Tx, table: string, statement: Sql, known: () => void): Promise<void> {
  const held = heldIn.get(tx);
  if (held) held.settle(table, { statement, written: known });
  else await lean(tx, statement);
  known();
}

const SAVEPOINT = sql`SAVEPOINT one`;
const ROLLBACK = sql`ROLLBACK TO one`;
const RELEASE = sql`RELEASE one`;

/** Carries out `work` so that, if it throws, it alone is taken back; `failed` then notes what happened. */
export async function within(tx: Tx, work: () => Promise<void>, failed: (error: unknown) => Promise<void>) {
  const held = heldIn.get(tx);
  await held?.write();
  await lean(tx, SAVEPOINT);
  try {
    await work();
    await held?.write();
  } catch (error) {
    held?.forget();
    await lean(tx, ROLLBACK);
    await failed(error);
  }
  await lean(tx, RELEASE);
}
