import type { Fact } from '#bot/domain/item-state.ts';
import { inBatches } from './batches.ts';
import type { Tx } from './db.ts';
import { instantIn, join, lean, numberIn, padded, sql } from './lean.ts';

export type ItemFact = Fact & { itemCode: string };

/**
 * What happened to items, item by item, oldest first; what was taken back and the taking back as well.
 * @param until facts of later are left out
 */
export async function factsOf(tx: Tx, codes: readonly string[], until?: Date): Promise<ItemFact[]> {
  const within = until ? sql`AND "at" <= ${until}` : sql``;
  const rows = await inBatches(codes, (some) =>
    lean<ItemFact>(
      tx,
      sql`SELECT "id", "itemCode", "kind", "at", "note", "quantity", "percent", "target", "day", "other", "ownerId", "undoes"
        FROM "ItemFact" WHERE "itemCode" IN (${join(padded(some))}) ${within} ORDER BY "itemCode", "id"`,
    ),
  );
  return rows.map((row) => ({
    ...row,
    ...{ id: numberIn(row.id), at: instantIn(row.at), undoes: row.undoes == null ? null : numberIn(row.undoes) },
  }));
}
