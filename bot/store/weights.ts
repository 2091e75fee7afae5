import { z } from 'zod';
import { DEFAULT_WEIGHTS, type Weights } from '#bot/domain/weights.ts';
import type { Tx } from './db.ts';

const KEY = 'weights';
const kept = z.object({ work: z.number(), peers: z.number(), survey: z.number(), commentary: z.number() });

/** 权重 of the quarterly score as a version: which, and since when. */
interface WeightsVersion {
  weights: Weights;
  /** 1 for the defaults, which nobody decided */
  version: number;
  since: Date | null;
}

/** The weights in force at an instant: the last the group's leader agreed to by then, else the defaults (R48). */
export async function weightsAt(tx: Tx, at: Date): Promise<WeightsVersion> {
  const rows = await tx.setting.findMany({
    where: { key: KEY, approvedAt: { lte: at }, closedAt: null },
    orderBy: [{ approvedAt: 'asc' }, { id: 'asc' }],
  });
  const last = rows.at(-1);
  if (!last) return { weights: DEFAULT_WEIGHTS, version: 1, since: null };
  const weights = kept.parse(JSON.parse(last.value));
  return { weights, version: rows.length + 1, since: last.approvedAt };
}

/** Keeps weights as somebody proposed them, in force once agreed to. */
export async function proposeWeights(
  tx: Tx,
  weights: Weights,
  by: { byId: string; at: Date; reason: string; approvedBy?: string; approvedAt?: Date },
): Promise<number> {
  const { id } = await tx.setting.create({ data: { key: KEY, value: JSON.stringify(weights), ...by } });
  return id;
}

/** What somebody proposed and nobody decided on yet. */
export async function proposedWeights(tx: Tx, id: number): Promise<{ weights: Weights; byId: string } | null> {
  const row = await tx.setting.findFirst({ where: { id, key: KEY, approvedAt: null, closedAt: null } });
  return row && { weights: kept.parse(JSON.parse(row.value)), byId: row.byId };
}
