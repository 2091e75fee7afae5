import type { Tx } from './db.ts';

/** The next number in the ledger. */
export async function nextNo(tx: Tx): Promise<number> {
  const last = await tx.ledgerItem.findFirst({ select: { no: true }, orderBy: { no: 'desc' } });
  return (last?.no ?? 0) + 1;
}
