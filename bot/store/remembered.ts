import type { Changes, OwnTable, WorldTable } from './changes.ts';
import { changesIn, type Tx } from './db.ts';

interface Kept {
  count: string;
  value: unknown;
}

const MOST_KEPT = 1000;
const lately = new WeakMap<Changes, Map<string, Kept>>();

/**
 * What was read of tables that change far more rarely than messages come; read anew once something in them may have
 * changed. Nobody may change what it gives.
 * @param name what is read, the same for the same
 */
export async function remembered<T>(
  tx: Tx,
  of: WorldTable | readonly WorldTable[],
  name: string,
  read: () => Promise<T>,
): Promise<T> {
  const changes = changesIn(tx);
  if (!changes) return read();
  const kept = lately.get(changes) ?? new Map<string, Kept>();
  lately.set(changes, kept);
  const count = [of]
    .flat()
    .map((table) => changes.count(table))
    .join(' ');
  const known = kept.get(name);
  if (known?.count === count) return known.value as T;
  const value = await read();
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, { count, value });
  return value;
}

/**
 * A figure of a table that messages write all the time, known from one to the next: after each write of one's own it is
 * said anew. From one transaction to the next it is known where the database counts what others write.
 */
export function openRunning<T>(table: OwnTable) {
  const running = new WeakMap<Changes, Map<string, Kept>>();
  return {
    /** What was said last, unless the table was written since, or something was taken back. */
    known(tx: Tx, name = ''): T | undefined {
      const changes = changesIn(tx);
      const kept = changes && running.get(changes)?.get(name);
      return kept?.count === changes?.count(table) ? (kept?.value as T | undefined) : undefined;
    },
    is(tx: Tx, value: T, name = ''): void {
      const changes = changesIn(tx);
      if (!changes) return;
      const kept = running.get(changes) ?? new Map<string, Kept>();
      if (kept.size >= MOST_KEPT) kept.clear();
      running.set(changes, kept.set(name, { count: changes.count(table), value }));
    },
  };
}
