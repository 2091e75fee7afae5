import type { Tx } from './db.ts';
import { instantIn, lean, sql } from './lean.ts';

// Asked at every turn of the clock, for every slot: past the client.

/** One slot of a job that is done with. */
export interface JobRun {
  /** `name@slot` */
  key: string;
  name: string;
  slot: Date;
  at: Date;
  outcome: 'done' | 'late' | 'missed' | 'failed';
  /** how many were told */
  told: number;
}

/** Whether the slot is done with. */
export const hasRun = async (tx: Tx, key: string): Promise<boolean> =>
  (await lean(tx, sql`SELECT 1 AS "one" FROM "JobRun" WHERE "key" = ${key}`)).length > 0;

/** @throws if the slot was noted before */
export async function noteRun(tx: Tx, { key, name, slot, at, outcome, told }: JobRun): Promise<void> {
  await lean(
    tx,
    sql`INSERT INTO "JobRun" ("key", "name", "slot", "at", "outcome", "told")
      VALUES (${key}, ${name}, ${slot}, ${at}, ${outcome}, ${told})`,
  );
}

/** Up to when every slot is done with; null before the first look. */
export async function seenUpTo(client: Tx): Promise<Date | null> {
  const [row] = await lean(client, sql`SELECT "at" FROM "SchedulerCursor" WHERE "id" = 1`);
  return row ? instantIn(row['at']) : null;
}

export async function setSeen(tx: Tx, at: Date): Promise<void> {
  await lean(
    tx,
    sql`INSERT INTO "SchedulerCursor" ("id", "at") VALUES (1, ${at}) ON CONFLICT ("id") DO UPDATE SET "at" = ${at}`,
  );
}
