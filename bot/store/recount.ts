import { grouped } from '#bot/domain/grouped.ts';
import { bornAs, fold, type ItemState, withSum } from '#bot/domain/item-state.ts';
import type { Tx } from './db.ts';
import { differs } from './facts.ts';

const AT_ONCE = 500;

/** A column of an item that says otherwise than its history. */
export interface Difference {
  code: string;
  column: keyof ItemState;
  kept: unknown;
  recounted: unknown;
}

/**
 * Recomputes every item from its facts, the parents from their parts, and compares with what is kept beside them. A few
 * hundred at a time, so a ledger of any size is gone through in little memory.
 */
export async function recount(tx: Tx): Promise<{ items: number; facts: number; differences: Difference[] }> {
  const result = { items: 0, facts: 0, differences: [] as Difference[] };
  for (let after = ''; ; ) {
    const items = await tx.ledgerItem.findMany({
      where: { code: { gt: after } },
      orderBy: { code: 'asc' },
      take: AT_ONCE,
    });
    const last = items.at(-1);
    if (!last) return result;
    after = last.code;
    const codes = items.map(({ code }) => code);
    const facts = await tx.itemFact.findMany({ where: { itemCode: { in: codes } }, orderBy: { id: 'asc' } });
    const parts = await tx.ledgerItem.findMany({ where: { parentCode: { in: codes } } });
    const factsOf = grouped(facts, ({ itemCode }) => itemCode);
    const partsOf = grouped(parts, ({ parentCode }) => parentCode);
    for (const item of items) {
      const state = withSum(fold(bornAs(item), factsOf.get(item.code) ?? []), partsOf.get(item.code));
      for (const column of differs(item, state))
        result.differences.push({ code: item.code, column, kept: item[column], recounted: state[column] });
    }
    result.items += items.length;
    result.facts += facts.length;
  }
}
