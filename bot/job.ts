import type { Day } from './calendar.ts';
import type { Audience } from './domain/groups.ts';
import type { World } from './language/reading.ts';
import type { Words } from './message.ts';
import type { Tx } from './store/db.ts';

/** Words a job has for somebody: a member, or group chats: those for an audience, or all there are. */
export interface JobNotice extends Words {
  to: { kind: 'user'; id: string } | { kind: 'groups'; audience?: Audience };
}

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
  /** the instants of one day at which it runs */
  slotsOn(day: Day, timetable: Timetable): Date[];
  run(context: { slot: Date; tx: Tx; world: World; publicUrl?: string | undefined }): Promise<JobNotice[]>;
}

export const defineJob = (job: Job): Job => job;

export const HOUR_MS = 3_600_000;
