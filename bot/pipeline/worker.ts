import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import { inboundMessage } from '#bot/message.ts';
import type { Db } from '#bot/store/db.ts';
import { handle } from './handle.ts';

const MOST_TRIES = 3;

export interface WorkerParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  log: Logger;
}

/**
 * Carries out the kept messages in the order they came, one transaction each: records, answers and the closed inbox row
 * appear together or not at all. What fails three times is parked, apologised for, and holds up nobody else.
 * @returns when no open message is left.
 */
export async function workOff({ db, clock, handlers, log }: WorkerParts): Promise<void> {
  for (;;) {
    const row = await db.read((client) =>
      client.inbox.findFirst({ where: { closedAt: null, parkedAt: null }, orderBy: { id: 'asc' } }),
    );
    if (!row) return;
    try {
      await db.write(async (tx) => {
        const answers = await handle(inboundMessage.parse(JSON.parse(row.message)), handlers, tx);
        const notBefore = clock.now();
        for (const [index, answer] of answers.entries())
          await tx.outbox.create({ data: { ...answer, key: `${row.key}#${index}`, notBefore } });
        await tx.inbox.update({ where: { id: row.id }, data: { closedAt: clock.now() } });
      });
    } catch (error) {
      log.error(
        { inboxId: row.id, tries: row.tries + 1, cause: error instanceof Error ? error.name : 'unknown' },
        'message failed',
      );
      await db.write(async (tx) => {
        const parked = row.tries + 1 >= MOST_TRIES;
        await tx.inbox.update({
          where: { id: row.id },
          data: { tries: row.tries + 1, parkedAt: parked ? clock.now() : null },
        });
        const { from } = inboundMessage.parse(JSON.parse(row.message));
        if (parked)
          await tx.outbox.create({
            data: {
              key: `${row.key}#parked`,
              kind: 'user',
              address: from,
              text: '这条消息没有处理成功，未作任何记录，请联系活动办。',
              notBefore: clock.now(),
            },
          });
      });
    }
  }
}
