import type { Tx } from './db.ts';

/** The rows that ask for this decision. What they ask is sealed, so it is compared after reading. */
async function asking(tx: Tx, handler: string, input: object, where: object): Promise<number[]> {
  const rows = await tx.question.findMany({ where: { handler, ...where }, select: { id: true, command: true } });
  const command = JSON.stringify(input);
  return rows.flatMap((row) => (row.command === command ? [row.id] : []));
}

/** Whether somebody was asked for this decision, answered or not. */
export const wasAsked = async (tx: Tx, intent: string, input: object, personId: string): Promise<boolean> =>
  (await asking(tx, intent, input, { personId })).length > 0;

/** Nothing is left to decide: a 同意 no longer means this request. Gives whether it was open. */
export async function closeRequest(tx: Tx, intent: string, input: object, at: Date): Promise<boolean> {
  const ids = await asking(tx, intent, input, { closedAt: null });
  if (ids.length > 0) await tx.question.updateMany({ where: { id: { in: ids } }, data: { closedAt: at } });
  return ids.length > 0;
}

/** The decision was taken back, so the request waits again. */
export async function reopenRequest(tx: Tx, intent: string, input: object): Promise<void> {
  const ids = await asking(tx, intent, input, {});
  if (ids.length > 0) await tx.question.updateMany({ where: { id: { in: ids } }, data: { closedAt: null } });
}
