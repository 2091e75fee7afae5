import type { Sql } from '@prisma/client/runtime/client';
import { type Db, sealOf, type Tx } from './db.ts';
import { put } from './held.ts';
import { instantIn, join, lean, numberIn, padded, sql } from './lean.ts';

/** A letter on its way into the outbox: every column that `addLetters` writes. */
export interface OutboxRow {
  key: string;
  kind: string;
  address: string;
  text: string;
  buttons: string | null;
  paper: string | null;
  style: string | null;
  notBefore: Date;
}

/** Puts letters into the outbox, in the transaction of what they tell. */
export async function addLetters(tx: Tx, letters: OutboxRow[]): Promise<void> {
  for (const { key, kind, address, text, buttons, paper, style, notBefore } of letters) {
    const sealed = sealOf(tx).close(text);
    await put(tx, 'Outbox', { key, kind, address, text: sealed, buttons, paper, style, notBefore, tries: 0 });
  }
}

// A CASE looks through its list for every row.
const MOST_NAMED = 64;

/** A row that is to be delivered. */
export interface DueRow {
  id: number;
  key: string;
  kind: string;
  address: string;
  text: string;
  buttons: string | null;
  tries: number;
  style: string | null;
  notBefore: Date;
  broadcast: boolean;
}

const OF: Record<'all' | 'answers' | 'broadcasts', Sql> = {
  all: sql``,
  answers: sql`AND "broadcast" IS NULL`,
  broadcasts: sql`AND "broadcast"`,
};

/** One row as it is delivered. */
export type Row = Omit<DueRow, 'broadcast'>;

/** What is due in words, oldest first. */
export async function dueIn({ read, seal }: Db, of: keyof typeof OF, now: Date, most: number): Promise<DueRow[]> {
  const rows = await read((client) =>
    lean<DueRow>(
      client,
      sql`SELECT "id", "key", "kind", "address", "text", "buttons", "tries", "style", "notBefore", "broadcast" FROM "Outbox"
        WHERE "sentAt" IS NULL AND "parkedAt" IS NULL AND "paper" IS NULL AND "notBefore" <= ${now} ${OF[of]}
        ORDER BY "id" LIMIT ${most}`,
    ),
  );
  return rows.map(({ id, key, kind, address, text, buttons, tries, style, notBefore, broadcast }) => ({
    id: numberIn(id),
    key,
    kind,
    address,
    text: seal.open(text),
    buttons,
    tries: numberIn(tries),
    style,
    notBefore: instantIn(notBefore),
    broadcast: Boolean(broadcast),
  }));
}

/** A row that arrived, with what taking it back or changing its card needs. */
export interface Sent {
  id: number;
  msgid?: string | null;
  cardCode?: string | null;
}

/** Notes what arrived, all of it in a few statements. */
export async function noteSent(tx: Tx, sent: Sent[], at: Date): Promise<void> {
  const nameless = sent.filter(({ msgid }) => !msgid).map(({ id }) => id);
  if (nameless.length > 0)
    await lean(tx, sql`UPDATE "Outbox" SET "sentAt" = ${at} WHERE "id" IN (${join(padded(nameless))})`);
  const named = sent.filter(({ msgid }) => msgid);
  for (let from = 0; from < named.length; from += MOST_NAMED) {
    const some = padded(named.slice(from, from + MOST_NAMED));
    const msgids = some.map(({ id, msgid }) => sql`WHEN ${id} THEN ${msgid}`);
    const codes = some.map(({ id, cardCode }) => sql`WHEN ${id} THEN ${cardCode ?? null}`);
    await lean(
      tx,
      sql`UPDATE "Outbox" SET "sentAt" = ${at}, "msgid" = CASE "id" ${join(msgids, ' ')} END,
        "cardCode" = CASE "id" ${join(codes, ' ')} END WHERE "id" IN (${join(some.map(({ id }) => id))})`,
    );
  }
}
