import { dayOf } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { bornAs, fold, type ItemState, isSum, withSum } from '#bot/domain/item-state.ts';
import { holdsOf, type Whose } from '#bot/domain/whose.ts';
import type { Changes } from './changes.ts';
import { changesIn, type Tx } from './db.ts';
import type { HeldLedger } from './held-ledger.ts';
import { factsOf } from './item-facts.ts';
import { keptLedger, type LedgerRow } from './kept-ledger.ts';
import { instantIn, lean, numberIn, sql } from './lean.ts';

/** How the items that changed since an instant stood at it. */
interface Past {
  states: Map<string, Stood>;
  /** their codes by what stood in a column then; looked through when somebody's items are asked for first */
  by: Map<Column, Map<string | null, string[]>>;
  /** the newest fact that was looked at */
  lastFact: number;
  rollbacks: number;
}
type Column = 'departmentCode' | 'ownerId' | 'parentCode';
const pasts = new WeakMap<Changes, Map<number, Past>>();
// The ends of the last months are asked for again and again.
const MOST_KEPT = 6;

/**
 * The ledger as it stood at an instant: whatever happened since is folded away again, item by item.
 * @param whose whose items, as it was then; what came into the ledger later is left out
 */
export async function itemsAsOf(tx: Tx, at: Date, whose: Whose | null = null): Promise<LedgerRow[]> {
  const day = dayOf(at);
  const ledger = await keptLedger(tx);
  const past = await pastAt(tx, at, ledger);
  const stoodOf = (item: LedgerRow): LedgerRow | null =>
    item.openedOn !== null && item.openedOn > day ? null : (past.states.get(item.code)?.of(item) ?? item);
  // What moved since is looked for where it was then; nobody is led by another through what happens to an item.
  const moved = (column: Column, keys: readonly string[]): LedgerRow[] =>
    keys.flatMap((key) => codesBy(past, column).get(key) ?? []).flatMap((code) => ledger.get(code) ?? []);
  const some = whose
    ? together(ledger.of(whose), [...moved('departmentCode', whose.units), ...moved('ownerId', whose.owners)])
    : ledger.all();
  // A part that ended still counts in the sum of its parent for what it had reached (R53).
  const partsOf = (code: string): LedgerRow[] =>
    together(ledger.partsOf(code), moved('parentCode', [code])).flatMap((part) => {
      const stood = stoodOf(part);
      return stood?.parentCode === code ? [stood] : [];
    });
  const holds = holdsOf(whose);
  const then: LedgerRow[] = [];
  for (const item of some) {
    const stood = stoodOf(item);
    if (!stood || (stood.endedAt !== null && stood.endedAt <= at)) continue;
    if (holds(stood)) then.push(isSum(stood) ? withSum(stood, partsOf(stood.code)) : stood);
  }
  return then;
}

/** Both, each once, by their numbers. */
const together = (some: readonly LedgerRow[], more: readonly LedgerRow[]): readonly LedgerRow[] =>
  more.length === 0 ? some : [...new Set([...some, ...more])].sort((one, other) => one.no - other.no);

function codesBy({ states, by }: Past, column: Column): Map<string | null, string[]> {
  const known = by.get(column);
  if (known) return known;
  const codes = grouped([...states.keys()], (code) => states.get(code)?.state[column] ?? null);
  by.set(column, codes);
  return codes;
}

/** The state of an item at an instant, and the item with it: of the same item the same object. */
class Stood {
  readonly state: ItemState;
  #now: LedgerRow | null = null;
  #then: LedgerRow | null = null;
  constructor(state: ItemState) {
    this.state = state;
  }
  of(item: LedgerRow): LedgerRow {
    if (this.#now === item && this.#then) return this.#then;
    const { state } = this;
    this.#now = item;
    this.#then = { ...item, ...state, department: state.departmentCode, owner: state.ownerId };
    return this.#then;
  }
}

/** What was once worked out about an instant stays true but for facts that come after and yet lie before it. */
async function pastAt(tx: Tx, at: Date, ledger: HeldLedger): Promise<Past> {
  const changes = changesIn(tx);
  const kept = changes ? (pasts.get(changes) ?? new Map<number, Past>()) : new Map<number, Past>();
  if (changes) pasts.set(changes, kept);
  const rollbacks = changes?.rollbacks() ?? 0;
  const known = kept.get(at.getTime());
  const past = known?.rollbacks === rollbacks ? known : { states: new Map(), by: new Map(), lastFact: 0, rollbacks };
  const touched = past.lastFact === 0 ? await touchedSince(tx, at) : await touchedAnew(tx, at, past);
  const [last] = await lean(tx, sql`SELECT MAX("id") AS "id" FROM "ItemFact"`);
  past.lastFact = numberIn(last?.id ?? 0);
  if (touched.length > 0) {
    const facts = grouped(await factsOf(tx, touched, at), ({ itemCode }) => itemCode);
    for (const code of touched) {
      const item = ledger.get(code);
      if (item) past.states.set(code, new Stood(fold(bornAs(stateOf(item)), facts.get(code) ?? [])));
    }
  }
  if (touched.length > 0) past.by.clear();
  // Nothing happened since, as is so of the present moment: nothing to keep.
  if (past.states.size > 0) keep(kept, at.getTime(), past);
  return past;
}

function keep(kept: Map<number, Past>, at: number, past: Past): void {
  kept.delete(at);
  kept.set(at, past);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest);
}

async function touchedSince(tx: Tx, at: Date): Promise<string[]> {
  const rows = await lean<{ itemCode: string }>(tx, sql`SELECT "itemCode" FROM "ItemFact" WHERE "at" > ${at}`);
  return [...new Set(rows.map(({ itemCode }) => itemCode))];
}

// What an item had before its first change of hands stands nowhere but in the item itself.
const CHANGES_HANDS = new Set(['handed', 'defined', 'undone']);

/** Of the facts that are new, those of items not touched before, those that change hands, and those that lie before the instant after all. */
async function touchedAnew(tx: Tx, at: Date, { states, lastFact }: Past): Promise<string[]> {
  const rows = await lean<{ itemCode: string; kind: string; at: unknown }>(
    tx,
    sql`SELECT "itemCode", "kind", "at" FROM "ItemFact" WHERE "id" > ${lastFact}`,
  );
  const anew = rows.filter(
    ({ itemCode, kind, at: when }) => !states.has(itemCode) || CHANGES_HANDS.has(kind) || instantIn(when) <= at,
  );
  return [...new Set(anew.map(({ itemCode }) => itemCode))];
}

/** Only what facts decide, so that nothing else of the present stands in for the past. */
const stateOf = (item: LedgerRow): ItemState => ({
  target: item.target,
  deadline: item.deadline,
  firstTarget: item.firstTarget,
  firstDeadline: item.firstDeadline,
  departmentCode: item.departmentCode,
  ownerId: item.ownerId,
  parentCode: item.parentCode,
  split: item.split,
  byHand: item.byHand,
  quantity: item.quantity,
  percent: item.percent,
  completedAt: item.completedAt,
  acceptedAt: item.acceptedAt,
  updatedAt: item.updatedAt,
  endedAt: item.endedAt,
  setLight: item.setLight,
  setLightWhy: item.setLightWhy,
  setLightUntil: item.setLightUntil,
  milestones: item.milestones,
  nextMilestone: item.nextMilestone,
});
