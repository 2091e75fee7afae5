import { addDays, type Day, instantAt, isWorkday } from './calendar.ts';
import type { Audience } from './domain/groups.ts';
import type { World } from './language/reading.ts';
import type { Words } from './message.ts';
import { officeIds } from './permission.ts';
import type { Tx } from './store/db.ts';

/** Words a job has for somebody: a member, or group chats: those for an audience, or all there are. */
export interface JobNotice extends Words {
  to: { kind: 'user'; id: string } | { kind: 'groups'; audience?: Audience };
}

export const toMember = (id: string, text: string): JobNotice => ({ to: { kind: 'user', id }, text });
/** The same words for everybody of the office. */
export const toOffice = (world: World, text: string): JobNotice[] => officeIds(world).map((id) => toMember(id, text));

/** What the times of a day may depend on. */
export interface Timetable {
  sessions: { start: Date; end: Date }[];
}

/** One thing the clock does. It is told its slot and never asks the clock, so a late run behaves as if on time. */
export interface Job {
  name: string;
  title: string;
  /** when, in words for the administrator */
  rule: string;
  /** how late a missed slot is still run, marked 补发; later it is only noted as 漏发 (G16) */
  graceMs: number;
  /** duties of the day: a person hears them at 08:45 with everything else of the morning (R91) */
  morning?: true;
  /** the service's own upkeep: runs outside the campaign's window as well */
  always?: true;
  /** 日程 (R64): what the campaign's calendar says of a slot, and to whom; absent, or null, for what nobody has to plan for */
  calendar?: { of: 'everybody' | 'office'; title(slot: Date): string | null };
  /** the instants of one day at which it runs */
  slotsOn(day: Day, timetable: Timetable): Date[];
  run(context: {
    slot: Date;
    tx: Tx;
    world: World;
    publicUrl?: string | undefined;
    /** what stands in the campaign's calendar of some days */
    duties(from: Day, to: Day): Duty[];
  }): Promise<JobNotice[]>;
}

/** A slot of a job as the campaign's calendar names it. */
export interface Duty {
  at: Date;
  title: string;
  of: 'everybody' | 'office';
}

/** What the clock does on some days, as far as the calendar names it: by the jobs' own rules, so that it says what will happen. */
export function dutiesBetween(jobs: readonly Job[], from: Day, to: Day): Duty[] {
  const named = jobs.flatMap((job) => (job.calendar ? [{ job, ...job.calendar }] : []));
  const duties: Duty[] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    for (const { job, of, title: titleAt } of named)
      for (const at of job.slotsOn(day, { sessions: [] })) {
        const title = titleAt(at);
        if (title !== null) duties.push({ at, title, of });
      }
  return duties;
}

export const defineJob = (job: Job): Job => job;

/** Slots at a time, `HH:MM`, of every workday. */
export const onWorkdays =
  (time: string) =>
  (day: Day): Date[] =>
    isWorkday(day) ? [instantAt(day, time)] : [];

export const HOUR_MS = 3_600_000;
