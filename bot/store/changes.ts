/** The tables that understanding looks at in every message and that change far more rarely than messages come. */
export type WorldTable = 'Department' | 'Person' | 'LedgerItem' | 'Session' | 'Enterprise' | 'Leave' | 'Campaign';
const TABLES: WorldTable[] = ['Department', 'Person', 'LedgerItem', 'Session', 'Enterprise', 'Leave', 'Campaign'];

/**
 * Hears every statement on its way to the database and counts, table by table, what may have changed. It may count too
 * much, never too little: what was read at one count is still true while the count is the same.
 */
export class Changes {
  readonly #counts = new Map<WorldTable, number>();
  #everything = 0;
  #dataVersion: unknown = null;

  heard(sql: string): void {
    if (sql.startsWith('SELECT')) return;
    // What was written is not there any more, and nobody remembers what it was.
    if (/^\s*ROLLBACK/i.test(sql)) this.anything();
    for (const table of TABLES) if (sql.includes(table)) this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
  }

  /** Something changed that was not heard. */
  anything(): void {
    this.#everything += 1;
  }

  /** Takes SQLite's own count of what other connections wrote, an import or a restore for instance. */
  elsewhere(dataVersion: unknown): void {
    if (dataVersion !== this.#dataVersion) this.anything();
    this.#dataVersion = dataVersion;
  }

  count(table: WorldTable): string {
    return `${this.#everything}.${this.#counts.get(table) ?? 0}`;
  }
}
