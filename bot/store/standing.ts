import { instantAt } from '#bot/calendar.ts';
import type { Tx } from './db.ts';
import { lean, sql } from './lean.ts';

/** What was told and accepted of items in a month up to an instant. */
export async function toldIn(tx: Tx, month: string, until: Date, codes: ReadonlySet<string>) {
  const rows = await lean<{ itemCode: string; kind: string }>(
    tx,
    sql`SELECT "itemCode", "kind" FROM "ItemFact"
      WHERE "kind" IN ('reported', 'corrected', 'applied', 'accepted')
        AND "at" >= ${instantAt(`${month}-01`, '00:00')} AND "at" <= ${until} AND "undoneAt" IS NULL`,
  );
  const [told, accepted] = [new Set<string>(), new Set<string>()];
  for (const { itemCode, kind } of rows) if (codes.has(itemCode)) (kind === 'accepted' ? accepted : told).add(itemCode);
  return { told: told.size, accepted: accepted.size };
}

/** The items of which anything was told between two instants. */
export async function toldOf(tx: Tx, from: Date, until: Date): Promise<Set<string>> {
  const rows = await lean<{ itemCode: string }>(
    tx,
    sql`SELECT "itemCode" FROM "ItemFact"
      WHERE "kind" IN ('reported', 'corrected', 'applied') AND "at" >= ${from} AND "at" <= ${until} AND "undoneAt" IS NULL`,
  );
  return new Set(rows.map(({ itemCode }) => itemCode));
}
