import { createHash } from 'node:crypto';
import type { Execution, Handler, Notification, TakenBack } from '#bot/handler.ts';
import type { Button } from '#bot/message.ts';
import { sealOf, type Tx } from '#bot/store/db.ts';
import { put } from '#bot/store/held.ts';
import { lean, sql } from '#bot/store/lean.ts';
import { recallWords } from './recall.ts';

const LIVES_MS = 10 * 60_000;

/** What can be taken back. */
export interface Deed {
  id: number;
  handler: string;
  memo: string;
  said: string;
  inboxKey: string;
}

/** Remembers what taking a deed back needs, and the words it was done for, so that the next can correct them. */
export async function keepDeed(
  { tx, actor, message }: Execution<unknown>,
  handler: Handler,
  memo: object,
  said: string,
): Promise<void> {
  const { close } = sealOf(tx);
  await put(tx, 'Deed', {
    personId: actor.id,
    handler: handler.name,
    memo: close(JSON.stringify(memo)),
    said: close(said),
    inboxKey: message.key,
    at: message.sentAt,
  });
}

const LONGEST_LABEL = 10;
const markOf = (inboxKey: string): string => createHash('sha256').update(inboxKey).digest('hex').slice(0, 12);

/** 撤销 as a button: it names the deed, so that a tap on an old card takes back no other. */
export const undoButton = (title: string, inboxKey: string): Button => ({
  label: `撤销${title}`.slice(0, LONGEST_LABEL),
  says: `撤销〔D${markOf(inboxKey)}〕`,
});
const NAMED = /^撤销〔D(?<mark>[0-9a-f]{12})〕$/;

/** Whether the words are such a button's, and whether its deed is still the one that 撤销 takes back. */
export async function undoNamed(tx: Tx, personId: string, now: Date, text: string): Promise<'last' | 'past' | null> {
  const mark = NAMED.exec(text)?.groups?.['mark'];
  if (mark === undefined) return null;
  const [deed] = await lastDeeds(tx, personId, now);
  return deed && markOf(deed.inboxKey) === mark ? 'last' : 'past';
}

/** What the actor did within the past ten minutes by the last message that did anything, in order. */
export async function lastDeeds(tx: Tx, personId: string, now: Date): Promise<Deed[]> {
  const since = new Date(now.getTime() - LIVES_MS);
  const where = { personId, undoneAt: null, at: { gte: since } };
  const [last] = await lean<{ inboxKey: string }>(
    tx,
    sql`SELECT "inboxKey" FROM "Deed" WHERE "personId" = ${personId} AND "undoneAt" IS NULL AND "at" >= ${since}
      ORDER BY "id" DESC LIMIT 1`,
  );
  return last ? tx.deed.findMany({ where: { ...where, inboxKey: last.inboxKey }, orderBy: { id: 'asc' } }) : [];
}

/** 撤销 (G11): the actor's last deed of the past ten minutes, unless somebody acted on it. */
export async function takeBack(execution: Execution<unknown>, handlers: readonly Handler[]): Promise<TakenBack> {
  const { actor, message, tx } = execution;
  const deed = (await lastDeeds(tx, actor.id, message.sentAt)).at(-1);
  const handler = handlers.find(({ name }) => name === deed?.handler);
  if (!deed || !handler?.undo) return { kind: 'nothing' };
  const undone = await undoDeed(deed, handler, execution);
  return undone ? { kind: 'undone', title: handler.title, ...undone } : { kind: 'acted-on', title: handler.title };
}

/** Takes one deed back and gives whom to tell and what stands now; null if somebody acted on it. */
export async function undoDeed(
  { id, memo, inboxKey }: Deed,
  handler: Handler,
  execution: Execution<unknown>,
): Promise<{ told: Notification[]; words: string } | null> {
  const undone = await handler.undo?.(JSON.parse(memo), execution);
  if (!undone) return null;
  const { tx, actor, message } = execution;
  await tx.deed.update({ where: { id }, data: { undoneAt: message.sentAt } });
  await recallWords(tx, inboxKey, actor.id, message.sentAt);
  if (undone === true) return { told: [], words: '' };
  return Array.isArray(undone) ? { told: undone, words: '' } : { told: undone.told ?? [], words: undone.words };
}
