import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Db } from '#bot/store/db.ts';
import { type WecomClient, WecomError } from '#bot/wecom/client.ts';

const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_BYTES = 2048;
const MINUTE_MS = 60_000;
// The platform drops what exceeds 30 a minute for a member and refuses beyond 20 for a group; kept with room to spare.
const A_MINUTE = { user: 25, group: 18 };

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

/**
 * Delivers what is due, oldest first. What the clock has for one person is one message (R91), and so is what had to
 * wait because the person's minute was full: merged, never dropped. A failure is tried again, a permanent one parked.
 */
export async function deliverDue(parts: OutboxParts): Promise<void> {
  const { db, clock } = parts;
  const due = await db.read((client) =>
    client.outbox.findMany({
      where: { sentAt: null, parkedAt: null, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: 500,
    }),
  );
  const byAddress = new Map<string, Row[]>();
  for (const row of due) {
    const address = `${row.kind} ${row.address}`;
    byAddress.set(address, [...(byAddress.get(address) ?? []), row]);
  }
  for (const rows of byAddress.values()) {
    const [first] = rows;
    if (!first) continue;
    const budget = await budgetOf(db, clock, first);
    const reminders = rows.filter(fromJob);
    const answers = rows.filter((row) => !fromJob(row));
    const waiting = [...(reminders.length > 0 ? [reminders] : []), ...answers.map((row) => [row])];
    if (budget <= 0) continue;
    const batches =
      waiting.length <= budget ? waiting : [...waiting.slice(0, budget - 1), waiting.slice(budget - 1).flat()];
    for (const batch of batches) await deliver(batch, parts);
  }
}

const fromJob = ({ key, kind }: Row): boolean => kind === 'user' && /^[a-z-]+@/.test(key);

async function budgetOf(db: Db, clock: Clock, { kind, address }: Row): Promise<number> {
  const since = new Date(clock.now().getTime() - MINUTE_MS);
  const sent = await db.read((client) => client.outbox.count({ where: { kind, address, sentAt: { gt: since } } }));
  return (kind === 'group' ? A_MINUTE.group : A_MINUTE.user) - sent;
}

async function deliver(rows: Row[], { db, clock, wecom, log }: OutboxParts): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const ids = rows.map(({ id }) => id);
  try {
    for (const [index, part] of splitText(merged(rows)).entries())
      await (first.kind === 'group'
        ? wecom.sendToGroup(first.address, part)
        : wecom.sendText(first.address, part, first.id * 10 + index));
    await db.write((tx) => tx.outbox.updateMany({ where: { id: { in: ids } }, data: { sentAt: clock.now() } }));
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    const tries = first.tries + 1;
    const parked = !error.retryable || tries >= MOST_TRIES;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** first.tries, LONGEST_PAUSE_MS);
    log.warn({ outboxIds: ids, errcode: error.errcode, parked }, 'delivery failed');
    const notBefore = new Date(clock.now().getTime() + pause);
    const data = { tries, error: String(error.errcode), notBefore, parkedAt: parked ? clock.now() : null };
    await db.write((tx) => tx.outbox.updateMany({ where: { id: { in: ids } }, data }));
  }
}

const merged = (rows: Row[]): string =>
  rows.length === 1 ? (rows[0]?.text ?? '') : rows.map(({ text }, index) => `${index + 1}. ${text}`).join('\n');

/** Cuts a text into parts of at most 2,048 bytes, at line ends where it can; nothing is left out. */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  // A line that is too long by itself is cut between characters, never inside one.
  const pieces = text.split(/(?<=\n)/).flatMap((line) => (Buffer.byteLength(line) > MOST_BYTES ? [...line] : [line]));
  for (const piece of pieces) {
    if (Buffer.byteLength(part + piece) > MOST_BYTES) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part];
}
