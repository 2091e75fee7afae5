import type { WecomError } from '#bot/wecom/errors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SET_UP_WRONG_MS = 10 * MINUTE_MS;
// A block of a minute that comes back right after it ended is one of an hour (protocol notes 7).
const SOON_MS = 2 * MINUTE_MS;

/** Which ways out are closed for a while: nothing goes there, and nothing that waits for it counts as a failure. */
export function openPauses() {
  const until = new Map<string, Date>();
  const blocked = new Map<string, number>();

  return {
    isOpen: (channel: string, now: Date): boolean => (until.get(channel) ?? now) <= now,
    /**
     * Closes a channel after a refusal that concerns everything on it.
     * @returns until when; null for a refusal of one message only.
     */
    close(channel: string, { reaction }: WecomError, now: Date): Date | null {
      if (reaction !== 'slow' && reaction !== 'alert') return null;
      const ended = until.get(channel)?.getTime() ?? 0;
      // What was under way at the same time is refused for the same reason, and says nothing new.
      if (ended > now.getTime()) return new Date(ended);
      const times = now.getTime() - ended < SOON_MS ? (blocked.get(channel) ?? 0) + 1 : 1;
      blocked.set(channel, times);
      const pauseMs = reaction === 'alert' ? SET_UP_WRONG_MS : times > 1 ? HOUR_MS : MINUTE_MS;
      const end = new Date(now.getTime() + pauseMs);
      until.set(channel, end);
      return end;
    },
  };
}
export type Pauses = ReturnType<typeof openPauses>;

/** The way out a row takes: one app for all members, its own for each group and for each answer. */
export const channelOf = ({ kind, address }: { kind: string; address: string }): string =>
  kind === 'group' || kind === 'chat' || kind === 'reply' ? `${kind} ${address}` : 'app';
