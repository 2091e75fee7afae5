import { join, sqltag } from '@prisma/client/runtime/client';
import type { PrismaClient } from './db.ts';

/**
 * Keeps messages that are not there yet, in one statement and so in one commit. Raw, since the client knows no "unless
 * it is there already" on SQLite; both databases understand this.
 */
export async function keepNew(
  client: PrismaClient,
  messages: { key: string; message: string }[],
  receivedAt: Date,
): Promise<void> {
  const rows = messages.map(({ key, message }) => sqltag`(${key}, ${message}, ${receivedAt}, 0)`);
  await client.$executeRaw`INSERT INTO "Inbox" ("key", "message", "receivedAt", "tries")
    VALUES ${join(rows)} ON CONFLICT ("key") DO NOTHING`;
}
