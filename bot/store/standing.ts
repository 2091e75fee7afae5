import { instantAt } from '#bot/calendar.ts';
import { inBatches } from './batches.ts';
import type { Tx } from './db.ts';
import { join, lean, padded, sql } from './lean.ts';

const TOLD = ['reported', 'corrected', 'applied', 'accepted'];
// Of so many the histories are looked at one by one; of more it is faster to hear of the whole month.
const FEW = 500;

/** Of how many items something was told in a month up to an instant, and how many were accepted. */
export async function toldIn(tx: Tx, month: string, until: Date, items: readonly { code: string }[]) {
  const within = sql`"at" >= ${instantAt(`${month}-01`, '00:00')} AND "at" <= ${until} AND "undoneAt" IS NULL`;
  const ask = (whose: typeof within) =>
    lean<{ itemCode: string; kind: string }>(
      tx,
      sql`SELECT "itemCode", "kind" FROM "ItemFact" WHERE ${whose} AND ${within}`,
    );
  const codes = items.map(({ code }) => code);
  const rows =
    codes.length > FEW
      ? await ask(sql`"kind" IN (${join(TOLD)})`)
      : // The kinds would lead to all that was told in the month.
        await inBatches(codes, (some) => ask(sql`"itemCode" IN (${join(padded(some))})`));
  const [told, accepted] = [new Set<string>(), new Set<string>()];
  for (const { itemCode, kind } of rows)
    if (kind === 'accepted') accepted.add(itemCode);
    else if (TOLD.includes(kind)) told.add(itemCode);
  const countIn = (some: ReadonlySet<string>): number =>
    codes.reduce((count, code) => count + Number(some.has(code)), 0);
  return { told: countIn(told), accepted: countIn(accepted) };
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
