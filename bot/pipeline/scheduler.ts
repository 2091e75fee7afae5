import type { Logger } from 'pino';
import { addDays, type Clock, dayOf } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { outsideQuiet, toldAt } from '#bot/domain/quiet.ts';
import type { Job } from '#bot/job.ts';
import { awayOn } from '#bot/store/absence.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { rowOf } from './answer.ts';

export interface SchedulerParts {
  db: Db;
  clock: Clock;
  jobs: readonly Job[];
  config: Pick<Config, 'QUIET_HOURS' | 'WECOM_GROUP_WEBHOOKS'>;
  log: Logger;
}

export interface Slot {
  job: Job;
  at: Date;
}

// After a longer standstill nothing of it would still be wanted, and looking through it would only hold up the start.
const FARTHEST_BACK_DAYS = 40;

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

/** Runs every slot that came due since the last look, each once across restarts; the first look only sets the mark. */
export async function runDue({ db, clock, jobs, config, log }: SchedulerParts): Promise<void> {
  const now = clock.now();
  const cursor = await db.read((client) => client.schedulerCursor.findUnique({ where: { id: 1 } }));
  const earliest = new Date(now.getTime() - FARTHEST_BACK_DAYS * 86_400_000);
  const from = cursor && cursor.at > earliest ? cursor.at : cursor ? earliest : now;
  if (from < now || !cursor) {
    const sessions = await db.read((client) => client.session.findMany({ select: { start: true, end: true } }));
    for (const { job, at } of slotsBetween(jobs, from, now, sessions)) {
      const lateMs = now.getTime() - at.getTime();
      const outcome = lateMs > job.graceMs ? 'missed' : lateMs > 90_000 ? 'late' : 'done';
      if (outcome === 'missed') log.warn({ job: job.name, slot: at.toISOString() }, 'slot missed');
      await db.write((tx) => runSlot(tx, job, at, outcome, now, config));
    }
    await db.write((tx) =>
      tx.schedulerCursor.upsert({ where: { id: 1 }, create: { id: 1, at: now }, update: { at: now } }),
    );
  }
}

/**
 * Runs one slot of a job unless it ran before: its row and what it has to tell appear together.
 * @returns how many were told; null if the slot had run already.
 */
export async function runSlot(
  tx: Tx,
  job: Job,
  slot: Date,
  outcome: 'done' | 'late' | 'missed',
  at: Date,
  config: SchedulerParts['config'],
): Promise<number | null> {
  const key = `${job.name}@${slot.toISOString()}`;
  if (await tx.jobRun.findUnique({ where: { key } })) return null;
  const campaign = await tx.campaign.findUnique({ where: { id: 1 } });
  const outside = campaign && (dayOf(slot) < campaign.from || dayOf(slot) > addDays(campaign.to, 1));
  const notices = outcome === 'missed' || outside ? [] : await job.run({ slot, tx, world: await loadWorld(tx) });
  const groupsAt = outsideQuiet(at, config.QUIET_HOURS);
  const peopleAt = toldAt(at, config.QUIET_HOURS, job.morning ?? false);
  const away = await awayOn(tx, dayOf(peopleAt));
  const groups = [...config.WECOM_GROUP_WEBHOOKS.keys()];
  const told = notices.flatMap(({ to, ...words }) => {
    if (to.kind === 'groups')
      return groups.map((address) => ({ ...rowOf({ ...words, kind: 'group', address }), notBefore: groupsAt }));
    return away.has(to.id) ? [] : [{ ...rowOf({ ...words, kind: 'user', address: to.id }), notBefore: peopleAt }];
  });
  for (const [index, one] of told.entries())
    await tx.outbox.create({ data: { ...one, key: `${key}#${index}`, broadcast: true } });
  await tx.jobRun.create({ data: { key, name: job.name, slot, at, outcome, told: told.length } });
  return told.length;
}
