import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Db } from '#bot/store/db.ts';
import { type WecomClient, WecomError } from '#bot/wecom/client.ts';

const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
const MOST_BYTES = 2048;

export interface OutboxParts {
  db: Db;
  clock: Clock;
  wecom: WecomClient;
  log: Logger;
}

/** Delivers what is due, oldest first. A failure waits and is tried again; a permanent one is parked with its code. */
export async function deliverDue({ db, clock, wecom, log }: OutboxParts): Promise<void> {
  const due = await db.read((client) =>
    client.outbox.findMany({
      where: { sentAt: null, parkedAt: null, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: 100,
    }),
  );
  for (const row of due) {
    try {
      for (const [index, part] of splitText(row.text).entries())
        await wecom.sendText(row.address, part, row.id * 10 + index);
      await db.write((tx) => tx.outbox.update({ where: { id: row.id }, data: { sentAt: clock.now() } }));
    } catch (error) {
      if (!(error instanceof WecomError)) throw error;
      const tries = row.tries + 1;
      const parked = !error.retryable || tries >= MOST_TRIES;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** row.tries, LONGEST_PAUSE_MS);
      log.warn({ outboxId: row.id, errcode: error.errcode, parked }, 'delivery failed');
      const notBefore = new Date(clock.now().getTime() + pause);
      const data = { tries, error: String(error.errcode), notBefore, parkedAt: parked ? clock.now() : null };
      await db.write((tx) => tx.outbox.update({ where: { id: row.id }, data }));
    }
  }
}

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
