import { type Day, dayOf, instantAt } from '#bot/calendar.ts';
import { AREAS, plannedIn, timesShort } from '#bot/domain/inspection.ts';
import { firstWorkdayOf, lastWorkdayOf, monthInWords, monthOf, quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import { has } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import { figureOf } from '#bot/store/figures.ts';

/**
 * 督查计划: every unit is looked into so many times a quarter, spread over its months in establishment order. On a month's first
 * workday the office and the leaders in charge hear whose turn it is, on the quarter's last what was not done (R50).
 */
export default defineJob({
  name: 'plan-inspections',
  title: '督查计划',
  rule: '每月第一个工作日08:30，本月安排督查的科室（单位）；季度最后一个工作日08:30，尚未督查的',
  graceMs: 24 * HOUR_MS,
  morning: true,
  calendar: { of: 'office', title: (slot) => (beginsMonth(dayOf(slot)) ? '安排本月督查' : '核对本季督查') },
  slotsOn: (day) => (beginsMonth(day) || endsQuarter(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx, world }) {
    const day = dayOf(slot);
    const times = await figureOf(tx, 'inspections', slot);
    if (times === 0) return [];
    const quarter = quarterOf(day);
    const held = await heldIn(tx, quarter, day);
    const month = monthOf(day);
    const ends = endsQuarter(day) && !beginsMonth(day);
    const due = world.departments.flatMap((unit, index) => {
      const own = held.get(unit.code) ?? [];
      // Whoever was looked into before its turn has had it.
      const wanted = ends ? times : plannedIn(index, month, times);
      const short = timesShort(wanted, own.length);
      if (short === 0) return [];
      const areas = AREAS.map(([area]) => area).filter((area) => !own.includes(area));
      return [{ unit, words: `${unit.name}${short > 1 ? `${short}次` : ''}${untouched(areas)}` }];
    });
    const head = ends
      ? `${quarterInWords(quarter)}督查计划（每科室（单位）${times}次）尚未完成`
      : `${monthInWords(month)}督查计划（每季每科室（单位）${times}次）`;
    return readers(world).flatMap(({ id, holds }): JobNotice[] => {
      const own = due.filter(({ unit }) => holds(unit));
      const [first] = own;
      if (!first) return [];
      const how = `登记请发“督查${first.unit.aliases[0] ?? first.unit.name}台账完成情况：……”。`;
      return [toMember(id, `${head}：${own.map(({ words }) => words).join('、')}。${how}`)];
    });
  },
});

const beginsMonth = (day: Day): boolean => firstWorkdayOf(monthOf(day)) === day;
const endsQuarter = (day: Day): boolean => Number(day.slice(5, 7)) % 3 === 0 && lastWorkdayOf(monthOf(day)) === day;

/** The areas that were looked into at each unit in a quarter, a word a check. */
async function heldIn(tx: Tx, quarter: string, until: string): Promise<Map<string, string[]>> {
  const checks = await tx.inspection.findMany({ where: { undoneAt: null, heldOn: { lte: until } } });
  const held = new Map<string, string[]>();
  for (const { departmentCode, heldOn, area } of checks)
    if (quarterOf(heldOn) === quarter) held.set(departmentCode, [...(held.get(departmentCode) ?? []), area]);
  return held;
}

type Unit = World['departments'][number];
/** The office for all units, a leader for those in charge. */
const readers = ({ members }: World): { id: string; holds: (unit: Unit) => boolean }[] =>
  members.flatMap((member) => {
    if (has(member, 'office')) return [{ id: member.id, holds: () => true }];
    return has(member, 'leader') && !has(member, 'chief')
      ? [{ id: member.id, holds: ({ leader }: Unit) => leader === member.id }]
      : [];
  });

/** Which of the five areas are still to be looked into; of a unit nobody looked into it goes without saying. */
const untouched = (areas: readonly string[]): string =>
  areas.length === AREAS.length ? '' : `（未查：${areas.join('、') || '无'}）`;
