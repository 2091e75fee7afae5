import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Db } from '#bot/store/db.ts';
import { dueIn, noteSent, type Row, type Sent } from '#bot/store/outbox.ts';
import type { WecomClient } from '#bot/wecom/client.ts';
import { type Delivery, deliver, isShared, partsOf } from './deliver.ts';
import { channelOf, type Pauses } from './pauses.ts';
import { together } from './together.ts';

const MOST_ANSWERS = 500;
const MOST_BROADCASTS = 100;
const FEW = 50;
// Each waits for the platform.
const AT_THE_SAME_TIME = 64;
// What goes out at the same time is noted in one commit; what goes out alone waits for nobody.
const LINGER_MS = 10;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
// The platform drops what exceeds 30 a minute or 1,000 an hour for a member and refuses beyond 20 a minute for a group; kept
// with room to spare (protocol notes 7).
const A_MINUTE: Record<string, number> = { user: 25, group: 18, reply: 18 };
const AN_HOUR = 900;

export interface OutboxParts {
  db: Db;
  clock: Clock;
  wecom: WecomClient;
  log: Logger;
  pauses: Pauses;
  /** of the configuration: group name → webhook key */
  webhooks: ReadonlyMap<string, string>;
}
/**
 * Delivers what is due: answers before what the clock has for many, to one address oldest first, to several at the same
 * time. What the clock has for one person is one message (R91), and so is what had to wait because the person's minute
 * was full: merged, never dropped. A failure is tried again, a permanent one parked.
 * @returns the round; it gives back whether more is due than fits one look: who was answered meanwhile comes first in the
 * next.
 */
export function openOutbox(parts: OutboxParts): () => Promise<boolean> {
  const spent = openSpent(parts.db, parts.clock);
  return () => deliverDue(parts, spent);
}

async function deliverDue(parts: OutboxParts, spent: ReturnType<typeof openSpent>): Promise<boolean> {
  const { clock, pauses } = parts;
  const { answers, broadcasts } = await allDue(parts);
  const due = [...answers, ...broadcasts].filter((row) => pauses.isOpen(channelOf(row), clock.now()));
  if (due.length === 0) return false;
  const groups = byAddress(due);
  const before = await spent.lately(groups.keys());
  const marks = openMarks(parts);
  let tried = 0;
  const lanes = [...groups].map(([address, rows]) => async () => {
    const { minute = 0, hour = 0 } = before.get(address) ?? {};
    let budget = Math.min((A_MINUTE[rows[0]?.kind ?? ''] ?? 25) - minute, AN_HOUR - hour);
    for (const batch of batchesOf(rows, budget)) {
      // The first refusal that concerns all closes the channel for the rest of the round.
      if (budget <= 0 || marks.isFailing() || !batch.every((row) => pauses.isOpen(channelOf(row), clock.now()))) return;
      const count = partsOf(batch);
      budget -= count;
      spent.add(address, count);
      tried += batch.length;
      await marks.during(batch, (markSent) => deliver(batch, { ...parts, markSent }));
    }
  });
  const take = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) await lane();
  };
  await Promise.all(Array.from({ length: AT_THE_SAME_TIME }, take)).finally(marks.all);
  // Where every minute is full, looking again at once would find the same.
  return tried > 0 && (answers.length === MOST_ANSWERS || broadcasts.length === MOST_BROADCASTS);
}

/** Notes what arrived, beside the sending; a round ends when all is noted, and sends no more once something was not. */
function openMarks({ db, clock }: OutboxParts) {
  // What is with the platform: each waits to be noted with the others.
  const underWay = new Set<Row[]>();
  const note = together<Sent>(
    MOST_ANSWERS,
    (sent) => db.append((client) => noteSent(client, sent, clock.now())),
    async () => underWay.size > 0 && pause(LINGER_MS),
  );
  const noted: Promise<void>[] = [];
  let failing = false;
  return {
    async during(batch: Row[], send: (markSent: Delivery['markSent']) => Promise<void>): Promise<void> {
      underWay.add(batch);
      const markSent = (sent: Sent): Promise<void> => {
        underWay.delete(batch);
        const one = note(sent);
        noted.push(one);
        one.catch(() => {
          failing = true;
        });
        return one;
      };
      await send(markSent).finally(() => underWay.delete(batch));
    },
    isFailing: () => failing,
    all: async (): Promise<void> => void (await Promise.all(noted)),
  };
}

/** What is due, answers and broadcasts apart. One look shows all of it on all but the busiest days. */
async function allDue(parts: OutboxParts): Promise<{ answers: Row[]; broadcasts: Row[] }> {
  const { db, clock } = parts;
  const few = await dueIn(db, 'all', clock.now(), FEW);
  if (few.length < FEW)
    return { answers: few.filter(({ broadcast }) => !broadcast), broadcasts: few.filter(({ broadcast }) => broadcast) };
  return {
    answers: await dueIn(db, 'answers', clock.now(), MOST_ANSWERS),
    broadcasts: await dueIn(db, 'broadcasts', clock.now(), MOST_BROADCASTS),
  };
}

const addressOf = ({ kind, address }: { kind: string; address: string }): string => `${kind} ${address}`;
function byAddress(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(addressOf(row), [...(groups.get(addressOf(row)) ?? []), row]);
  return groups;
}

const fromJob = ({ key, kind }: Row): boolean => kind === 'user' && /^[a-z-]+@/.test(key);

/**
 * What makes one message: every answer, then the clock's words for somebody; the last of a full minute takes the rest. What
 * has buttons of its own stays a card by itself.
 */
function batchesOf(rows: Row[], budget: number): Row[][] {
  const reminders = rows.filter((row) => fromJob(row) && (!row.buttons || isShared(row)));
  const others = rows.filter((row) => !reminders.includes(row));
  const waiting = [...others.map((row) => [row]), ...(reminders.length > 0 ? [reminders] : [])];
  if (waiting.length <= budget) return waiting;
  const rest = waiting.slice(budget - 1);
  const words = rest.flat().filter((row) => !row.buttons || isShared(row));
  return [...waiting.slice(0, budget - 1), ...(words.length > 0 ? [words] : rest.slice(0, 1))];
}

/** What went out to each address, and when. */
type Sendings = Map<string, { at: number; parts: number }[]>;

/** How many messages each address got within the last minute and hour; the record book knows what was sent before a restart. */
function openSpent(db: Db, clock: Clock) {
  let sent: Sendings | null = null;
  let swept = 0;
  const note = (known: Sendings, address: string, at: number, parts: number): void => {
    const before = known.get(address);
    if (before) before.push({ at, parts });
    else known.set(address, [{ at, parts }]);
  };
  return {
    async lately(addresses: Iterable<string>): Promise<Map<string, { minute: number; hour: number }>> {
      const now = clock.now().getTime();
      const since = now - HOUR_MS;
      if (!sent) {
        const before: Sendings = new Map();
        for (const row of await sentSince(db, new Date(since)))
          note(before, addressOf(row), row.sentAt?.getTime() ?? 0, partsOf([row]));
        sent = before;
      }
      // Most addresses serve once.
      if (now - swept > MINUTE_MS) {
        for (const [address, all] of sent) if (all.every(({ at }) => at <= since)) sent.delete(address);
        swept = now;
      }
      const spent = new Map<string, { minute: number; hour: number }>();
      for (const address of addresses) {
        const all = sent.get(address)?.filter(({ at }) => at > since);
        if (!all) continue;
        sent.set(address, all);
        const sum = (some: typeof all): number => some.reduce((total, { parts }) => total + parts, 0);
        spent.set(address, { minute: sum(all.filter(({ at }) => at > now - MINUTE_MS)), hour: sum(all) });
      }
      return spent;
    },
    add(address: string, parts: number): void {
      if (sent) note(sent, address, clock.now().getTime(), parts);
    },
  };
}

const sentSince = (db: Db, since: Date) =>
  db.read((client) => client.outbox.findMany({ where: { sentAt: { gt: since } } }));
