/** The tables that understanding looks at in every message and that change far more rarely than messages come. */
const TABLES = [
  ...(['Department', 'Person', 'Session', 'Enterprise', 'Leave', 'Campaign', 'Synonym'] as const),
  ...(['Draft', 'ExamPaper', 'Setting', 'Membership'] as const),
];
export type WorldTable = (typeof TABLES)[number];
/** Tables that messages write all the time. Where others are not told of them, their counts hold within one transaction. */
const OWN_TABLES = ['SignIn', 'Question', 'AuditHead'] as const;
export type OwnTable = (typeof OWN_TABLES)[number];

// What says by its own values which items it writes: new ones, or one named by its code.
const ONE_ITEM = /^INSERT INTO\s+\S*LedgerItem|LedgerItem["`]\.["`]code["`] = (?:\?|\$\d+) AND 1=1\)/;
const MOST_REMEMBERED = 2000;

/**
 * Hears every statement on its way to the database and counts, table by table, what may have changed; of the ledger, which
 * grows to thousands of rows, it remembers the very items. It may count too much, never too little: what was read at one
 * count is still true while the count is the same.
 */
export class Changes {
  readonly #counts = new Map<WorldTable | OwnTable, number>();
  #everything = 0;
  #rollbacks = 0;
  #heard = 0;
  #elsewhere: unknown = null;
  /** codes of items that may have been written, oldest first; of the ones before `#forgotten` nothing is known */
  #items: string[] = [];
  #forgotten = 0;
  #begun = 0;

  heard(sql: string, values: readonly unknown[] = []): void {
    if (sql.startsWith('SELECT')) return;
    if (/^\s*ROLLBACK/i.test(sql)) this.#takenBack();
    for (const table of OWN_TABLES) if (sql.includes(table)) this.#count(table);
    for (const table of TABLES)
      if (sql.includes(table)) {
        this.#heard += 1;
        this.#count(table);
      }
    if (sql.includes('LedgerItem')) this.#countItems(sql, values);
  }

  #count(table: WorldTable | OwnTable): void {
    this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
  }

  #countItems(sql: string, values: readonly unknown[]): void {
    this.#heard += 1;
    const codes = values.filter((value) => typeof value === 'string');
    if (!ONE_ITEM.test(sql) || codes.length > MOST_REMEMBERED / 2) this.#forget();
    else this.#remember(codes);
  }

  #remember(codes: readonly string[]): void {
    this.#items.push(...codes);
    const tooMany = this.#items.length - MOST_REMEMBERED;
    if (tooMany > 0) {
      this.#items.splice(0, tooMany);
      this.#forgotten += tooMany;
    }
  }

  #forget(): void {
    this.#forgotten = this.itemsMark() + 1;
    this.#items = [];
  }

  /** What was written is not there any more; the items that were are what they had been. */
  #takenBack(): void {
    this.#everything += 1;
    this.#rollbacks += 1;
    if (this.#begun < this.#forgotten) this.#forget();
    else this.#remember(this.#items.slice(this.#begun - this.#forgotten));
  }

  /**
   * A transaction that writes begins: what a rollback may take back comes after this.
   * @param toldOfAll whether `elsewhere` told of whatever others wrote, of the tables of messages as well
   */
  begun(toldOfAll: boolean): void {
    this.#begun = this.itemsMark();
    if (!toldOfAll) for (const table of OWN_TABLES) this.#count(table);
  }

  /** Something changed that was not heard. */
  anything(): void {
    this.#everything += 1;
    this.#forget();
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

  count(table: WorldTable | OwnTable): string {
    return `${this.#everything}.${this.#counts.get(table) ?? 0}`;
  }

  /** Equal to an earlier one if nothing that understanding looks at can have changed since. */
  mark(): string {
    return `${this.#everything} ${this.#heard} ${this.itemsMark()} ${this.#rollbacks}`;
  }

  /** How often something was taken back: numbers that rows had may be given anew. */
  rollbacks(): number {
    return this.#rollbacks;
  }

  /** A point to ask from what happened to the ledger since. */
  itemsMark(): number {
    return this.#forgotten + this.#items.length;
  }

  /** The items that may have been written since a mark; null if it could be any. */
  itemsSince(mark: number): ReadonlySet<string> | null {
    return mark < this.#forgotten ? null : new Set(this.#items.slice(mark - this.#forgotten));
  }
}
