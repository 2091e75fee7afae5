import type { Db } from './db.ts';
import { lean, sql } from './lean.ts';

/** Of what there is something whose time has come. */
export interface Due {
  words: boolean;
  papers: boolean;
  materials: boolean;
  contacts: boolean;
  upkeep: boolean;
}

/** What is due at `now`, in one statement: a process looks every second and after every message, mostly to find nothing. */
export async function dueNow({ read }: Db, now: Date): Promise<Due> {
  const [row] = await read((client) =>
    lean(
      client,
      sql`SELECT
        EXISTS (SELECT 1 FROM "Outbox" WHERE "sentAt" IS NULL AND "parkedAt" IS NULL AND "paper" IS NULL
          AND "notBefore" <= ${now}) AS "words",
        EXISTS (SELECT 1 FROM "Outbox" WHERE "sentAt" IS NULL AND "parkedAt" IS NULL AND "paper" IS NOT NULL
          AND "notBefore" <= ${now}) AS "papers",
        EXISTS (SELECT 1 FROM "Material" WHERE "state" = 'waiting' AND "notBefore" <= ${now}) AS "materials",
        EXISTS (SELECT 1 FROM "ContactCheck" WHERE "doneAt" IS NULL AND "notBefore" <= ${now}) AS "contacts",
        EXISTS (SELECT 1 FROM "Upkeep" WHERE "doneAt" IS NULL AND "notBefore" <= ${now}) AS "upkeep"`,
    ),
  );
  const is = (of: keyof Due): boolean => Boolean(row?.[of]);
  return {
    ...{ words: is('words'), papers: is('papers'), materials: is('materials') },
    ...{ contacts: is('contacts'), upkeep: is('upkeep') },
  };
}
