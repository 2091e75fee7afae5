import type { Tx } from './db.ts';

const asked = (intent: string, input: object) => ({ handler: intent, command: JSON.stringify(input) });

/** Nothing is left to decide: a 同意 no longer means this request. */
export async function closeRequest(tx: Tx, intent: string, input: object, at: Date): Promise<void> {
  await tx.question.updateMany({ where: { ...asked(intent, input), closedAt: null }, data: { closedAt: at } });
}

/** The decision was taken back, so the request waits again. */
export async function reopenRequest(tx: Tx, intent: string, input: object): Promise<void> {
  await tx.question.updateMany({ where: asked(intent, input), data: { closedAt: null } });
}
