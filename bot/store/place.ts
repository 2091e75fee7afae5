import { metresBetween, type Place } from '#bot/domain/place.ts';
import type { Tx } from './db.ts';
import { isOn } from './setting.ts';

/** How long somebody's place is waited for. */
export const ASKED_MS = 10 * 60_000;
type Purpose = 'sign-in' | 'venue';

/** Notes that somebody is asked for a place, in place of what was asked before. */
export async function askPlace(tx: Tx, personId: string, purpose: Purpose, sessionCode: string, at: Date) {
  const row = { purpose, sessionCode, at };
  await tx.placeAsked.upsert({ where: { personId }, create: { personId, ...row }, update: row });
}

/** The session for which somebody is asked for a place now; null if none. */
export async function placeAsked(tx: Tx, personId: string, purpose: Purpose, now: Date): Promise<string | null> {
  const row = await tx.placeAsked.findUnique({ where: { personId } });
  const waits = row?.purpose === purpose && now.getTime() - row.at.getTime() <= ASKED_MS;
  return waits ? row.sessionCode : null;
}

export const placeGiven = (tx: Tx, personId: string) => tx.placeAsked.deleteMany({ where: { personId } });

/** True if signing in in this room needs a place: it is switched on, and known where the room is (R14, R97). */
export const asksPlace = async (tx: Tx, venue: string, at: Date): Promise<boolean> =>
  (await isOn(tx, 'location', at)) && (await tx.venuePlace.count({ where: { venue } })) > 0;

/** How far a place lies from a room; null where nobody said where that is. */
export async function metresFrom(tx: Tx, venue: string, place: Place): Promise<number | null> {
  const room = await tx.venuePlace.findUnique({ where: { venue } });
  return room && metresBetween(room, place);
}

/** What was kept for comparing goes with the permission to compare. Gives of how many rooms the place is forgotten. */
export async function forgetVenues(tx: Tx): Promise<number> {
  await tx.placeAsked.deleteMany({});
  return (await tx.venuePlace.deleteMany({})).count;
}

/** Takes the coordinates out of a kept message; that a place came stays. */
export async function forgetPlaceIn(tx: Tx, key: string, message: { content: { kind: string } }): Promise<void> {
  if (message.content.kind !== 'place') return;
  const rest = { ...message, content: { kind: 'other', type: 'location' } };
  await tx.inbox.updateMany({ where: { key }, data: { message: JSON.stringify(rest) } });
}
