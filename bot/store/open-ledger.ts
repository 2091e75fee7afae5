import type { WorldItem } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { type Change, type HeldLedger, placeOf } from './held-ledger.ts';
import { keptLedger } from './kept-ledger.ts';
import type { LedgerRow } from './ledger-row.ts';

/** What understanding sees of the ledger: what was not ended, and of that nothing that changes with every report. */
export interface OpenLedger {
  ledger: WorldItem[];
  /** codes of what waits for its acceptance, by their numbers */
  acceptances: string[];
  of: HeldLedger;
  version: number;
}

const isOpen = (row: LedgerRow | undefined): row is LedgerRow => row !== undefined && row.endedAt === null;
const waits = (row: LedgerRow | undefined): row is LedgerRow =>
  isOpen(row) && row.completedAt !== null && row.acceptedAt === null;

const seen = ({ code, no, title, target, unit, department, leader, owner, deadline }: LedgerRow): WorldItem =>
  Object.freeze({ code, no, title, target, unit, department, leader, owner, deadline });

const SEEN = ['code', 'no', 'title', 'target', 'unit', 'department', 'leader', 'owner', 'deadline'] as const;
const looksAs = (one: WorldItem, other: WorldItem): boolean => SEEN.every((name) => one[name] === other[name]);

/** What is open now: the very same lists as long as nothing in them has changed. */
export async function openLedger(tx: Tx, before?: OpenLedger): Promise<OpenLedger> {
  const of = await keptLedger(tx);
  const { version } = of;
  const changes = before?.of === of ? of.since(before.version) : null;
  if (before && changes) return { ...after(before, changes), of, version };
  const open = of.all().filter(isOpen);
  return { ledger: open.map(seen), acceptances: open.filter(waits).map(({ code }) => code), of, version };
}

function after(before: OpenLedger, changes: readonly Change[]): Pick<OpenLedger, 'ledger' | 'acceptances'> {
  let { ledger, acceptances } = before;
  const own = (): WorldItem[] => {
    if (ledger === before.ledger) ledger = [...ledger];
    return ledger;
  };
  for (const [was, is] of changes) {
    if (isOpen(was) && isOpen(is) && was.no === is.no) {
      if (!looksAs(was, is)) own()[placeOf(ledger, is.no)] = seen(is);
    } else {
      if (isOpen(was)) own().splice(placeOf(ledger, was.no), 1);
      if (isOpen(is)) own().splice(placeOf(ledger, is.no), 0, seen(is));
    }
    if (waits(was) && waits(is) && was.no === is.no) continue;
    if (waits(was)) acceptances = acceptances.filter((code) => code !== was.code);
    if (waits(is)) acceptances = placed(acceptances, is, before.of);
  }
  return { ledger, acceptances };
}

/** By their numbers as well. */
function placed(codes: readonly string[], { code, no }: LedgerRow, of: HeldLedger): string[] {
  const at = codes.findIndex((one) => (of.get(one)?.no ?? no) > no);
  return at < 0 ? [...codes, code] : codes.toSpliced(at, 0, code);
}
