import type { Execution, Handler, TakenBack } from '#bot/handler.ts';
import type { Tx } from '#bot/store/db.ts';

const LIVES_MS = 10 * 60_000;

/** Remembers what taking a deed back needs. */
export async function keepDeed(tx: Tx, personId: string, handler: Handler, memo: object, at: Date): Promise<void> {
  await tx.deed.create({ data: { personId, handler: handler.name, memo: JSON.stringify(memo), at } });
}

/** 撤销 (G11): the actor's last deed of the past ten minutes, unless somebody acted on it. */
export async function takeBack(execution: Execution<unknown>, handlers: readonly Handler[]): Promise<TakenBack> {
  const { actor, message, tx } = execution;
  const since = new Date(message.sentAt.getTime() - LIVES_MS);
  const deed = await tx.deed.findFirst({
    where: { personId: actor.id, undoneAt: null, at: { gte: since } },
    orderBy: { id: 'desc' },
  });
  const handler = handlers.find(({ name }) => name === deed?.handler);
  if (!deed || !handler?.undo) return { kind: 'nothing' };
  const undone = await handler.undo(JSON.parse(deed.memo), execution);
  if (!undone) return { kind: 'acted-on', title: handler.title };
  await tx.deed.update({ where: { id: deed.id }, data: { undoneAt: message.sentAt } });
  return { kind: 'undone', title: handler.title, told: Array.isArray(undone) ? undone : [] };
}
