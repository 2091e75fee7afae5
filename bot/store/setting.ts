import { type SwitchKey, stands } from '#bot/domain/switches.ts';
import type { Tx } from './db.ts';

/** True if a restricted function is on; all are off until the office asked for it in writing and the chief agreed (R97). */
export const isOn = async (tx: Tx, key: SwitchKey): Promise<boolean> =>
  stands(await tx.setting.findMany({ where: { key } }))?.value === 'on';
