import type { Tx } from './db.ts';
import { put } from './held.ts';

/** 查询记录 (R90): who looked at what kind of thing. */
export const addQuery = (tx: Tx, { at, actor, intent }: { at: Date; actor: string; intent: string }) =>
  put(tx, 'QueryLog', { at, actor, intent });
