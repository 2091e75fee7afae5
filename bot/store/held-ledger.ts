import type { Whose } from '#bot/domain/whose.ts';
import type { LedgerRow } from './ledger-row.ts';

/** What an item was, and what it is now; absent where it was not, or is not any more. */
export type Change = readonly [was: LedgerRow | undefined, is: LedgerRow | undefined];

const COLUMNS = ['departmentCode', 'ownerId', 'leaderId', 'parentCode'] as const;
type Column = (typeof COLUMNS)[number];
/** by what stands in the column, at which places, in order */
type Places = Map<string, number[]>;

const MOST_REMEMBERED = 200;

/**
 * The ledger in memory, by its numbers. A row is changed in its place, and whose it is is looked up: neither goes through
 * all the others, however many there are.
 */
export class HeldLedger {
  #rows: LedgerRow[];
  #places: Map<string, number>;
  /** somebody has the list, so it stays as it is */
  #given = false;
  readonly #by = new Map<Column, Places>();
  #changes: Change[] = [];
  #forgotten = 0;

  /** @param rows by their numbers */
  constructor(rows: LedgerRow[]) {
    this.#rows = rows;
    this.#places = placesOf(rows);
  }

  /** Every item by its number. The list stays as it is, whatever changes afterwards. */
  all(): readonly LedgerRow[] {
    this.#given = true;
    return this.#rows;
  }

  get(code: string): LedgerRow | undefined {
    return this.#rows[this.#places.get(code) ?? -1];
  }

  numbered(no: number): LedgerRow | undefined {
    const row = this.#rows[placeOf(this.#rows, no)];
    return row?.no === no ? row : undefined;
  }

  /** The items of somebody, each once, by their numbers. */
  of({ units, owners, leaders }: Whose): LedgerRow[] {
    return this.#at([
      ...units.map((unit) => this.#index('departmentCode').get(unit)),
      ...owners.map((owner) => this.#index('ownerId').get(owner)),
      ...leaders.map((leader) => this.#index('leaderId').get(leader)),
    ]);
  }

  /** The parts of an item, by their numbers (R44). */
  partsOf(code: string): LedgerRow[] {
    return this.#at([this.#index('parentCode').get(code)]);
  }

  #at(lists: (readonly number[] | undefined)[]): LedgerRow[] {
    const some = lists.flatMap((list) => (list ? [list] : []));
    const places = some.length < 2 ? (some[0] ?? []) : Uint32Array.from(new Set(some.flat())).sort();
    const rows: LedgerRow[] = [];
    for (const place of places) {
      const row = this.#rows[place];
      if (row) rows.push(row);
    }
    return rows;
  }

  /** How often it has changed. */
  get version(): number {
    return this.#forgotten + this.#changes.length;
  }

  /** What changed since a version, in order; null where that is not remembered. */
  since(version: number): readonly Change[] | null {
    return version < this.#forgotten ? null : this.#changes.slice(version - this.#forgotten);
  }

  /** Takes some items as they are now; those of which nothing was found are there no more. */
  take(codes: Iterable<string>, found: readonly LedgerRow[]): void {
    const fresh = new Map(found.map((row) => [row.code, row]));
    const added: LedgerRow[] = [];
    let isMoved = false;
    for (const code of codes) {
      const place = this.#places.get(code);
      const [was, is] = [this.#rows[place ?? -1], fresh.get(code)];
      if (!was && !is) continue;
      this.#remember([was, is]);
      if (place !== undefined && was && was.no === is?.no) this.#replace(place, was, is);
      else if (!was && is) added.push(is);
      else isMoved = true;
    }
    added.sort((one, other) => one.no - other.no);
    const [first] = added;
    if (isMoved || (first && first.no < (this.#rows.at(-1)?.no ?? first.no))) this.#order(fresh, new Set(codes));
    else for (const row of added) this.#append(row);
  }

  #remember(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length <= 2 * MOST_REMEMBERED) return;
    this.#changes.splice(0, MOST_REMEMBERED);
    this.#forgotten += MOST_REMEMBERED;
  }

  #own(): LedgerRow[] {
    if (this.#given) this.#rows = [...this.#rows];
    this.#given = false;
    return this.#rows;
  }

  #replace(place: number, was: LedgerRow, is: LedgerRow): void {
    this.#own()[place] = is;
    for (const [column, places] of this.#by) {
      if (was[column] === is[column]) continue;
      takeOut(places, was[column], place);
      putIn(places, is[column], place);
    }
  }

  #append(row: LedgerRow): void {
    const place = this.#own().push(row) - 1;
    this.#places.set(row.code, place);
    for (const [column, places] of this.#by) putIn(places, row[column], place);
  }

  /** What was taken out of the ledger or has another number moves all that stands behind it. */
  #order(fresh: ReadonlyMap<string, LedgerRow>, codes: ReadonlySet<string>): void {
    const stay = this.#rows.filter(({ code }) => !codes.has(code));
    this.#rows = [...stay, ...fresh.values()].sort((one, other) => one.no - other.no);
    this.#given = false;
    this.#places = placesOf(this.#rows);
    this.#by.clear();
  }

  #index(column: Column): Places {
    const known = this.#by.get(column);
    if (known) return known;
    const places: Places = new Map();
    for (const [place, row] of this.#rows.entries()) putIn(places, row[column], place);
    this.#by.set(column, places);
    return places;
  }
}

const placesOf = (rows: readonly LedgerRow[]) => new Map(rows.map(({ code }, place) => [code, place]));

/** Where in a list by numbers a number stands, or would stand. */
export function placeOf(rows: readonly { no: number }[], no: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.no ?? no) < no) from = middle + 1;
    else to = middle;
  }
  return from;
}

function putIn(places: Places, value: string | null, place: number): void {
  if (value === null) return;
  const list = places.get(value);
  if (!list) places.set(value, [place]);
  else if (place > (list.at(-1) ?? -1)) list.push(place);
  else
    list.splice(
      list.findIndex((one) => one > place),
      0,
      place,
    );
}

function takeOut(places: Places, value: string | null, place: number): void {
  const list = value === null ? undefined : places.get(value);
  const at = list?.indexOf(place) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}
