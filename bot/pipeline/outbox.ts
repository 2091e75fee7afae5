import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import { type InboundMessage, inboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { type WecomClient, WecomError } from '#bot/wecom/client.ts';
import { splitText } from './text.ts';
import { together } from './together.ts';

const MOST_AT_ONCE = 500;
const AT_THE_SAME_TIME = 8;
const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_REPLY_BYTES = 20_480;
const MINUTE_MS = 60_000;
const ALREADY_ANSWERED = 846_606;
// The platform drops what exceeds 30 a minute for a member and refuses beyond 20 for a group; kept with room to spare.
const A_MINUTE: Record<string, number> = { user: 25, group: 18, reply: 1 };

export interface OutboxParts {
  db: Db;
  clock: Clock;
  wecom: WecomClient;
  log: Logger;
}
interface Row {
  id: number;
  key: string;
  kind: string;
  address: string;
  text: string;
  tries: number;
}
type Delivery = OutboxParts & { markSent(id: number): Promise<void> };

/**
 * Delivers what is due: to one address oldest first, to several at the same time. What the clock has for one person is
 * one message (R91), and so is what had to wait because the person's minute was full: merged, never dropped. A failure
 * is tried again, a permanent one parked.
 */
export async function deliverDue(parts: OutboxParts): Promise<void> {
  const { db, clock } = parts;
  const due = await db.read((client) =>
    client.outbox.findMany({
      where: { sentAt: null, parkedAt: null, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: MOST_AT_ONCE,
    }),
  );
  if (due.length === 0) return;
  const spent = await spentLately(db, clock);
  const markSent = together<number>(MOST_AT_ONCE, (ids) =>
    db.write((tx) => tx.outbox.updateMany({ where: { id: { in: ids } }, data: { sentAt: clock.now() } })),
  );
  const lanes = [...byAddress(due)].map(([address, rows]) => async () => {
    let budget = (A_MINUTE[rows[0]?.kind ?? ''] ?? 1) - (spent.get(address) ?? 0);
    for (const batch of batchesOf(rows, budget)) {
      if (budget <= 0) return;
      budget -= partsOf(batch);
      await deliver(batch, { ...parts, markSent });
    }
  });
  const take = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) await lane();
  };
  await Promise.all(Array.from({ length: AT_THE_SAME_TIME }, take));
}

const addressOf = ({ kind, address }: { kind: string; address: string }): string => `${kind} ${address}`;
function byAddress(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(addressOf(row), [...(groups.get(addressOf(row)) ?? []), row]);
  return groups;
}

const fromJob = ({ key, kind }: Row): boolean => kind === 'user' && /^[a-z-]+@/.test(key);
const partsOf = (rows: { text: string }[]): number => splitText(merged(rows)).length;

/** What makes one message: the clock's words for somebody, every answer; the last of a full minute takes the rest. */
function batchesOf(rows: Row[], budget: number): Row[][] {
  const reminders = rows.filter(fromJob);
  const answers = rows.filter((row) => !fromJob(row));
  const waiting = [...(reminders.length > 0 ? [reminders] : []), ...answers.map((row) => [row])];
  if (waiting.length <= budget) return waiting;
  return [...waiting.slice(0, budget - 1), waiting.slice(budget - 1).flat()];
}

/** How many messages each address got within the last minute. The record book knows it after a restart as well. */
async function spentLately(db: Db, clock: Clock): Promise<Map<string, number>> {
  const since = new Date(clock.now().getTime() - MINUTE_MS);
  const sent = await db.read((client) => client.outbox.findMany({ where: { sentAt: { gt: since } } }));
  const spent = new Map<string, number>();
  for (const row of sent) spent.set(addressOf(row), (spent.get(addressOf(row)) ?? 0) + partsOf([row]));
  return spent;
}

async function deliver(rows: Row[], delivery: Delivery): Promise<void> {
  const [first] = rows;
  if (!first) return;
  try {
    if (first.kind === 'reply') return await reply(first, delivery);
    for (const [index, part] of splitText(merged(rows)).entries())
      await (first.kind === 'group'
        ? delivery.wecom.sendToGroup(first.address, part)
        : delivery.wecom.sendText(first.address, part, first.id * 10 + index));
    await Promise.all(rows.map(({ id }) => delivery.markSent(id)));
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    await postpone(rows, first, error, delivery);
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
  try {
    await wecom.reply(replyTo.url, row.text);
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

const merged = (rows: { text: string }[]): string =>
  rows.length === 1 ? (rows[0]?.text ?? '') : rows.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');
