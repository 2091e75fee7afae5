import { addDays, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';

export interface Quiet {
  from: string;
  to: string;
  restDays: boolean;
}

/** When what falls due between the end of the night and then reaches a person, as one message (R91, J09). */
const MORNING = '08:45';

/** What can be said, or tapped, of all that is told in the morning (R91). */
export const LATER = '明天再提醒';

/** When a person hears scheduled words that are ready at `at`: what waited overnight, and what a job has for the `morning`, together. */
export function toldAt(at: Date, quiet: Quiet | null, morning: boolean): Date {
  const ready = outsideQuiet(at, quiet);
  const waits = quiet !== null && (morning || ready > at) && timeOf(ready) < MORNING;
  return waits ? instantAt(dayOf(ready), MORNING) : ready;
}

/** When scheduled words may go out that are ready at `at` (R91): `at` itself, or the end of the quiet span. */
export function outsideQuiet(at: Date, quiet: Quiet | null): Date {
  if (!quiet) return at;
  const time = timeOf(at);
  const resting = (day: string) => quiet.restDays && !isWorkday(day);
  let day = dayOf(at);
  if (!resting(day) && time >= quiet.to && time < quiet.from) return at;
  if (time >= quiet.to || resting(day)) day = time < quiet.to && !resting(day) ? day : addDays(day, 1);
  while (resting(day)) day = addDays(day, 1);
  return instantAt(day, quiet.to);
}
