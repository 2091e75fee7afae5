import type { Logger } from 'pino';
import { addDays, type Clock, dateInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { groupsFor } from '#bot/domain/groups.ts';
import { LATER, outsideQuiet, toldAt } from '#bot/domain/quiet.ts';
import { dutiesBetween, type Job } from '#bot/job.ts';
import { awayOn } from '#bot/store/absence.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { knownGroups } from '#bot/store/groups.ts';
import { hasRun, type JobRun, noteRun, seenUpTo, setSeen } from '#bot/store/job-run.ts';
import { loadWorld } from '#bot/store/world.ts';
import { tellAdmins } from './alarm.ts';
import { rowOf } from './answer.ts';

const MOST_ROWS = 500;
/** What stands under the duties of a morning. */
const PUT_OFF = { buttons: [{ label: LATER, says: LATER }], style: { shared: true } };

export interface SchedulerParts {
  db: Db;
  clock: Clock;
  jobs: readonly Job[];
  config: Pick<Config, 'QUIET_HOURS' | 'WECOM_GROUP_WEBHOOKS'> & Partial<Pick<Config, 'PUBLIC_URL'>>;
  log: Logger;
}

export interface Slot {
  job: Job;
  at: Date;
}

// After a longer standstill nothing of it would still be wanted, and looking through it would only hold up the start.
const FARTHEST_BACK_DAYS = 40;
const MOST_TRIES = 3;
const MOST_LISTED = 5;

/** Every slot after `from` up to and with `to`, in order of time. */
export function slotsBetween(
  jobs: readonly Job[],
  from: Date,
  to: Date,
  sessions: { start: Date; end: Date }[],
): Slot[] {
  const slots: Slot[] = [];
  for (let day = dayOf(from); day <= dayOf(to); day = addDays(day, 1)) {
    const ofDay = sessions.filter(({ start }) => dayOf(start) === day);
    for (const job of jobs)
      for (const at of job.slotsOn(day, { sessions: ofDay })) if (at > from && at <= to) slots.push({ job, at });
  }
  return slots.sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** The sessions of the days on which the slots lie. */
const sessionsBetween = (client: Tx, from: Date, to: Date) =>
  client.session.findMany({
    where: { start: { gte: instantAt(dayOf(from), '00:00'), lt: instantAt(addDays(dayOf(to), 1), '00:00') } },
    select: { start: true, end: true },
  });

/**
 * Every slot that came due since the last look runs once, across restarts and clocks put back; the first look ever only
 * sets the mark. A job that fails is tried again at the next look and given up after three; others do not wait for it.
 * What was missed or given up is reported (G16).
 * @returns the look.
 */
export function openScheduler(parts: SchedulerParts): () => Promise<void> {
  const { db, clock, jobs, log } = parts;
  const failures = new Map<string, number>();

  /** Gives back whether the slot is done with; adds to `lost` what had to be given up. */
  const attempt = async (slot: Slot, now: Date, lost: Lost[]): Promise<boolean> => {
    const { job, at } = slot;
    const lateMs = now.getTime() - at.getTime();
    const key = keyOf(job, at);
    const inTime = lateMs > 90_000 ? 'late' : 'done';
    const givenUp = (failures.get(key) ?? 0) >= MOST_TRIES;
    const outcome = givenUp ? 'failed' : lateMs > job.graceMs ? 'missed' : inTime;
    if (outcome === 'missed' || outcome === 'failed')
      log.warn({ job: job.name, slot: at.toISOString(), outcome }, 'slot');
    try {
      const told = await db.write((tx) => runSlot(tx, job, at, outcome, now, parts.config, jobs));
      if (told !== null && (outcome === 'missed' || outcome === 'failed')) lost.push({ ...slot, outcome });
      failures.delete(key);
      return true;
    } catch (error) {
      failures.set(key, (failures.get(key) ?? 0) + 1);
      log.error(
        { job: job.name, slot: at.toISOString(), cause: error instanceof Error ? error.name : '' },
        'job failed',
      );
      return false;
    }
  };

  return async () => {
    const now = clock.now();
    const seenBefore = await db.read(seenUpTo);
    const earliest = new Date(now.getTime() - FARTHEST_BACK_DAYS * 86_400_000);
    const from = seenBefore && seenBefore < earliest ? earliest : (seenBefore ?? now);
    // A mark ahead of the clock was set before the clock was put back: what ran since will not run again.
    if (from.getTime() === now.getTime() && seenBefore) return;
    const sessions = await db.read((client) => sessionsBetween(client, from, now));
    let seen = now;
    const lost: Lost[] = [];
    for (const slot of slotsBetween(jobs, from, now, sessions))
      if (!(await attempt(slot, now, lost)) && slot.at <= seen) seen = new Date(slot.at.getTime() - 1);
    await db.write(async (tx) => {
      await setSeen(tx, seen);
      await reportLost(tx, lost, now);
    });
  };
}

/** A slot that did not run and will not. */
type Lost = Slot & { outcome: 'missed' | 'failed' };
const WHY = { missed: '漏发', failed: '三次未成' };

/** Tells the administrator what this look had to give up. */
async function reportLost(tx: Tx, lost: Lost[], now: Date): Promise<void> {
  const [first] = lost;
  if (!first) return;
  const lines = lost
    .slice(0, MOST_LISTED)
    .map(({ job, at, outcome }) => `${job.title}（${dateInWords(dayOf(at))}${timeOf(at)}）${WHY[outcome]}`);
  const more = lost.length > lines.length ? `等${lost.length}次` : '';
  const text = `有定时任务没有执行：${lines.join('、')}${more}。如仍需要，请用管理命令 job run 补做。`;
  await tellAdmins(tx, `lost:${keyOf(first.job, first.at)}`, text, now);
}

const keyOf = (job: Job, slot: Date): string => `${job.name}@${slot.toISOString()}`;

/**
 * Runs one slot of a job unless it ran before: its row and what it has to tell appear together.
 * @returns how many were told; null if the slot had run already.
 */
export async function runSlot(
  tx: Tx,
  job: Job,
  slot: Date,
  outcome: JobRun['outcome'],
  at: Date,
  config: SchedulerParts['config'],
  jobs: readonly Job[] = [job],
): Promise<number | null> {
  const key = keyOf(job, slot);
  if (await hasRun(tx, key)) return null;
  const world = await loadWorld(tx);
  const { campaign } = world;
  const outside = campaign && (dayOf(slot) < campaign.from || dayOf(slot) > addDays(campaign.to, 1));
  const idle = outcome === 'missed' || outcome === 'failed' || (outside && !job.always);
  const publicUrl = config.PUBLIC_URL?.replace(/\/+$/, '');
  const notices = idle
    ? []
    : await job.run({ slot, tx, world, publicUrl, duties: (from, to) => dutiesBetween(jobs, from, to) });
  const row = { key, name: job.name, slot, at, outcome };
  // Most slots have nothing to tell: who is away and which groups there are need not be asked then.
  if (notices.length === 0) {
    await noteRun(tx, { ...row, told: 0 });
    return 0;
  }
  const groupsAt = outsideQuiet(at, config.QUIET_HOURS);
  const peopleAt = toldAt(at, config.QUIET_HOURS, job.morning ?? false);
  const away = await awayOn(tx, dayOf(peopleAt));
  const groups = await knownGroups(tx, config.WECOM_GROUP_WEBHOOKS.keys(), world.departments);
  const told = notices.flatMap(({ to, ...words }) => {
    if (to.kind === 'groups')
      return groupsFor(groups, to.audience).map(({ name }) => ({
        ...{ ...rowOf({ ...words, kind: 'group', address: name }), notBefore: groupsAt },
      }));
    const told = job.morning && !words.buttons ? { ...words, ...PUT_OFF } : words;
    return away.has(to.id) ? [] : [{ ...rowOf({ ...told, kind: 'user', address: to.id }), notBefore: peopleAt }];
  });
  const rows = told.map((one, index) => ({ ...one, key: `${key}#${index}`, broadcast: true }));
  // A statement takes only so many values.
  for (let from = 0; from < rows.length; from += MOST_ROWS)
    await tx.outbox.createMany({ data: rows.slice(from, from + MOST_ROWS) });
  await noteRun(tx, { ...row, told: told.length });
  return told.length;
}
