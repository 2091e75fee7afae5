import { instantAt } from '#bot/calendar.ts';
import type { Tx } from './db.ts';
import { lean, sql } from './lean.ts';

/** What was told and accepted of items in a month up to an instant. */
export async function toldIn(tx: Tx, month: string, until: Date, codes: ReadonlySet<string>) {
  const rows = await lean<{ itemCode: string; accepted: unknown }>(
    tx,
    sql`SELECT DISTINCT "itemCode", "kind" = 'accepted' AS "accepted" FROM "ItemFact"
      WHERE "kind" IN ('reported', 'corrected', 'applied', 'accepted')
        AND "at" >= ${instantAt(`${month}-01`, '00:00')} AND "at" <= ${until} AND "undoneAt" IS NULL`,
  );
  const own = rows.filter(({ itemCode }) => codes.has(itemCode));
  const accepted = own.filter((row) => Boolean(row.accepted)).length;
  return { told: own.length - accepted, accepted };
}

/** The items of which anything was told between two instants. */
export async function toldOf(tx: Tx, from: Date, until: Date): Promise<Set<string>> {
  const rows = await lean<{ itemCode: string }>(
    tx,
    sql`SELECT DISTINCT "itemCode" FROM "ItemFact"
      WHERE "kind" IN ('reported', 'corrected', 'applied') AND "at" >= ${from} AND "at" <= ${until} AND "undoneAt" IS NULL`,
  );
  return new Set(rows.map(({ itemCode }) => itemCode));
}
