import { setImmediate as othersTurn, setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import type { Job } from '#bot/job.ts';
import { understand } from '#bot/language/understand.ts';
import { type InboundMessage, inboundMessage } from '#bot/message.ts';
import type { Handled } from '#bot/metrics.ts';
import { changesIn, type Db, type Tx } from '#bot/store/db.ts';
import { within } from '#bot/store/held.ts';
import { close, type InboxRow, isOpen, messageIn, nextOpen, oldestOpen, triedIds } from '#bot/store/inbox.ts';
import { addLetters } from '#bot/store/outbox.ts';
import { forgetPlaceIn } from '#bot/store/place.ts';
import { loadWorld } from '#bot/store/world.ts';
import { tellAdmins } from './alarm.ts';
import { addressed, type Letter, rowOf } from './answer.ts';
import { handle } from './handle.ts';
import { closeAnswered, settleTap, tapOf } from './tap.ts';

const MOST_TRIES = 3;
const MOST_AT_ONCE = 100;
const FEWEST_AT_ONCE = 10;
// Where callbacks wait for the disk meanwhile, an answer of theirs must not take noticeably longer for it; nor the answer to
// one that comes unexpectedly.
const LONGEST_BATCH_MS = 10;
const LONGEST_QUIET_MS = 30;
const QUIET_MS = 100;
// Elsewhere only what was carried out waits for the rest of its batch before it is told.
const LONGEST_ALONE_MS = 200;
// Callbacks that leave the process no time of its own have all of it until somebody has waited so long for what he said, then
// this many times what carrying out takes.
const PATIENCE_MS = 5000;
const CALLBACKS_PART = 6;
const LOOK_AGAIN_MS = 5;

export interface WorkerParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  /** what the clock does, for who asks what is to come */
  jobs: readonly Job[];
  /** where links lead to, if anywhere */
  publicUrl?: string | undefined;
  log: Logger;
  /** How long no callback has come. */
  quietMs(): number;
  /** A message that was kept a moment ago, as it came; what is not at hand is read where it was kept. */
  handOver(id: number): InboundMessage | undefined;
  /** Hears that there may be something to deliver. */
  onTold(): void;
  /** Hears of every message that is done with, and whether something is said where it was said. */
  onHandled(key: string, isAnswered: boolean): void;
  metrics: { handled(outcome: Handled, tookMs: number): void };
}
/**
 * Carries out the kept messages, each sender's in the order they came. A message's records, answers and closed inbox row
 * appear together or not at all; several share a commit. What fails takes only itself back, is tried three times, then
 * parked, apologised for and reported, and holds up nobody else. So is what takes the whole process down: what may have
 * been under way when the last one ended is tried one at a time, and the try noted first.
 */
export function openWorker(parts: WorkerParts) {
  const { db, clock } = parts;
  let doubtful: Set<number> | null = null;

  const tellOf = (heard: Heard): void => {
    for (const [key, { isAnswered, outcome, tookMs }] of heard) {
      parts.metrics.handled(outcome, tookMs);
      parts.onHandled(key, isAnswered);
    }
  };
  /** Alone, and its try noted first: it may be what took the process down. */
  const workOffCarefully = async (row: InboxRow): Promise<void> => {
    await db.write((tx) => tx.inbox.updateMany({ where: { id: row.id }, data: { tries: { increment: 1 } } }));
    const heard: Heard = new Map();
    await db.write(async (tx) => ((await isOpen(tx, row.id)) ? workOffSome([row], tx, parts, heard, true) : []));
    tellOf(heard);
    doubtful?.delete(row.id);
  };
  /**
   * Where the database never left the process to wait for anything nobody else had a turn meanwhile. While callbacks come
   * what is carried out has as much of the process as they leave idle, and its part all the same once somebody waits long.
   */
  const giveWay = async (tookMs: number, oldest: Date): Promise<void> => {
    await othersTurn();
    if (!db.holdsUpOthers || tookMs === 0) return;
    const waitedMs = Math.max(0, clock.now().getTime() - oldest.getTime());
    const until = performance.now() + Math.max(tookMs * CALLBACKS_PART, PATIENCE_MS - waitedMs);
    const before = performance.eventLoopUtilization();
    const idleMs = (): number => performance.eventLoopUtilization(before).idle;
    while (parts.quietMs() < QUIET_MS && idleMs() < tookMs && performance.now() < until) await pause(LOOK_AGAIN_MS);
  };
  let lastTime: ReadonlySet<string> = new Set();
  // Whoever is looked at and has no turn is looked at again: no more than might have one.
  let most = MOST_AT_ONCE;
  /**
   * Looks at what is open, before anything new is let in. Of what others left behind only what comes first can have been
   * under way, and what was tried before: what comes first is chosen the same way each time. Should it have been another
   * after all, it takes the process down once more, and then comes first.
   */
  const begin = async (): Promise<void> => {
    doubtful ??= await db.read(async (client) => {
      const first = await nextOpen(client, MOST_AT_ONCE, new Set());
      return new Set([...first.map(({ id }) => id), ...(await triedIds(client))]);
    });
  };
  let warm = false;
  // Whoever fails takes the batch back with him; in the next try only himself, at two statements more for each message.
  let failedBefore = false;
  const workOffBatch = async (heard: Heard): Promise<InboxRow[]> => {
    try {
      // Read where nobody else writes: what an instance that led before this one had under way is closed by now.
      const alone = await db.write(async (tx) => {
        const rows = await nextOpen(tx, most, lastTime);
        if (rows.some(({ id }) => doubtful?.has(id))) return rows;
        const tried = await workOffSome(rows, tx, parts, heard, failedBefore);
        lastTime = new Set(tried.map(({ sender }) => sender));
        most = Math.min(MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, 2 * tried.length));
        return [];
      });
      failedBefore = false;
      return alone;
    } catch (error) {
      if (failedBefore) throw error;
      failedBefore = true;
      heard.clear();
      return [];
    }
  };
  /** Works until no open message is left. */
  const workOff = async (): Promise<void> => {
    await begin();
    // The first message of a process takes ten times as long as the next. Whoever is killed meanwhile is killed before a
    // try was noted, so that no message is taken for the cause.
    if (!warm) await db.write((tx) => warmUp(tx, parts));
    warm = true;
    for (let tookMs = 0; ; ) {
      const oldest = await db.read(oldestOpen);
      if (!oldest) return;
      await giveWay(tookMs, oldest);
      const begun = performance.now();
      const heard: Heard = new Map();
      const alone = await workOffBatch(heard);
      tellOf(heard);
      for (const row of alone) await workOffCarefully(row);
      parts.onTold();
      tookMs = performance.now() - begun;
    }
  };
  return { begin, workOff };
}

/** Understands something that means nothing, as the first message would be understood. */
async function warmUp(tx: Tx, { clock, handlers }: WorkerParts): Promise<void> {
  const world = await loadWorld(tx);
  const [speaker] = world.members;
  if (speaker) understand({ text: '您好', speaker, now: clock.now(), chat: 'direct' }, world, handlers);
}

/** Which messages had their turn, what became of each, and whether it is answered where it was said. */
type Heard = Map<string, { isAnswered: boolean; outcome: Handled; tookMs: number }>;

/**
 * Gives back those that had their turn.
 * @param apart whether what fails takes only itself back; else it throws
 */
async function workOffSome(
  rows: InboxRow[],
  tx: Tx,
  parts: WorkerParts,
  heard: Heard,
  apart: boolean,
): Promise<InboxRow[]> {
  const { clock, db, quietMs } = parts;
  const longestBesideMs = quietMs() > QUIET_MS ? LONGEST_QUIET_MS : LONGEST_BATCH_MS;
  const longestMs = db.holdsUpOthers ? longestBesideMs : LONGEST_ALONE_MS;
  const started = performance.now();
  const closed: number[] = [];
  const tried: InboxRow[] = [];
  for (const row of rows) {
    const begun = performance.now();
    if (begun - started > longestMs) break;
    tried.push(row);
    const had = (outcome: Handled, isAnswered = false): void =>
      void heard.set(row.key, { isAnswered, outcome, tookMs: performance.now() - begun });
    const work = async (): Promise<void> => {
      if (row.tries >= MOST_TRIES) throw new Error('took the process down');
      const told = await handleRow(row, parts, tx);
      const letters = told.map((letter, index) => ({
        ...rowOf(letter),
        key: `${row.key}#${index}`,
        notBefore: clock.now(),
      }));
      await addLetters(tx, letters);
      closed.push(row.id);
      had(
        told.length > 0 ? 'answered' : 'silent',
        told.some(({ kind }) => kind === 'reply'),
      );
    };
    if (apart) await within(tx, work, async (error) => had(await failed(row, error, tx, parts)));
    else await work();
  }
  await close(tx, closed, clock.now());
  return tried;
}

async function failed(row: InboxRow, error: unknown, tx: Tx, { clock, log }: WorkerParts): Promise<Handled> {
  const tries = row.tries + 1;
  const parked = tries >= MOST_TRIES;
  log.error({ inboxId: row.id, tries, cause: error instanceof Error ? error.name : 'unknown' }, 'message failed');
  await tx.inbox.update({ where: { id: row.id }, data: { tries, parkedAt: parked ? clock.now() : null } });
  if (!parked) return 'failed';
  const kept = inboundMessage.safeParse(readable(row, tx));
  if (kept.success) await forgetPlaceIn(tx, row.key, kept.data);
  await tx.outbox.createMany({ data: apology(row, clock.now(), tx) });
  const report = `有一条消息三次没有处理成功，已搁置，未作任何记录（收件${row.id}号）。已告知发送人，请查看服务日志。`;
  await tellAdmins(tx, `parked:${row.key}`, report, clock.now());
  return 'parked';
}

async function handleRow(row: InboxRow, parts: WorkerParts, tx: Tx): Promise<Letter[]> {
  const { handlers, publicUrl, jobs, handOver } = parts;
  const message = handOver(row.id) ?? inboundMessage.parse(messageIn(tx, row));
  const { members } = await loadWorld(tx);
  const tap = await tapOf(tx, message);
  if (tap?.kind === 'dead') {
    const isMember = members.some(({ id }) => id === message.from);
    const answer = { kind: 'answer' as const, address: message.from, text: tap.words };
    return addressed(message, isMember ? [answer] : [], members);
  }
  const asked = changesIn(tx)?.count('Question');
  const told = addressed(message, await handle(tap?.message ?? message, handlers, tx, { publicUrl, jobs }), members);
  // Most messages answer nothing, and leave no question as it is now.
  const isSame = asked !== undefined && asked === changesIn(tx)?.count('Question');
  const closed = isSame ? [] : await closeAnswered(tx, message, tap?.card.id);
  return [...told, ...(tap ? await settleTap(tx, tap) : []), ...closed];
}

function apology(row: InboxRow, notBefore: Date, tx: Tx) {
  const { success, data } = inboundMessage.safeParse(readable(row, tx));
  if (!success) return [];
  const text = '这条消息没有处理成功，未作任何记录，请联系活动办。';
  const letters = addressed(data, [{ kind: 'answer', address: data.from, text }], []);
  return letters.map((letter) => ({ ...rowOf(letter), key: `${row.key}#parked`, notBefore }));
}

/** A message's content; nothing where it cannot be read at all, which may be why it failed. */
function readable(row: InboxRow, tx: Tx): unknown {
  try {
    return messageIn(tx, row);
  } catch {
    return null;
  }
}
