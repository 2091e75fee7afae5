import type { Tx } from './db.ts';

/** The next number in the ledger. */
export async function nextNo(tx: Tx): Promise<number> {
  const last = await tx.ledgerItem.findFirst({ select: { no: true }, orderBy: { no: 'desc' } });
  return (last?.no ?? 0) + 1;
}

/** The next number in the ledger and of its kind (J-1, ZB-1); a code once given is not given again. */
export async function nextItem(tx: Tx, prefix: string): Promise<{ code: string; no: number }> {
  const items = await tx.ledgerItem.findMany({ select: { code: true, no: true } });
  const given = await tx.assignment.findMany({ select: { itemCode: true } });
  const codes = [...items.map(({ code }) => code), ...given.map(({ itemCode }) => itemCode)];
  const numbers = codes.flatMap((code) => (code.startsWith(prefix) ? [Number(code.slice(prefix.length)) || 0] : []));
  return { code: `${prefix}${Math.max(0, ...numbers) + 1}`, no: Math.max(0, ...items.map(({ no }) => no)) + 1 };
}
