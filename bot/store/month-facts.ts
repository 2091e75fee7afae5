import { dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { type Light, type LightRule, lightOf } from '#bot/domain/light.ts';
import { addMonths, lastOf } from '#bot/domain/month.ts';
import type { LightCounts, MonthFacts } from '#bot/domain/month-facts.ts';
import { byGroup } from '#bot/domain/tasks.ts';
import type { World } from '#bot/language/reading.ts';
import { itemsAsOf } from './as-of.ts';
import { attendanceOf } from './attendance.ts';
import type { Tx } from './db.ts';
import { lightRuleAt } from './figures.ts';
import { handInStanding } from './month.ts';
import { toldOf } from './standing.ts';

// What fits beside a bar on a phone; longer names go by their alias.
const LONGEST_NAME = 8;

type Item = Awaited<ReturnType<typeof itemsAsOf>>[number];

/** 月报截止: the month's 28th at 18:00, or `now` if that is earlier. */
export const cutOffOf = (month: string, now: Date): Date =>
  new Date(Math.min(instantAt(`${month}-28`, '18:00').getTime(), now.getTime()));

/** Every figure of a month up to its cut-off (R92). */
export async function monthFacts(tx: Tx, world: World, month: string, now: Date): Promise<MonthFacts> {
  const first = instantAt(`${month}-01`, '00:00');
  const cutOff = cutOffOf(month, now);
  const day = dayOf(cutOff);
  const all = await itemsAsOf(tx, cutOff);
  const rule = await lightRuleAt(tx, cutOff);
  const items = all.filter(({ split }) => !split);
  const status = grouped(items, (item) => statusOf(item, day));
  const count = (name: ReturnType<typeof statusOf>): number => status.get(name)?.length ?? 0;
  const spoken = await toldOf(tx, first, cutOff);
  const open = items.filter(({ acceptedAt, completedAt }) => !acceptedAt && !completedAt);
  const assigned = items.filter(({ category }) => category === '交办' || category === '转办');
  const problems = items.filter(({ category }) => category === '查摆整改');
  const done = (some: Item[]): number => some.filter(({ acceptedAt }) => acceptedAt).length;
  const until = lastOf(addMonths(month, 1));
  return {
    ...{ month, day, time: timeOf(cutOff) },
    study: await studyFacts(tx, first, cutOff),
    ledger: {
      ...{ items: items.length, done: count('done'), waiting: count('awaiting_acceptance') },
      ...{ inProgress: count('in_progress'), unreported: count('not_started'), overdue: count('overdue') },
    },
    lights: lightsOf(items, day, rule),
    units: unitFacts(world, items, day, rule),
    tasks: taskFacts(all.filter(({ parentCode }) => parentCode === null)),
    assigned: {
      ...{ items: assigned.length, done: done(assigned) },
      overdue: assigned.filter((item) => statusOf(item, day) === 'overdue').length,
    },
    problems: { items: problems.length, done: done(problems) },
    ...sourcesOf(problems),
    visits: await tx.visit.count({ where: { date: { gte: `${month}-01`, lte: day }, undoneAt: null } }),
    reports: await reportFacts(tx, world, month),
    dueSoon: open.filter(({ deadline }) => deadline > day && deadline <= until).length,
    silent: open.filter(({ code }) => !spoken.has(code)).length,
  };
}

/** Problems by where they came from: the two kinds 集中教育 left, and what was found since (R51). */
function sourcesOf(problems: readonly Item[]): Pick<MonthFacts, 'sources'> {
  const left = ['集中教育反映', '集中教育未解决'];
  if (!problems.some(({ source }) => left.includes(source))) return {};
  const of = (name: string, fits: (source: string) => boolean) => {
    const own = problems.filter(({ source }) => fits(source));
    return { name, items: own.length, done: own.filter(({ acceptedAt }) => acceptedAt).length };
  };
  return {
    sources: [
      ...left.map((name) => of(name, (source) => source === name)),
      of('活动中查摆', (one) => !left.includes(one)),
    ],
  };
}

/** How many items have each light on a day, by the rule that held on it. */
export function lightsOf(items: readonly Item[], day: string, rule: LightRule): LightCounts {
  const counts: LightCounts = { green: 0, yellow: 0, red: 0, blue: 0, grey: 0 };
  for (const item of items) counts[lightOf(item, day, rule) as Light] += 1;
  return counts;
}

/** Units in establishment order; those without an item are left out. */
function unitFacts(world: World, items: readonly Item[], day: string, rule: LightRule): MonthFacts['units'] {
  const ofUnit = grouped(items, ({ departmentCode }) => departmentCode);
  return world.departments.flatMap(({ code, name, aliases }) => {
    const own = ofUnit.get(code) ?? [];
    const overdue = own.filter((item) => statusOf(item, day) === 'overdue').length;
    const short = name.length <= LONGEST_NAME ? name : (aliases[0] ?? name);
    return own.length === 0 ? [] : [{ name, short, items: own.length, overdue, lights: lightsOf(own, day, rule) }];
  });
}

/** Mean progress of each group, of those items of which a figure is known (G8). */
function taskFacts(items: readonly Item[]): MonthFacts['tasks'] {
  return byGroup(items).map(({ name, items: own }) => {
    const known = own.flatMap(({ percent }) => (percent === null ? [] : [percent]));
    const mean = known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
    const percent = mean === null ? null : Math.round(mean * 10) / 10;
    const done = own.filter(({ acceptedAt }) => acceptedAt).length;
    return { name, items: own.length, told: known.length, done, percent };
  });
}

async function studyFacts(tx: Tx, first: Date, cutOff: Date): Promise<MonthFacts['study']> {
  const sessions = await tx.session.findMany({
    where: { start: { gte: first }, end: { lte: cutOff }, cancelledAt: null },
  });
  const study = { sessions: sessions.length, expected: 0, came: 0 };
  for (const session of sessions) {
    const { expected, came } = await attendanceOf(tx, session);
    study.expected += expected;
    study.came += came;
  }
  return study;
}

async function reportFacts(tx: Tx, world: World, month: string): Promise<MonthFacts['reports']> {
  const { due, onTime, late, missing, exempt } = await handInStanding(tx, month, world.departments);
  const counts = { due: due.length, onTime: onTime.length, late: late.length };
  return { ...counts, missing: missing.map(({ name }) => name), exempt: exempt.map(({ name }) => name) };
}
