import { dayOf } from '#bot/calendar.ts';
import { SWITCH_KEYS, type SwitchKey, switchedOn } from '#bot/domain/switches.ts';
import type { Tx } from './db.ts';
import { instantIn, lean, numberIn, sql } from './lean.ts';
import { remembered } from './remembered.ts';

type Read = Pick<Tx, 'setting'> & Parameters<typeof lean>[0];
interface Row {
  id: unknown;
  value: string;
  approvedAt: unknown;
  closedAt: unknown;
  until: string | null;
}

/** True if a restricted function is on at an instant; all are off until the office asked for it in writing and the chief agreed (R97). */
export async function isOn(tx: Read, key: SwitchKey, at: Date): Promise<boolean> {
  const rows = await remembered(tx as Tx, 'Setting', `setting ${key}`, () =>
    lean<Row>(tx, sql`SELECT "id", "value", "approvedAt", "closedAt", "until" FROM "Setting" WHERE "key" = ${key}`),
  );
  const instant = (value: unknown): Date | null => (value === null ? null : instantIn(value));
  const changes = rows.map(({ id, value, approvedAt, closedAt, until }) => ({
    ...{ id: numberIn(id), value, until },
    ...{ approvedAt: instant(approvedAt), closedAt: instant(closedAt) },
  }));
  return switchedOn(changes, dayOf(at)) !== null;
}

/** Everything that was ever said of each switch, the oldest first. */
export async function switchChanges(tx: Tx) {
  const rows = await tx.setting.findMany({ where: { key: { in: SWITCH_KEYS } }, orderBy: { id: 'asc' } });
  return SWITCH_KEYS.map((key) => [key, rows.filter((one) => one.key === key)] as const);
}
