import type Database from 'better-sqlite3';

const MOST_KEPT = 500;
// Of more columns the driver makes a dictionary for each row: twice the time and several times the room.
const MOST_BY_DRIVER = 12;

/** A statement with how its rows are made. */
type Asked = Database.Statement & { rows(values: unknown[]): unknown[] };

function asked(statement: Database.Statement): Asked {
  const names = statement.reader ? statement.columns().map(({ name }) => name) : [];
  if (names.length <= MOST_BY_DRIVER)
    return Object.assign(statement, { rows: (values: unknown[]) => statement.all(values) });
  const none: Record<string, unknown> = JSON.parse(
    JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))),
  );
  const rowOf = (values: unknown[]): Record<string, unknown> => {
    const row = { ...none };
    for (let at = 0; at < names.length; at++) row[names[at] ?? ''] = values[at];
    return row;
  };
  statement.raw(true);
  return Object.assign(statement, { rows: (values: unknown[]) => (statement.all(values) as unknown[][]).map(rowOf) });
}

/** A prepared statement with its values; given each time, where the driver's own `bind` could be called only once. */
class Bound {
  readonly #statement: Database.Statement;
  #values: unknown[] = [];
  constructor(statement: Database.Statement) {
    this.#statement = statement;
  }
  get reader(): boolean {
    return this.#statement.reader;
  }
  bind(values: unknown[]): this {
    this.#values = values;
    return this;
  }
  run = (): Database.RunResult => this.#statement.run(this.#values);
  columns = (): Database.ColumnDefinition[] => this.#statement.columns();
  raw(): this {
    this.#statement.raw(true);
    return this;
  }
  all = (): unknown[] => this.#statement.all(this.#values);
}

/**
 * Keeps statements prepared: preparing one anew takes longer than most of them do.
 * @returns asks the database directly, with rows as objects.
 */
export function keepPrepared(database: Database.Database): (sql: string, values: unknown[]) => unknown[] {
  const prepare = database.prepare.bind(database);
  const bound = new Map<string, Bound>();
  const direct = new Map<string, Asked>();
  const kept = <T>(map: Map<string, T>, sql: string, make: () => T): T => {
    const known = map.get(sql);
    if (known) return known;
    const made = make();
    if (map.size < MOST_KEPT) map.set(sql, made);
    return made;
  };
  database.prepare = ((sql: string) => kept(bound, sql, () => new Bound(prepare(sql)))) as never;
  return (sql, values) => {
    const statement = kept(direct, sql, () => asked(prepare(sql)));
    if (statement.reader) return statement.rows(values);
    statement.run(values);
    return [];
  };
}
