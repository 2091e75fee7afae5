import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { together } from './together.ts';

const MOST_AT_ONCE = 200;

/** 收件: puts messages on disk before they are answered; those that wait share one commit. */
export function openInbox(db: Db, clock: Clock, onKept: () => void) {
  const keepTogether = together<InboundMessage>(MOST_AT_ONCE, async (batch) => {
    await db.write(async (tx) => {
      // Raw, since the client knows no "unless it is there already" on SQLite; both databases understand this.
      for (const message of batch)
        await tx.$executeRaw`INSERT INTO "Inbox" ("key", "message", "receivedAt", "tries")
          VALUES (${message.key}, ${JSON.stringify(message)}, ${clock.now()}, 0) ON CONFLICT ("key") DO NOTHING`;
    });
    onKept();
  });

  return {
    /** Resolves when the message (or the same one before it) is on disk; rejects if the disk refused it. */
    keep: (message: InboundMessage): Promise<void> => keepTogether(message),
  };
}
