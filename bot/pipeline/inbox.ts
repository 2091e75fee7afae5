import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { keepNew } from '#bot/store/inbox.ts';
import { together } from './together.ts';

const MOST_AT_ONCE = 200;

/** 收件: puts messages on disk before they are answered; those that wait share one commit. */
export function openInbox(db: Db, clock: Clock, onKept: () => void) {
  const keepTogether = together<InboundMessage>(MOST_AT_ONCE, async (batch) => {
    const rows = batch.map((message) => ({ key: message.key, message: JSON.stringify(message) }));
    await db.append((client) => keepNew(client, rows, clock.now()));
    onKept();
  });

  return {
    /** Resolves when the message (or the same one before it) is on disk; rejects if the disk refused it. */
    keep: (message: InboundMessage): Promise<void> => keepTogether(message),
  };
}
