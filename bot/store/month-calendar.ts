import { addDays, type Day, dayOf, instantAt } from '#bot/calendar.ts';
import { lastOf } from '#bot/domain/month.ts';
import { type Entry, entryAt, inOrder } from '#bot/domain/month-calendar.ts';
import { titled } from '#bot/domain/session-words.ts';
import type { Duty } from '#bot/job.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { has, unitsHeadedBy } from '#bot/permission.ts';
import type { Tx } from './db.ts';
import { markHourOf } from './month-hand-in.ts';

/** Whose calendar: units whose nodes, sessions and items stand in it. */
export interface Reader {
  units: string[];
  all: boolean;
}

export const readerOf = (person: WorldPerson, world: World): Reader => ({
  units: [...new Set([person.department, ...unitsHeadedBy(person, world).map(({ code }) => code)])],
  all: has(person, 'chief', 'leader', 'office'),
});

/** The month as far as it lies in the campaign; null where it does not at all. */
export function spanOf(month: string, { campaign }: World): { from: Day; to: Day } | null {
  const [first, last] = [`${month}-01`, lastOf(month)];
  const from = campaign && campaign.from > first ? campaign.from : first;
  const to = campaign && campaign.to < last ? campaign.to : last;
  return from <= to ? { from, to } : null;
}

/** What of a month is known: what the clock does, 时间节点 of the office, sessions, and what of the reader's units falls due (R64). */
export async function monthEntries(
  tx: Tx,
  world: World,
  { from, to }: { from: Day; to: Day },
  { duties, reader }: { duties: readonly Duty[]; reader: Reader },
): Promise<Entry[]> {
  const concerns = (scope: string): boolean => {
    const units: string[] = JSON.parse(scope);
    return reader.all || units.length === 0 || units.some((code) => reader.units.includes(code));
  };
  const nodes = await tx.timeNode.findMany({ where: { endedAt: null, date: { gte: from, lte: to } } });
  const start = { gte: instantAt(from, '00:00'), lt: instantAt(addDays(to, 1), '00:00') };
  const sessions = await tx.session.findMany({ where: { cancelledAt: null, start } });
  const items = await itemsDue(tx, world, { from, to }, reader);
  const within = duties.filter(
    ({ at, of }) => (of === 'everybody' || reader.all) && dayOf(at) >= from && dayOf(at) <= to,
  );
  // Everybody knows the day after which a month counts as late (R45).
  const month = from.slice(0, 7);
  const marks = [`${month}-28`].filter((day) => day >= from && day <= to);
  const markTime = `${await markHourOf(tx, month)}:00`;
  return inOrder([
    ...within.map(({ at, title }) => entryAt(at, title, 'rule')),
    ...marks.map((day): Entry => ({ day, time: markTime, title: '月度工作台账上报截止', kind: 'rule' })),
    ...nodes
      .filter(({ scope }) => concerns(scope))
      .map(({ id, date, time, title }): Entry => ({ day: date, time, title, kind: 'node', no: id })),
    ...sessions
      .filter(({ scope }) => concerns(scope))
      .map((one) => entryAt(one.start, `${one.kind}${titled(one.topic)}${one.venue && `，${one.venue}`}`, 'session')),
    ...items,
  ]);
}

/** Open items of the reader's units whose term lies in the stretch; who leads everything sees them in the ledger. */
async function itemsDue(tx: Tx, world: World, { from, to }: { from: Day; to: Day }, { units, all }: Reader) {
  if (all) return [];
  const rows = await tx.ledgerItem.findMany({
    where: { departmentCode: { in: units }, acceptedAt: null, endedAt: null, deadline: { gte: from, lte: to } },
    orderBy: [{ deadline: 'asc' }, { no: 'asc' }],
  });
  const known = new Set(world.ledger.map(({ code }) => code));
  return rows
    .filter(({ code }) => known.has(code))
    .map(
      ({ no, title, deadline }): Entry => ({ day: deadline, time: '', title: `${no}号《${title}》到期`, kind: 'item' }),
    );
}
