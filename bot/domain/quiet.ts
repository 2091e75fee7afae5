import { addDays, dayOf, instantAt, isWorkday, timeOf } from '#bot/calendar.ts';

export interface Quiet {
  from: string;
  to: string;
  restDays: boolean;
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
