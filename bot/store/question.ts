import type { Tx } from './db.ts';

/** The rows that ask for this decision, oldest first. What they ask is sealed, so it is compared after reading. */
async function asking(tx: Tx, handler: string, input: object, where: object) {
  const rows = await tx.question.findMany({
    where: { handler, ...where },
    select: { id: true, personId: true, command: true },
    orderBy: { id: 'asc' },
  });
  const command = JSON.stringify(input);
  return rows.filter((row) => row.command === command);
}

/** Whether somebody was asked for this decision, answered or not. */
export const wasAsked = async (tx: Tx, intent: string, input: object, personId: string): Promise<boolean> =>
  (await asking(tx, intent, input, { personId })).length > 0;

/** Whether a decision of this kind on an item waits for somebody, whatever exactly is asked. */
export async function isAskedOf(tx: Tx, intent: string, item: string): Promise<boolean> {
  const where = { handler: intent, closedAt: null };
  const waiting = await tx.question.findMany({ where, select: { command: true } });
  return waiting.some(({ command }) => JSON.parse(command).item === item);
}

const CHANGES = ['ledger.decide_target', 'ledger.decide_extension', 'ledger.decide_milestone'];

/** Changes to items that somebody was asked for before an instant and has not decided on, of items that are still open (R47). */
export async function changesAsked(tx: Tx, before: Date) {
  const waiting = await tx.question.findMany({
    where: { handler: { in: CHANGES }, byId: { not: null }, closedAt: null, askedAt: { lt: before } },
    orderBy: { id: 'asc' },
    select: { personId: true, title: true, askedAt: true, command: true },
  });
  const asked = waiting.map((row) => ({ row, of: JSON.parse(row.command) as { item?: string; extension?: number } }));
  const extensions = await tx.extension.findMany({
    where: { id: { in: asked.flatMap(({ of }) => of.extension ?? []) } },
    select: { id: true, itemCode: true },
  });
  const extended = new Map(extensions.map(({ id, itemCode }) => [id, itemCode]));
  const codes = asked.map(({ row, of }) => ({ row, code: of.item ?? extended.get(of.extension ?? 0) ?? '' }));
  const open = await tx.ledgerItem.findMany({
    where: { code: { in: codes.map(({ code }) => code) }, acceptedAt: null, endedAt: null },
    select: { code: true },
  });
  const isOpen = new Set(open.map(({ code }) => code));
  return codes.filter(({ code }) => isOpen.has(code)).map(({ row }) => row);
}

/** Nothing is left to decide: a 同意 no longer means this request. Gives whether it was open. */
export async function closeRequest(tx: Tx, intent: string, input: object, at: Date): Promise<boolean> {
  const ids = (await asking(tx, intent, input, { closedAt: null })).map(({ id }) => id);
  if (ids.length > 0) await tx.question.updateMany({ where: { id: { in: ids } }, data: { closedAt: at } });
  return ids.length > 0;
}

/** The decision was taken back, so the request waits again: of whoever was asked more than once only the newest. */
export async function reopenRequest(tx: Tx, intent: string, input: object): Promise<void> {
  const rows = await asking(tx, intent, input, {});
  const ids = [...new Map(rows.map(({ id, personId }) => [personId, id])).values()];
  if (ids.length > 0) await tx.question.updateMany({ where: { id: { in: ids } }, data: { closedAt: null } });
}
