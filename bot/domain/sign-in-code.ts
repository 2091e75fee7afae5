import { createHmac } from 'node:crypto';

const SLOT_MS = 60_000;
const TRIES = 3;
const WAIT_MS = 5 * 60_000;

/** The four digits of a session at an instant; they change every 60 seconds and tell nothing of the next (R14). */
export function codeAt(secret: string, at: Date): string {
  const slot = Math.floor(at.getTime() / SLOT_MS);
  const digest = createHmac('sha256', secret).update(String(slot)).digest();
  return String(digest.readUInt32BE(0) % 10_000).padStart(4, '0');
}

/** When the code of an instant stops being good. */
export const codeEndsAt = (at: Date): Date => new Date((Math.floor(at.getTime() / SLOT_MS) + 1) * SLOT_MS);

/** Until when somebody who guessed must wait: five minutes from every third wrong code; null if not. */
export function waitsUntil(wrong: readonly Date[], now: Date): Date | null {
  const third = wrong.length - (wrong.length % TRIES) - 1;
  const last = wrong[third];
  const until = last ? new Date(last.getTime() + WAIT_MS) : null;
  return until && wrong.length % TRIES === 0 && now < until ? until : null;
}
