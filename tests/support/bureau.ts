import { onTestFinished } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { seed } from '#emulator/seed.ts';
import { discard, freshDatabase } from './database.ts';
import { openWorld } from './world.ts';

type Parts = Parameters<typeof openWorld>[0];

/** The real app over the sample bureau, 14 units and 38 people, by the imports an office uses. */
export async function openBureau(parts: Parts) {
  const file = await freshDatabase();
  const db = await openDb(file);
  await seed(db, new Date(parts.now));
  await db.close();
  onTestFinished(() => discard(file));
  return openWorld({ ...parts, file });
}
