import { type Db, type PrismaClient, sealOf, type Tx } from './db.ts';
import { instantIn, join, lean, numberIn, padded, raw, sql } from './lean.ts';

export interface InboxRow {
  id: number;
  key: string;
  sender: string;
  /** sealed: most rows that are looked at have their turn another time */
  message: string;
  tries: number;
}

const WAITS = raw('"closedAt" IS NULL AND "parkedAt" IS NULL');
// So many of the oldest are looked at when they take turns, and of the newest for whoever sends too many.
const LOOKED_AT = 5000;

/**
 * Keeps messages that are not there yet, in one statement and so in one commit. Raw, since the client knows no "unless
 * it is there already" on SQLite; both databases understand this.
 * @returns the numbers of those that were not there, by their keys
 */
export async function keepNew(
  { append, seal }: Db,
  messages: { key: string; sender: string; message: string }[],
  receivedAt: Date,
): Promise<Map<string, number>> {
  const rows = messages.map(
    ({ key, sender, message }) => sql`(${key}, ${sender}, ${seal.close(message)}, ${receivedAt}, 0)`,
  );
  const kept = await append((client) =>
    lean<{ id: unknown; key: string }>(
      client,
      sql`INSERT INTO "Inbox" ("key", "sender", "message", "receivedAt", "tries")
        VALUES ${join(padded(rows))} ON CONFLICT ("key") DO NOTHING RETURNING "id", "key"`,
    ),
  );
  return new Map(kept.map(({ id, key }) => [key, numberIn(id)]));
}

/** When the oldest message that waits came, if any waits. */
export async function oldestOpen(client: Tx): Promise<Date | null> {
  const [row] = await lean(client, sql`SELECT "receivedAt" FROM "Inbox" WHERE ${WAITS} ORDER BY "id" LIMIT 1`);
  return row ? instantIn(row['receivedAt']) : null;
}

const rowsIn = async (tx: Tx, statement: Parameters<typeof lean>[1]): Promise<InboxRow[]> =>
  (await lean<InboxRow>(tx, statement)).map(({ id, key, sender, message, tries }) => {
    return { id: numberIn(id), key, sender, message, tries: numberIn(tries) };
  });

/** A kept message as it came. */
export const messageIn = (tx: Tx, row: InboxRow): unknown => JSON.parse(sealOf(tx).open(row.message));

/**
 * What comes next, at most `most`: in the order they came while they are few; else everybody's first, everybody's
 * second and so on, so that one who sends hundreds is waited for by nobody but himself. Of those whose turn it is, who had
 * one last time comes last: a batch may have been cut short.
 */
export async function nextOpen(tx: Tx, most: number, lastTime: ReadonlySet<string>): Promise<InboxRow[]> {
  const rows = await rowsIn(
    tx,
    sql`SELECT "id", "key", "sender", "message", "tries" FROM "Inbox"
      WHERE ${WAITS} ORDER BY "id" LIMIT ${most}`,
  );
  if (rows.length < most || new Set(rows.map(({ sender }) => sender)).size === rows.length) return rows;
  const turns = await lean(
    tx,
    sql`SELECT "id", "place" FROM (
      SELECT "id", row_number() OVER (PARTITION BY "sender" ORDER BY "id") AS "place" FROM (
        SELECT "id", "sender" FROM "Inbox" WHERE ${WAITS} ORDER BY "id" LIMIT ${LOOKED_AT}
      ) AS "oldest"
    ) AS "placed" ORDER BY "place", "id" LIMIT ${most}`,
  );
  const places = new Map(turns.map(({ id, place }) => [numberIn(id), numberIn(place)]));
  const rank = ({ id, sender }: InboxRow) => 2 * (places.get(id) ?? 0) + (lastTime.has(sender) ? 1 : 0);
  const chosen = await rowsIn(
    tx,
    sql`SELECT "id", "key", "sender", "message", "tries" FROM "Inbox"
      WHERE "id" IN (${join(padded([...places.keys()]))}) ORDER BY "id"`,
  );
  return chosen.sort((one, other) => rank(one) - rank(other));
}

/** Those who have more than `most` messages waiting, of the newest that wait: looking at all amid a flood would take its time. */
export async function floodingSenders(client: PrismaClient, most: number): Promise<Set<string>> {
  const groups = await lean<{ sender: string }>(
    client,
    sql`SELECT "sender" FROM (
        SELECT "sender" FROM "Inbox" WHERE ${WAITS} ORDER BY "id" DESC LIMIT ${LOOKED_AT}
      ) AS "newest" GROUP BY "sender" HAVING count(*) > ${most}`,
  );
  return new Set(groups.map(({ sender }) => sender));
}

/** Whether it still waits. */
export const isOpen = async (tx: Tx, id: number): Promise<boolean> =>
  (await tx.inbox.findFirst({ where: { id, closedAt: null, parkedAt: null }, select: { id: true } })) !== null;

/** The ids of what waits and was tried before. */
export const triedIds = async (client: Tx): Promise<number[]> =>
  (await lean(client, sql`SELECT "id" FROM "Inbox" WHERE ${WAITS} AND "tries" > 0`)).map(({ id }) => numberIn(id));

/** Notes that these are done with. */
export async function close(tx: Tx, ids: number[], at: Date): Promise<void> {
  if (ids.length > 0) await lean(tx, sql`UPDATE "Inbox" SET "closedAt" = ${at} WHERE "id" IN (${join(padded(ids))})`);
}
