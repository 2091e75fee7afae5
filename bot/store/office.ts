import type { Tx } from './db.ts';

/** 单位名称 as papers head themselves; empty where none was set. */
export const officeName = async (tx: Tx): Promise<string> =>
  (await tx.campaign.findUnique({ where: { id: 1 } }))?.office ?? '';
