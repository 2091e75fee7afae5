import { addDays, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';
import type { MeetingPack } from '#bot/domain/meeting-pack.ts';
import type { MonthFacts } from '#bot/domain/month-facts.ts';
import { outsideQuiet, type Quiet } from '#bot/domain/quiet.ts';
import { EXPORTS } from '#bot/export/records.ts';
import type { World } from '#bot/language/reading.ts';
import { slotsBetween } from '#bot/pipeline/scheduler.ts';
import type { Db } from '#bot/store/db.ts';
import { recount } from '#bot/store/recount.ts';
import { GONE } from '#bot/store/retention.ts';
import * as jobs from '#jobs/index.ts';
import { auditLines, type Counted, colourOf, itemsAt, type Opening, wordOf } from './replay.ts';

type Lines = Awaited<ReturnType<typeof auditLines>>;
const FROM_JOB = /^[a-z-]+@/;

/** Every digest that went out, its figures counted again from the audit. */
export async function digestFaults(db: Db, opening: readonly Opening[], world: World): Promise<string[]> {
  const lines = await auditLines(db);
  const digests = await db.read((client) =>
    client.digest.findMany({ where: { sentAt: { not: null } }, orderBy: { month: 'asc' } }),
  );
  const sessions = await db.read((client) => client.session.findMany({ where: { cancelledAt: null } }));
  return digests.flatMap(({ month, facts }) => {
    const shown: MonthFacts = JSON.parse(facts ?? '{}');
    const cutOff = instantAt(`${month}-28`, '18:00');
    const counted = figuresOf(lines, opening, world, month, cutOff, sessions);
    return Object.entries(counted).flatMap(([figure, value]) => {
      const said = JSON.stringify(pick(shown, figure));
      return said === JSON.stringify(value)
        ? []
        : [`${month} ${figure}: digest ${said}, audit ${JSON.stringify(value)}`];
    });
  });
}

/**
 * The newest 汇报会材料, counted again from the audit: the bureau's figures and each unit's own (R61).
 * @param month what it has to be about, `YYYY-MM`; it is looked at before its words are blanked
 */
export async function packFaults(db: Db, opening: readonly Opening[], world: World, month: string): Promise<string[]> {
  const lines = await auditLines(db);
  const sessions = await db.read((client) => client.session.findMany({ where: { cancelledAt: null } }));
  const [row] = await db.read((client) =>
    client.outbox.findMany({
      where: { key: { startsWith: 'prepare-report-meeting@' }, paper: { contains: `汇报会材料` } },
      orderBy: { id: 'desc' },
      take: 1,
    }),
  );
  const pack: MeetingPack | null = row?.paper ? JSON.parse(row.paper).facts : null;
  if (!pack) return [`${month} pack: none`];
  if (pack.facts.month !== month) return [`${month} pack: it is about ${pack.facts.month}`];
  const cutOff = instantAt(`${month}-28`, '18:00');
  const whole: Record<string, unknown> = figuresOf(lines, opening, world, month, cutOff, sessions);
  // Summaries count in the pack until it is made, in the digest until that is.
  const faults = Object.entries(whole).flatMap(([figure, value]) =>
    figure === 'reports' || JSON.stringify(pick(pack.facts, figure)) === JSON.stringify(value)
      ? []
      : [`${month} pack ${figure}: ${JSON.stringify(pick(pack.facts, figure))}, audit ${JSON.stringify(value)}`],
  );
  const day = dayOf(cutOff);
  const items = [...itemsAt(opening, lines, cutOff, world).values()].filter(({ ended }) => !ended);
  for (const [index, { code, name }] of world.departments.entries()) {
    const shown = pack.units[index];
    const own = items.filter(({ unit }) => unit === code);
    const of = (...categories: string[]) => own.filter(({ category }) => categories.includes(category));
    const done = (some: Counted[]): number => some.filter(({ acceptedAt }) => acceptedAt).length;
    const given = of('交办', '转办');
    const want = {
      ...{ items: own.length, done: done(own), lights: lights(own, day) },
      assigned: {
        ...{ items: given.length, done: done(given) },
        overdue: given.filter((item) => wordOf(item, day) === 'overdue').length,
      },
      problems: { items: of('查摆整改').length, done: done(of('查摆整改')) },
      visits: visitsOf(lines, world, month, day, code),
    };
    for (const [figure, value] of Object.entries(want)) {
      const said = JSON.stringify(shown?.[figure as keyof typeof want]);
      if (said !== JSON.stringify(value))
        faults.push(`${month} pack ${name} ${figure}: ${said}, audit ${JSON.stringify(value)}`);
    }
  }
  // The parts are the whole.
  const sums = pack.units.reduce(
    (sum, { items: count, assigned, problems, visits }) => ({
      ...{ items: sum.items + count, assigned: sum.assigned + assigned.items },
      ...{ problems: sum.problems + problems.items, visits: sum.visits + visits },
    }),
    { items: 0, assigned: 0, problems: 0, visits: 0 },
  );
  const { ledger, assigned, problems, visits } = pack.facts;
  const total = { items: ledger.items, assigned: assigned.items, problems: problems.items, visits };
  if (JSON.stringify(sums) !== JSON.stringify(total))
    faults.push(`${month} pack units ${JSON.stringify(sums)}, whole ${JSON.stringify(total)}`);
  return faults;
}

/** Visits of a unit's people in a month, or of everybody's. */
const visitsOf = (lines: Lines, { members }: World, month: string, day: string, unit?: string): number =>
  lines.filter(
    ({ intent, outcome, command, actor, undoneAt }) =>
      !undoneAt &&
      intent === 'liaison.visit' &&
      outcome === 'visited' &&
      String(command['date']) >= `${month}-01` &&
      String(command['date']) <= day &&
      (unit === undefined || members.some(({ id, department }) => id === actor && department === unit)),
  ).length;

const pick = (facts: MonthFacts, figure: string): unknown => {
  if (figure === 'units')
    return facts.units.map(({ name, items, overdue, lights }) => ({ name, items, overdue, lights }));
  if (figure === 'reports') return { ...facts.reports };
  return facts[figure as keyof MonthFacts];
};

function figuresOf(
  lines: Lines,
  opening: readonly Opening[],
  world: World,
  month: string,
  cutOff: Date,
  sessions: { code: string; start: Date; end: Date }[],
) {
  const day = dayOf(cutOff);
  const items = [...itemsAt(opening, lines, cutOff, world).values()].filter(({ ended }) => !ended);
  const count = (word: string): number => items.filter((item) => wordOf(item, day) === word).length;
  const of = (...categories: string[]): Counted[] => items.filter(({ category }) => categories.includes(category));
  const done = (some: Counted[]): number => some.filter(({ acceptedAt }) => acceptedAt).length;
  const given = of('交办', '转办');
  const next = addDays(`${month}-28`, 7).slice(0, 7);
  const last = addDays(`${addDays(`${next}-28`, 7).slice(0, 7)}-01`, -1);
  const open = items.filter(({ acceptedAt, appliedAt }) => !acceptedAt && !appliedAt);
  const first = instantAt(`${month}-01`, '00:00');
  const standing = lines.filter(({ undoneAt }) => !undoneAt);
  const within = (at: Date): boolean => at >= first && at <= cutOff;
  return {
    ledger: {
      ...{ items: items.length, done: count('done'), waiting: count('awaiting_acceptance') },
      ...{ inProgress: count('in_progress'), unreported: count('not_started'), overdue: count('overdue') },
    },
    lights: lights(items, day),
    units: world.departments.flatMap(({ code, name }) => {
      const own = items.filter(({ unit }) => unit === code);
      const overdue = own.filter((item) => wordOf(item, day) === 'overdue').length;
      return own.length === 0 ? [] : [{ name, items: own.length, overdue, lights: lights(own, day) }];
    }),
    assigned: {
      items: given.length,
      done: done(given),
      overdue: given.filter((item) => wordOf(item, day) === 'overdue').length,
    },
    problems: { items: of('查摆整改').length, done: done(of('查摆整改')) },
    dueSoon: open.filter(({ deadline }) => deadline > day && deadline <= last).length,
    silent: open.filter(({ reportedAt }) => !reportedAt.some(within)).length,
    visits: visitsOf(lines, world, month, day),
    reports: reportsOf(standing, world, month),
    study: studyOf(
      standing,
      world,
      sessions.filter(({ start, end }) => start >= first && end <= cutOff),
    ),
  };
}

function lights(items: readonly Counted[], day: string): Record<string, number> {
  const counts = { green: 0, yellow: 0, red: 0, blue: 0, grey: 0 };
  for (const item of items) counts[colourOf(item, day)] += 1;
  return counts;
}

/** Who had handed in by the time the digest went out; later than the 28th is late. */
function reportsOf(lines: Lines, world: World, month: string) {
  const sentOn = firstWorkdayAfter(`${month}-28`);
  const byUnit = new Map<string, Date>();
  for (const { intent, outcome, command, actor, at } of lines) {
    if (intent !== 'report.month' || outcome !== 'reported' || command['month'] !== month) continue;
    if (at > instantAt(sentOn, '09:00')) continue;
    const unit = world.departments.find(({ head }) => head === actor)?.code;
    if (unit) byUnit.set(unit, at);
  }
  const late = [...byUnit.values()].filter((at) => dayOf(at) > `${month}-28`).length;
  const missing = world.departments.filter(({ code }) => !byUnit.has(code)).map(({ name }) => name);
  return { due: world.departments.length, onTime: byUnit.size - late, late, missing, exempt: [] };
}

function firstWorkdayAfter(day: string): string {
  let next = addDays(day, 1);
  while (!isWorkday(next)) next = addDays(next, 1);
  return next;
}

function studyOf(lines: Lines, world: World, sessions: { code: string }[]) {
  const held = new Set(sessions.map(({ code }) => code));
  const signed = lines.filter(
    ({ intent, outcome, command }) =>
      intent === 'attendance.sign_in' && outcome === 'signed-in' && held.has(String(command['session'])),
  );
  const came = new Set(signed.map(({ actor, command }) => `${command['session']} ${actor}`)).size;
  return { sessions: sessions.length, expected: sessions.length * world.members.length, came };
}

/** The ledger as it is exported, against the audit. */
export async function exportFaults(db: Db, opening: readonly Opening[], world: World, now: Date): Promise<string[]> {
  const lines = await auditLines(db);
  const items = itemsAt(opening, lines, now, world);
  const records = await db.read((client) => EXPORTS.ledger.collect(client, { now }));
  return records.flatMap((record) => {
    const item = items.get(String(record['code']));
    if (!item) return [`export ${record['code']}: not in the audit`];
    const want = {
      quantity: item.quantity,
      percent: item.percent,
      deadline: item.deadline,
      status: wordOf(item, dayOf(now)),
    };
    return Object.entries(want).flatMap(([field, value]) =>
      record[field] === value ? [] : [`export ${item.code} ${field}: ${record[field]}, audit ${value}`],
    );
  });
}

/** Slots that are missing, were run twice, or were not on time. */
export async function slotFaults(db: Db, from: Date, to: Date): Promise<string[]> {
  const sessions = await db.read((client) => client.session.findMany({ select: { start: true, end: true } }));
  const runs = await db.read((client) => client.jobRun.findMany());
  const expected = slotsBetween(Object.values(jobs), from, to, sessions).map(
    ({ job, at }) => `${job.name}@${at.toISOString()}`,
  );
  const ran = new Map<string, number>();
  for (const { name, slot } of runs) {
    const key = `${name}@${slot.toISOString()}`;
    ran.set(key, (ran.get(key) ?? 0) + 1);
  }
  return [
    ...expected.filter((key) => !ran.has(key)).map((key) => `slot missing: ${key}`),
    ...[...ran].filter(([, times]) => times > 1).map(([key]) => `slot twice: ${key}`),
    ...runs.filter(({ outcome }) => outcome !== 'done').map(({ key, outcome }) => `slot ${outcome}: ${key}`),
  ];
}

/** What was to be told and never arrived. */
export async function deliveryFaults(db: Db): Promise<string[]> {
  const rows = await db.read((client) => client.outbox.findMany({ where: { sentAt: null }, orderBy: { id: 'asc' } }));
  return rows.map(({ key, kind, address, error }) => `undelivered: ${key} ${kind} ${address} ${error ?? ''}`);
}

/** Scheduled words that reached somebody in quiet hours, on leave, or twice, as far as the words are still kept. */
export async function messageFaults(db: Db, quiet: Quiet | null): Promise<string[]> {
  const rows = await db.read((client) =>
    client.outbox.findMany({ where: { sentAt: { not: null } }, orderBy: { id: 'asc' } }),
  );
  const leaves = await db.read((client) => client.leave.findMany({ where: { state: 'approved', sessionCode: null } }));
  const seen = new Set<string>();
  return rows.flatMap(({ key, kind, address, text, sentAt, paper }) => {
    if (!FROM_JOB.test(key) || !sentAt) return [];
    const day = dayOf(sentAt);
    const faults =
      outsideQuiet(sentAt, quiet).getTime() === sentAt.getTime()
        ? []
        : [`quiet hours: ${key} ${day} ${timeOf(sentAt)}`];
    const away = leaves.some(
      ({ personId, fromOn, toOn, decidedAt }) =>
        personId === address && fromOn <= day && day <= toOn && decidedAt !== null && decidedAt < sentAt,
    );
    if (kind === 'user' && away) faults.push(`on leave: ${key} ${address} ${day}`);
    // What was kept its time is blank and alike; it was looked at in its month.
    if (text === GONE) return faults;
    const same = `${kind} ${address} ${day} ${text} ${paper}`;
    if (seen.has(same)) faults.push(`twice: ${key} ${address} ${text.slice(0, 40)}`);
    seen.add(same);
    return faults;
  });
}

/** What the record book says of itself. */
export async function bookFaults(db: Db): Promise<string[]> {
  const { differences } = await db.read(recount);
  return differences.map(
    ({ code, column, kept, recounted }) => `books ${code} ${column}: kept ${kept}, history ${recounted}`,
  );
}
