/** The tables that understanding looks at in every message and that change far more rarely than messages come. */
const TABLES = [
  ...(['Department', 'Person', 'LedgerItem', 'Session', 'Enterprise', 'Leave', 'Campaign', 'Synonym'] as const),
  ...(['Draft', 'ExamPaper'] as const),
];
export type WorldTable = (typeof TABLES)[number];

/**
 * Hears every statement on its way to the database and counts, table by table, what may have changed. It may count too
 * much, never too little: what was read at one count is still true while the count is the same.
 */
export class Changes {
  readonly #counts = new Map<WorldTable, number>();
  #everything = 0;
  #heard = 0;
  #elsewhere: unknown = null;

  heard(sql: string): void {
    if (sql.startsWith('SELECT')) return;
    // What was written is not there any more, and nobody remembers what it was.
    if (/^\s*ROLLBACK/i.test(sql)) this.anything();
    for (const table of TABLES) if (sql.includes(table)) this.#count(table);
  }

  #count(table: WorldTable): void {
    this.#heard += 1;
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
  }

  /** Something changed that was not heard. */
  anything(): void {
    this.#everything += 1;
  }

  /** Takes the database's own count of what others wrote, an import or another instance for instance. */
  elsewhere(count: string): void {
    if (count !== this.#elsewhere) this.anything();
    this.#elsewhere = count;
  }

  /** Takes the database's count as this process is about to leave it: nobody else's change. */
  own(count: string): void {
    this.#elsewhere = count;
  }

  /** How much was heard of all tables; equal to an earlier figure if nothing was written to them since. */
  total(): number {
    return this.#heard;
  }

  count(table: WorldTable): string {
    return `${this.#everything}.${this.#counts.get(table) ?? 0}`;
  }
}
