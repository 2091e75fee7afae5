import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import { type Button, type InboundMessage, inboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { type CardPlace, cardOf, type DrawnCard } from '#bot/wecom/card.ts';
import type { WecomClient } from '#bot/wecom/client.ts';
import { WecomError } from '#bot/wecom/error.ts';
import { cardName } from './tap.ts';
import { splitText } from './text.ts';

const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_REPLY_BYTES = 20_480;
const ALREADY_ANSWERED = 846_606;
const CODE_SPENT = 60_140;

/** One row of the outbox as it is delivered. */
export interface Row {
  id: number;
  key: string;
  kind: string;
  address: string;
  text: string;
  buttons: string | null;
  tries: number;
}
/** What delivering takes: the platform, and where to note what became of it. */
export interface Delivery {
  db: Db;
  clock: Clock;
  wecom: WecomClient;
  log: Logger;
  markSent(id: number): Promise<void>;
}

/** Several rows as one message, numbered. */
export const merged = (rows: { text: string }[]): string =>
  rows.length === 1 ? (rows[0]?.text ?? '') : rows.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');

/** How many messages the rows become. */
export function partsOf(rows: Row[]): number {
  const [first] = rows;
  const drawn = first && rows.length === 1 && first.kind === 'user' ? drawnFrom(first, 'app') : null;
  if (drawn) return 1 + (drawn.before === null ? 0 : splitText(drawn.before).length);
  return splitText(merged(rows)).length;
}

function drawnFrom(row: Row, place: CardPlace): DrawnCard | null {
  const buttons: Button[] = row.buttons ? JSON.parse(row.buttons) : [];
  return cardOf(row.text, buttons, cardName(row), place);
}

/** Delivers rows for one address as one message. A failure is noted for another try, a permanent one parked. */
export async function deliver(rows: Row[], delivery: Delivery): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { wecom } = delivery;
  try {
    if (first.kind === 'reply') return await reply(first, delivery);
    if (first.kind === 'card') await change(first, wecom);
    else if (first.kind === 'group')
      for (const part of splitText(merged(rows))) await wecom.sendToGroup(first.address, part);
    else await toMember(rows, first, wecom);
    await Promise.all(rows.map(({ id }) => delivery.markSent(id)));
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    await postpone(rows, first, error, delivery);
  }
}

async function toMember(rows: Row[], first: Row, wecom: WecomClient): Promise<void> {
  const drawn = rows.length === 1 ? drawnFrom(first, 'app') : null;
  const text = drawn ? drawn.before : merged(rows);
  for (const [index, part] of (text === null ? [] : splitText(text)).entries())
    await wecom.sendText(first.address, part, first.id * 10 + index);
  if (drawn) await wecom.sendCard(first.address, drawn.card, first.id * 10 + 9);
}

/** A card that was changed already, or is too old for it, needs no change: a tap on it is told so. */
async function change(row: Row, wecom: WecomClient): Promise<void> {
  const [userid = '', code = ''] = row.address.split(' ');
  try {
    await wecom.closeCard(userid, code, row.text);
  } catch (error) {
    if (!(error instanceof WecomError) || error.errcode !== CODE_SPENT) throw error;
  }
}

async function postpone(rows: Row[], first: Row, error: WecomError, { db, clock, log }: Delivery): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const tries = first.tries + 1;
  const parked = !error.retryable || tries >= MOST_TRIES;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** first.tries, LONGEST_PAUSE_MS);
  log.warn({ outboxIds: ids, errcode: error.errcode, parked }, 'delivery failed');
  const notBefore = new Date(clock.now().getTime() + pause);
  const data = { tries, error: String(error.errcode), notBefore, parkedAt: parked ? clock.now() : null };
  await db.write((tx) => tx.outbox.updateMany({ where: { id: { in: ids } }, data }));
}

/** Answers where it was asked; once that is not possible any more, privately whoever asked. */
async function reply(row: Row, delivery: Delivery): Promise<void> {
  const { db, clock, wecom, markSent } = delivery;
  const asked = await askedBy(db, row.address);
  const { replyTo, from } = asked;
  const possible = replyTo && clock.now() < replyTo.until && Buffer.byteLength(row.text) <= MOST_REPLY_BYTES;
  if (!possible) return privately(row, from, delivery);
  const drawn = drawnFrom(row, 'robot');
  const place = { url: replyTo.url, chat: asked.group ?? from };
  try {
    // The address serves once: words too long for a card go without it, they say what to type.
    await (drawn && drawn.before === null ? wecom.replyCard(place, drawn.card) : wecom.reply(place, row.text));
  } catch (error) {
    if (!(error instanceof WecomError) || error.retryable) throw error;
    // The address serves once: it arrived, only the mark was lost.
    if (error.errcode !== ALREADY_ANSWERED) return privately(row, from, delivery);
  }
  await markSent(row.id);
}

async function askedBy(db: Db, key: string): Promise<InboundMessage> {
  const row = await db.read((client) => client.inbox.findUniqueOrThrow({ where: { key } }));
  return inboundMessage.parse(JSON.parse(row.message));
}

async function privately(row: Row, address: string, delivery: Delivery): Promise<void> {
  const turned = { kind: 'user', address, tries: 0 };
  await delivery.db.write((tx) => tx.outbox.update({ where: { id: row.id }, data: turned }));
  await deliver([{ ...row, ...turned }], delivery);
}
