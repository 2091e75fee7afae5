import type { Tx } from './db.ts';

type ItemRow = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** What a record of study led to, or is to lead to. */
export interface LedTo {
  text: string;
  /** the ledger item it became; empty while it is not given out, and for a problem */
  item: ItemRow | null;
  kind: string;
  /** of a problem its number */
  id: number;
  /** 待同意: drafted, and whoever may give it out was asked */
  waits: boolean;
}

/** 待办 of a 座谈会, tied to its record from the beginning (R21); gives the link's number. */
export async function keepTodo(
  tx: Tx,
  { event, text, byId, at }: { event: number; text: string; byId: string; at: Date },
): Promise<number> {
  const { id } = await tx.studyLink.create({
    data: { fromKind: 'event', fromId: event, toKind: 'todo', text, byId, at },
  });
  return id;
}

const MARK = /[（(]\s*T(\d{1,6})\s*[）)]/i;
/** The words without the number of a record that stands in brackets: 「走访三家企业（T3）」. */
export const withoutMark = (text: string): string => text.replace(MARK, '');

/** Ties a matter to the 待办 it was given out for: the one of the draft, or the one its words name. */
export async function tieToRecord(
  tx: Tx,
  { link, text }: { link?: number | undefined; text: string },
  itemCode: string,
): Promise<void> {
  const event = Number(MARK.exec(text)?.[1] ?? 0);
  if (link === undefined && event === 0) return;
  const open = { toKind: 'todo', itemCode: null, undoneAt: null };
  const todos = await tx.studyLink.findMany({
    where: link === undefined ? { ...open, fromKind: 'event', fromId: event } : { ...open, id: link },
  });
  const todo =
    todos.find((one) => link !== undefined || text.includes(one.text)) ?? (todos.length === 1 ? todos[0] : null);
  if (todo) await tx.studyLink.update({ where: { id: todo.id }, data: { itemCode } });
}

/** The matter was taken back, so its 待办 is open again. */
export const untie = (tx: Tx, itemCode: string) =>
  tx.studyLink.updateMany({ where: { toKind: 'todo', itemCode }, data: { itemCode: null } });

/** 来源: the record of study a ledger item came out of (R20, R21); null where it came from elsewhere. */
export async function originOf(tx: Tx, itemCode: string) {
  const link = await tx.studyLink.findFirst({ where: { itemCode, fromKind: 'event', undoneAt: null } });
  const event = link && (await tx.studyEvent.findUnique({ where: { id: link.fromId } }));
  return event ? { id: event.id, kind: event.kind, date: event.date, byId: event.byId } : null;
}

/** Everything a record led to, in the order it was written down. */
export async function ledTo(tx: Tx, event: number): Promise<LedTo[]> {
  const links = await tx.studyLink.findMany({
    where: { fromKind: 'event', fromId: event, undoneAt: null },
    orderBy: { id: 'asc' },
  });
  const codes = links.flatMap(({ itemCode }) => itemCode ?? []);
  const items = await tx.ledgerItem.findMany({ where: { code: { in: codes } } });
  const asked = links.some(({ toKind, itemCode }) => toKind === 'todo' && !itemCode) ? await openDrafts(tx) : new Set();
  return links.map(({ id, text, toKind, itemCode }) => ({
    ...{ id, text, kind: toKind, waits: asked.has(id) },
    item: items.find(({ code }) => code === itemCode) ?? null,
  }));
}

/** The links of drafts that wait for a 同意. What they ask is sealed, so it is looked into after reading. */
async function openDrafts(tx: Tx): Promise<Set<unknown>> {
  const rows = await tx.question.findMany({
    where: { handler: 'ledger.assign', closedAt: null, byId: { not: null } },
    select: { command: true },
  });
  return new Set(rows.map(({ command }) => (JSON.parse(command) as { link?: number }).link));
}

/** Records of units in a month, oldest first. */
export const eventsIn = (tx: Tx, units: string[], month: string, kind?: string) =>
  tx.studyEvent.findMany({
    where: {
      ...{ departmentCode: { in: units }, undoneAt: null, date: { gte: `${month}-01`, lte: `${month}-31` } },
      ...(kind && { kind }),
    },
    orderBy: [{ date: 'asc' }, { id: 'asc' }],
  });
