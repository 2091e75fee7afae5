import { instantAt } from '#bot/calendar.ts';
import { lastOf } from '#bot/domain/month.ts';
import { demandedOf } from '#bot/domain/month-demand.ts';
import { KINDS } from '#bot/domain/topic.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { demandsFor } from './month-demand.ts';

export interface UnitMonth {
  unit: WorldDepartment;
  /** how many activities of each of 讲谈议读写 */
  counts: Record<string, number>;
  total: number;
  /** what the month asks of it, kind by kind, beyond one activity of any (R27) */
  demanded: string[];
  /** which of those it has not held */
  lacks: string[];
  met: boolean;
}

/** 讲谈议读写 of a month, unit by unit, from what was recorded (R27); a 读 is a day of self-study or a recorded one, a 写 a 心得. */
export async function monthBoard(tx: Tx, month: string, world: World): Promise<UnitMonth[]> {
  const [from, to] = [`${month}-01`, lastOf(month)];
  const date = { gte: from, lte: to };
  const at = { gte: instantAt(from, '00:00'), lte: new Date(instantAt(to, '23:59').getTime() + 59_999) };
  const events = await tx.studyEvent.findMany({ where: { date, undoneAt: null } });
  const read = await tx.studyRecord.findMany({ where: { date, undoneAt: null } });
  const written = await tx.reflection.findMany({ where: { at, undoneAt: null } });
  const demands = await demandsFor(tx, month);
  return world.departments.map((unit) => {
    const own = <T extends { departmentCode: string }>(rows: T[]) =>
      rows.filter((row) => row.departmentCode === unit.code);
    const days = new Set(own(read).map(({ personId, date: day }) => `${personId} ${day}`)).size;
    const counts = Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        own(events).filter((one) => one.kind === kind).length +
          (kind === '读' ? days : kind === '写' ? own(written).length : 0),
      ]),
    );
    const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const demanded = demandedOf(unit.code, month, demands);
    const lacks = demanded.filter((kind) => !counts[kind]);
    return { unit, counts, total, demanded, lacks, met: total > 0 && lacks.length === 0 };
  });
}
