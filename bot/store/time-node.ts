import type { Day } from '#bot/calendar.ts';
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

/** The heads a node concerns, the one who speaks left out. */
export function headsOf({ scope }: Pick<TimeNodeRow, 'scope'>, { departments, members }: World, but: string): string[] {
  const units: string[] = JSON.parse(scope);
  const own = departments.filter(({ code }) => units.length === 0 || units.includes(code));
  const world = { departments, members } as World;
  return members
    .filter((one) => one.id !== but && own.some(({ code }) => isHeadOf(one, code, world)))
    .map(({ id }) => id);
}
