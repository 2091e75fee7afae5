import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb, type Tx } from '#bot/store/db.ts';
import { put, within } from '#bot/store/held.ts';
import { lean, sql } from '#bot/store/lean.ts';
import { discard, freshDatabase } from '../support/database.ts';

async function openBook() {
  const url = await freshDatabase();
  const db = await openDb(url);
  onTestFinished(async () => {
    await db.close();
    await discard(url);
  });
  const at = new Date('2013-05-14T00:30:00Z');
  const intents = async (client: Tx = db.client): Promise<string[]> =>
    (await client.queryLog.findMany({ orderBy: { id: 'asc' } })).map(({ intent }) => intent);
  return { db, intents, look: (tx: Tx, intent: string) => put(tx, 'QueryLog', { at, actor: 'u', intent }) };
}

describe('一批的写入', () => {
  test('what was put is there for whoever looks in the same transaction, in order, and for all once it is committed', async () => {
    const { db, intents, look } = await openBook();

    await db.write(async (tx) => {
      await look(tx, 'a');
      await look(tx, 'b');
      expect(await intents(tx)).toEqual(['a', 'b']);
      await look(tx, 'c');
      expect(await lean(tx, sql`SELECT "intent" FROM "QueryLog" ORDER BY "id"`)).toHaveLength(3);
      await look(tx, 'd');
    });

    expect(await intents()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('however many there are, all are written, in order', async () => {
    const { db, intents, look } = await openBook();
    const all = Array.from({ length: 777 }, (_, n) => String(n));

    await db.write(async (tx) => {
      for (const intent of all) await look(tx, intent);
    });

    expect(await intents()).toEqual(all);
  });

  test('what is taken back takes back what it put, and only that', async () => {
    const { db, intents, look } = await openBook();

    await db.write(async (tx) => {
      await look(tx, 'before');
      await within(
        tx,
        async () => {
          await look(tx, 'failed');
          throw new Error('failed');
        },
        () => look(tx, 'noted'),
      );
      await look(tx, 'after');
    });
    await expect(
      db.write(async (tx) => {
        await look(tx, 'thrown');
        throw new Error('thrown');
      }),
    ).rejects.toThrow('thrown');
    await db.write((tx) => look(tx, 'next'));

    expect(await intents()).toEqual(['before', 'noted', 'after', 'next']);
  });

  test('what the database refuses is refused before the transaction ends', async () => {
    const { db, intents } = await openBook();

    await expect(db.write((tx) => put(tx, 'QueryLog', { intent: 'nobody, never' }))).rejects.toThrow();

    expect(await intents()).toEqual([]);
  });
});
