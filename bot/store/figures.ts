import { type FigureKey, figureAt } from '#bot/domain/figures.ts';
import type { Tx } from './db.ts';

/** A figure of the office's as it stood at an instant: what lies behind is judged by what held then. */
export const figureOf = async (tx: Tx, key: FigureKey, at: Date): Promise<number> =>
  figureAt(key, await tx.setting.findMany({ where: { key } }), at);
