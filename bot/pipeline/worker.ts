import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import { inboundMessage } from '#bot/message.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { addressed, type Letter, rowOf } from './answer.ts';
import { handle } from './handle.ts';
import { settleTap, tapOf } from './tap.ts';

const MOST_TRIES = 3;
const MOST_AT_ONCE = 50;
// Callbacks wait for the disk meanwhile; an answer of theirs must not take noticeably longer for it.
const LONGEST_BATCH_MS = 25;

export interface WorkerParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  log: Logger;
  metrics: { handled(outcome: 'answered' | 'silent' | 'failed' | 'parked', tookMs: number): void };
}
interface Row {
  id: number;
  key: string;
  message: string;
  tries: number;
}

/**
 * Carries out the kept messages in the order they came. Each one's records, answers and closed inbox row appear together
 * or not at all; several share a commit. What fails takes only itself back, is tried three times, then parked and
 * apologised for, and holds up nobody else.
 * @returns when no open message is left.
 */
export async function workOff(parts: WorkerParts): Promise<void> {
  const { db } = parts;
  for (;;) {
    const open = { where: { closedAt: null, parkedAt: null }, orderBy: { id: 'asc' as const } };
    if (!(await db.read((client) => client.inbox.findFirst(open)))) return;
    // Read where nobody else writes: what an instance that led before this one had under way is closed by now.
    await db.write(async (tx) => workOffSome(await tx.inbox.findMany({ ...open, take: MOST_AT_ONCE }), tx, parts));
    // The database never leaves the process to wait for anything, so nobody else had a turn since the last one.
    await othersTurn();
  }
}

async function workOffSome(rows: Row[], tx: Tx, { clock, handlers, log, metrics }: WorkerParts): Promise<void> {
  const started = performance.now();
  const closed: number[] = [];
  for (const row of rows) {
    const begun = performance.now();
    if (begun - started > LONGEST_BATCH_MS) break;
    await tx.$executeRaw`SAVEPOINT one`;
    try {
      const told = await handleRow(row, handlers, tx);
      const letters = told.map((letter, index) => ({
        ...{ ...rowOf(letter), key: `${row.key}#${index}`, notBefore: clock.now() },
      }));
      if (letters.length > 0) await tx.outbox.createMany({ data: letters });
      closed.push(row.id);
      metrics.handled(told.length > 0 ? 'answered' : 'silent', performance.now() - begun);
    } catch (error) {
      await tx.$executeRaw`ROLLBACK TO one`;
      const parked = row.tries + 1 >= MOST_TRIES;
      metrics.handled(parked ? 'parked' : 'failed', performance.now() - begun);
      const cause = error instanceof Error ? error.name : 'unknown';
      log.error({ inboxId: row.id, tries: row.tries + 1, cause }, 'message failed');
      const data = { tries: row.tries + 1, parkedAt: parked ? clock.now() : null };
      await tx.inbox.update({ where: { id: row.id }, data });
      if (parked) await tx.outbox.createMany({ data: apology(row, clock.now()) });
    }
    await tx.$executeRaw`RELEASE one`;
  }
  await tx.inbox.updateMany({ where: { id: { in: closed } }, data: { closedAt: clock.now() } });
}

async function handleRow(row: Row, handlers: readonly Handler[], tx: Tx): Promise<Letter[]> {
  const message = inboundMessage.parse(JSON.parse(row.message));
  const { members } = await loadWorld(tx);
  const tap = await tapOf(tx, message);
  if (tap?.kind === 'dead') {
    const isMember = members.some(({ id }) => id === message.from);
    const answer = { kind: 'answer' as const, address: message.from, text: tap.words };
    return addressed(message, isMember ? [answer] : [], members);
  }
  const told = addressed(message, await handle(tap?.message ?? message, handlers, tx), members);
  return tap ? [...told, ...(await settleTap(tx, tap))] : told;
}

function apology({ key, message }: Row, notBefore: Date) {
  const { success, data } = inboundMessage.safeParse(JSON.parse(message));
  if (!success) return [];
  const text = '这条消息没有处理成功，未作任何记录，请联系活动办。';
  const letters = addressed(data, [{ kind: 'answer', address: data.from, text }], []);
  return letters.map((letter) => ({ ...rowOf(letter), key: `${key}#parked`, notBefore }));
}
