import { sealOf, type Tx } from './db.ts';
import { join, lean, sql } from './lean.ts';

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

// A statement takes only so many values.
const MOST_AT_ONCE = 500;

/** Puts letters into the outbox, in the transaction of what they tell. */
export async function addLetters(tx: Tx, letters: OutboxRow[]): Promise<void> {
  for (let from = 0; from < letters.length; from += MOST_AT_ONCE)
    await addSome(tx, letters.slice(from, from + MOST_AT_ONCE));
}

async function addSome(tx: Tx, letters: OutboxRow[]): Promise<void> {
  const rows = letters.map(
    ({ key, kind, address, text, buttons, paper, style, notBefore }) =>
      sql`(${key}, ${kind}, ${address}, ${sealOf(tx).close(text)}, ${buttons}, ${paper}, ${style}, ${notBefore}, 0)`,
  );
  await lean(
    tx,
    sql`INSERT INTO "Outbox" ("key", "kind", "address", "text", "buttons", "paper", "style", "notBefore", "tries")
      VALUES ${join(rows)}`,
  );
}

/** A row that arrived, with what taking it back or changing its card needs. */
export interface Sent {
  id: number;
  msgid?: string | null;
  cardCode?: string | null;
}

/** Notes what arrived, all of it in two statements. */
export async function noteSent(tx: Tx, sent: Sent[], at: Date): Promise<void> {
  const nameless = sent.filter(({ msgid }) => !msgid).map(({ id }) => id);
  if (nameless.length > 0) await lean(tx, sql`UPDATE "Outbox" SET "sentAt" = ${at} WHERE "id" IN (${join(nameless)})`);
  const named = sent.filter(({ msgid }) => msgid);
  if (named.length === 0) return;
  const msgids = named.map(({ id, msgid }) => sql`WHEN ${id} THEN ${msgid}`);
  const codes = named.map(({ id, cardCode }) => sql`WHEN ${id} THEN ${cardCode ?? null}`);
  await lean(
    tx,
    sql`UPDATE "Outbox" SET "sentAt" = ${at}, "msgid" = CASE "id" ${join(msgids, ' ')} END,
      "cardCode" = CASE "id" ${join(codes, ' ')} END WHERE "id" IN (${join(named.map(({ id }) => id))})`,
  );
}
