import { type FigureKey, figureAt, LIGHT_KEYS } from '#bot/domain/figures.ts';
import type { LightRule } from '#bot/domain/light.ts';
import type { Tx } from './db.ts';
import { instantIn, join, lean, numberIn, sql } from './lean.ts';
import { remembered } from './remembered.ts';

/** A figure of the office's as it stood at an instant: what lies behind is judged by what held then. */
export const figureOf = async (tx: Tx, key: FigureKey, at: Date): Promise<number> =>
  figureAt(key, await tx.setting.findMany({ where: { key } }), at);

interface Row {
  id: unknown;
  key: string;
  value: string;
  at: unknown;
  closedAt: unknown;
}

/** 亮灯标准 as it stood at an instant (R43). Every light asks for it, so its few changes are remembered. */
export async function lightRuleAt(tx: Tx, at: Date): Promise<LightRule> {
  const changes = await remembered(tx, 'Setting', 'light rule', async () => {
    const rows = await lean<Row>(
      tx,
      sql`SELECT "id", "key", "value", "at", "closedAt" FROM "Setting" WHERE "key" IN (${join([...LIGHT_KEYS])})`,
    );
    return rows.map((row) => ({
      ...{ id: numberIn(row.id), key: row.key, value: row.value, at: instantIn(row.at) },
      closedAt: row.closedAt === null ? null : instantIn(row.closedAt),
    }));
  });
  const figure = (key: (typeof LIGHT_KEYS)[number]): number =>
    figureAt(
      key,
      changes.filter((one) => one.key === key),
      at,
    );
  return { behind: figure('lightBehind'), farBehind: figure('lightFarBehind'), soon: figure('lightSoon') };
}
