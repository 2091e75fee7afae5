import type { Day } from '#bot/calendar.ts';
import { isSentBy } from '#bot/domain/month-calendar.ts';
import type { World } from '#bot/language/reading.ts';
import { isHeadOf } from '#bot/permission.ts';
import type { Tx } from './db.ts';
import { nextId } from './number.ts';

export type TimeNodeRow = NonNullable<Awaited<ReturnType<Tx['timeNode']['findUnique']>>>;
interface Told {
  date: Day;
  time: string;
  title: string;
}

export async function addNode(tx: Tx, told: Told & { scope: string[] }, byId: string, at: Date): Promise<TimeNodeRow> {
  const id = await nextId(tx.timeNode);
  return tx.timeNode.create({ data: { ...told, id, scope: JSON.stringify(told.scope), byId, at } });
}

/** The same on the same day, so that nothing stands there twice. */
export const sameNode = (tx: Tx, { date, title }: Told): Promise<TimeNodeRow | null> =>
  tx.timeNode.findFirst({ where: { date, title, endedAt: null } });

/** A node that stands; null if there is none of this number, or it was cancelled. */
export const nodeOf = (tx: Tx, id: number): Promise<TimeNodeRow | null> =>
  tx.timeNode.findFirst({ where: { id, endedAt: null } });

/** A node that stands as it was put in; null if it was cancelled or changed since. */
export async function nodeUnchanged(tx: Tx, id: number): Promise<TimeNodeRow | null> {
  const changes = await tx.timeNodeChange.count({ where: { nodeId: id } });
  return changes === 0 ? nodeOf(tx, id) : null;
}

/** Changes a node; what it was before stays beside it. */
export async function changeNode(tx: Tx, node: TimeNodeRow, told: Told, byId: string, at: Date): Promise<void> {
  const { date, time, title } = node;
  await tx.timeNodeChange.create({
    data: { nodeId: node.id, before: JSON.stringify({ date, time, title }), byId, at },
  });
  await tx.timeNode.update({ where: { id: node.id }, data: told });
}

export const endNode = (tx: Tx, id: number, at: Date | null) =>
  tx.timeNode.update({ where: { id }, data: { endedAt: at } });

/**
 * The heads who hear of what is done to a node: those of its units, once the calendar of one of the days it stood or stands on
 * was sent (J23); whoever does it is left out.
 */
export function headsToTell(
  { scope, days }: { scope: readonly string[]; days: readonly Day[] },
  { actor, message, world }: { actor: { id: string }; message: { sentAt: Date }; world: World },
): string[] {
  if (!days.some((day) => isSentBy(day, message.sentAt))) return [];
  const units = world.departments.filter(({ code }) => scope.length === 0 || scope.includes(code));
  return world.members
    .filter((one) => one.id !== actor.id && units.some(({ code }) => isHeadOf(one, code, world)))
    .map(({ id }) => id);
}

/** The units a node is for; none for all of them. */
export const scopeOf = ({ scope }: Pick<TimeNodeRow, 'scope'>): string[] => JSON.parse(scope);
