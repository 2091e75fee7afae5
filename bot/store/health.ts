import type { Tx } from './db.ts';
import { instantIn, join, lean, type Row, sql } from './lean.ts';

/** How a part of the service was when it was last looked at. */
export interface Health {
  part: string;
  ok: boolean;
  /** since when it is so */
  since: Date;
  note: string;
  /** when the administrator heard of it */
  toldAt: Date | null;
}

const healthIn = ({ part, ok, since, note, toldAt }: Row): Health => ({
  ...{ part: String(part), ok: Boolean(ok), since: instantIn(since), note: String(note) },
  toldAt: toldAt === null ? null : instantIn(toldAt),
});

export const healthOf = async (tx: Tx): Promise<Health[]> =>
  (await lean(tx, sql`SELECT "part", "ok", "since", "note", "toldAt" FROM "Health"`)).map(healthIn);

/** Notes that these are as they were. */
export async function lookedAtAgain(tx: Tx, parts: string[], at: Date): Promise<void> {
  if (parts.length > 0) await lean(tx, sql`UPDATE "Health" SET "at" = ${at} WHERE "part" IN (${join(parts)})`);
}
