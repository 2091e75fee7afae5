import type { Tx } from './db.ts';
import { lean, sql } from './lean.ts';

/** 查询记录 (R90): who looked at what kind of thing. */
export const addQuery = (tx: Tx, { at, actor, intent }: { at: Date; actor: string; intent: string }) =>
  lean(tx, sql`INSERT INTO "QueryLog" ("at", "actor", "intent") VALUES (${at}, ${actor}, ${intent})`);
