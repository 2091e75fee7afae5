import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import { type Button, type InboundMessage, inboundMessage, wordStyle } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import type { Row, Sent } from '#bot/store/outbox.ts';
import { type CardPlace, cardOf, type DrawnCard } from '#bot/wecom/card.ts';
import type { WecomClient } from '#bot/wecom/client.ts';
import { inWords, WecomError } from '#bot/wecom/errors.ts';
import { backOff } from './back-off.ts';
import { settleChat, tellOfChat, toGroup } from './groups.ts';
import { channelOf, type Pauses } from './pauses.ts';
import { cardName } from './tap.ts';
import { splitText } from './text.ts';

// Three days at the longest pause: a platform that is down over a weekend loses nothing.
const MOST_TRIES = 450;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_REPLY_BYTES = 20_480;
const ALREADY_ANSWERED = 846_606;
// A card that was changed already or is too old for it, a message too old to be taken back or already gone.
const NO_MATTER: Record<string, number[]> = { card: [60_140, 82_101, 82_102], recall: [42_052, 40_058] };

/** What delivering takes: the platform, and where to note what became of it. */
export interface Delivery {
  db: Db;
  clock: Clock;
  wecom: WecomClient;
  log: Logger;
  pauses: Pauses;
  /** of the configuration: group name → webhook key */
  webhooks: ReadonlyMap<string, string>;
  /** whoever does not wait for it leaves that to the round */
  markSent(sent: Sent): Promise<void>;
}

/** Several rows as one message, numbered. */
export const merged = (rows: { text: string }[]): string =>
  rows.length === 1 ? (rows[0]?.text ?? '') : rows.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');

/** How many messages the rows become. */
export function partsOf(rows: Row[]): number {
  const drawn = drawnTogether(rows);
  if (drawn) return 1 + (drawn.before === null ? 0 : splitText(drawn.before).length);
  return splitText(merged(rows)).length;
}

function drawnFrom(row: Row, place: CardPlace): DrawnCard | null {
  if (!row.buttons && !row.style) return null;
  const buttons: Button[] = row.buttons ? JSON.parse(row.buttons) : [];
  const style = row.style ? wordStyle.parse(JSON.parse(row.style)) : {};
  // Where several are asked in one chat, only words tell which of them answers.
  if (place === 'robot' && style.topic !== undefined) return null;
  return cardOf(row.text, buttons, cardName(row), place, style);
}

/** Whether its buttons stand under whatever it is told together with. */
export const isShared = ({ style }: { style?: string | null }): boolean => style?.includes('"shared":true') ?? false;

/** Rows for one member as one card; null where they are words: what is told together is one message, or no card (R91). */
function drawnTogether(rows: Row[]): DrawnCard | null {
  const [first] = rows;
  if (first?.kind !== 'user') return null;
  const shared = rows.find(isShared);
  if (!shared) return rows.length === 1 ? drawnFrom(first, 'app') : null;
  const drawn = drawnFrom({ ...shared, text: merged(rows) }, 'app');
  return drawn?.before === null ? drawn : null;
}

/** What the platform calls what it took, and the code under which a card can be changed. */
interface Delivered {
  msgid: string | null;
  cardCode: string | null;
}
const NAMELESS: Delivered = { msgid: null, cardCode: null };

/** Delivers rows for one address as one message. A failure is noted for another try, a permanent one parked. */
export async function deliver(rows: Row[], delivery: Delivery): Promise<void> {
  const [first] = rows;
  if (!first) return;
  try {
    if (first.kind === 'reply') return await reply(first, delivery);
    const { msgid, cardCode } = await send(rows, first, delivery);
    const marks = rows.map(({ id }) => delivery.markSent({ id, msgid, cardCode }));
    // What a member gets again the platform drops. Elsewhere nothing more is sent before it is noted.
    if (first.kind !== 'user') await Promise.all(marks);
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    await postpone(rows, first, error, delivery);
    if (first.kind === 'chat') await tellOfChat(delivery.db, first, error);
  }
}

async function send(rows: Row[], first: Row, delivery: Delivery): Promise<Delivered> {
  const { wecom } = delivery;
  if (first.kind === 'user') return toMember(rows, first, wecom);
  try {
    const [userid = '', code = ''] = first.address.split(' ');
    if (first.kind === 'card') await wecom.closeCard(userid, code, first.text);
    else if (first.kind === 'recall') await wecom.recall(first.address);
    else if (first.kind === 'chat') await settleChat(first, delivery);
    else await toGroup(delivery, first.address, merged(rows), rows.length === 1 ? first.style : null);
  } catch (error) {
    if (!(error instanceof WecomError) || !NO_MATTER[first.kind]?.includes(error.errcode)) throw error;
  }
  return NAMELESS;
}

async function toMember(rows: Row[], first: Row, wecom: WecomClient): Promise<Delivered> {
  const drawn = drawnTogether(rows);
  const text = drawn ? drawn.before : merged(rows);
  let sent = NAMELESS;
  for (const [index, part] of (text === null ? [] : splitText(text)).entries())
    sent = { ...NAMELESS, msgid: await wecom.sendText(first.address, part, first.id * 10 + index) };
  return drawn ? wecom.sendCard(first.address, drawn.card, first.id * 10 + 9) : sent;
}

/** Notes what became of it: another try, a wait of the whole channel, or the end, with why in words. */
export async function postpone(
  rows: { id: number }[],
  first: Pick<Row, 'kind' | 'address' | 'tries'>,
  error: WecomError,
  delivery: Omit<Delivery, 'markSent'>,
): Promise<void> {
  const { db, clock, log, pauses } = delivery;
  const ids = rows.map(({ id }) => id);
  const { errcode, retryable, reaction } = error;
  const waits = pauses.close(channelOf(first), error, clock.now());
  const tries = waits ? first.tries : first.tries + 1;
  const parked = !retryable || tries >= MOST_TRIES;
  const pause = backOff(first.tries, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  const note = { outboxIds: ids, errcode, parked, means: inWords(errcode) };
  if (reaction === 'alert' || reaction === 'fix') log.error(note, 'delivery failed');
  else log.warn(note, 'delivery failed');
  const notBefore = waits ?? new Date(clock.now().getTime() + pause);
  const end = parked ? { parkedAt: clock.now(), reason: inWords(errcode) } : {};
  const data = { tries, error: String(errcode), notBefore, ...end };
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
  const place = { url: replyTo.url, chat: asked.group ?? from, about: row.address };
  try {
    // The address serves once: words too long for a card go without it, they say what to type.
    await (drawn && drawn.before === null ? wecom.replyCard(place, drawn.card) : wecom.reply(place, row.text));
  } catch (error) {
    if (!(error instanceof WecomError) || error.retryable) throw error;
    // The address serves once: it arrived, only the mark was lost.
    if (error.errcode !== ALREADY_ANSWERED) return privately(row, from, delivery);
  }
  await markSent({ id: row.id });
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
