import type { Clock } from '#bot/calendar.ts';

/** A clock that runs on from where it was set and can be moved forward. */
export function movableClock(start: Date): Clock & { moveTo(instant: Date): void } {
  let offsetMs = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offsetMs),
    moveTo(instant) {
      offsetMs = Math.max(offsetMs, instant.getTime() - Date.now());
    },
  };
}
