import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';

const MOST_AT_ONCE = 200;

/** 收件: puts messages on disk before they are answered; those that wait share one commit. */
export function openInbox(db: Db, clock: Clock, onKept: () => void) {
  let waiting: { message: InboundMessage; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  async function flush(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      try {
        await db.write(async (tx) => {
          // Raw, since the client knows no "unless it is there already" on SQLite; both databases understand this.
          for (const { message } of batch)
            await tx.$executeRaw`INSERT INTO "Inbox" ("key", "message", "receivedAt", "tries")
              VALUES (${message.key}, ${JSON.stringify(message)}, ${clock.now()}, 0) ON CONFLICT ("key") DO NOTHING`;
        });
        for (const one of batch) one.resolve();
        onKept();
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    busy = false;
  }

  return {
    /** Resolves when the message (or the same one before it) is on disk; rejects if the disk refused it. */
    keep(message: InboundMessage): Promise<void> {
      const kept = new Promise<void>((resolve, reject) => waiting.push({ message, resolve, reject }));
      if (!busy) void flush();
      return kept;
    },
  };
}
