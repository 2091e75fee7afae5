import { windowOf } from './attendance.ts';

/** 场次 as its life is read from what was recorded; instants. */
export interface SessionLife {
  start: Date;
  end: Date;
  noticedAt: Date | null;
  closedAt: Date | null;
  confirmedAt: Date | null;
  cancelledAt: Date | null;
  movedTo: string | null;
}
export type SessionState = 'planned' | 'noticed' | 'open' | 'closed' | 'confirmed' | 'cancelled' | 'moved';

/** In which order a session may live; whatever is not listed is refused. */
export const NEXT: Record<SessionState, readonly SessionState[]> = {
  planned: ['noticed', 'open', 'cancelled', 'moved'],
  noticed: ['open', 'cancelled', 'moved'],
  open: ['closed', 'cancelled'],
  closed: ['confirmed'],
  confirmed: [],
  cancelled: ['planned', 'noticed', 'moved'],
  moved: [],
};
export const STATE_WORDS: Record<SessionState, string> = {
  planned: '已安排',
  noticed: '已通知',
  open: '正在签到',
  closed: '签到已截止',
  confirmed: '考勤已确认',
  cancelled: '已取消',
  moved: '已改期',
};

/** 场次状态 at an instant. Opening and closing come with the clock, so no job has to have run for them. */
export function stateOf(session: SessionLife, now: Date): SessionState {
  if (session.cancelledAt) return session.movedTo ? 'moved' : 'cancelled';
  if (session.confirmedAt) return 'confirmed';
  const { opens, closes } = windowOf(session);
  // A tap in the very second it was closed finds it closed.
  if (now > closes || (session.closedAt && now >= session.closedAt)) return 'closed';
  if (now >= opens) return 'open';
  return session.noticedAt ? 'noticed' : 'planned';
}

/** True if a session in `from` may become `to`. */
export const mayBecome = (from: SessionState, to: SessionState): boolean => NEXT[from].includes(to);

/** What of a session can clash with another's. */
export interface Booked {
  code: string;
  topic: string;
  start: Date;
  end: Date;
  venue: string;
  speaker: string | null;
  /** unit codes; empty for everybody */
  scope: string[];
}
export type Clash = { kind: 'room' | 'speaker' | 'people'; with: Booked };

/** 冲突 (R11): at the same time the same room, the same speaker, or the same people elsewhere. */
export function clashOf(session: Booked, others: readonly Booked[]): Clash | null {
  const meanwhile = others.filter(
    ({ code, start, end }) => code !== session.code && start < session.end && session.start < end,
  );
  const same = (one: string | null, other: string | null): boolean => Boolean(one) && one === other;
  for (const other of meanwhile) {
    if (same(session.venue, other.venue)) return { kind: 'room', with: other };
    if (same(session.speaker, other.speaker)) return { kind: 'speaker', with: other };
    const shared =
      session.scope.length === 0 ||
      other.scope.length === 0 ||
      session.scope.some((code) => other.scope.includes(code));
    if (shared) return { kind: 'people', with: other };
  }
  return null;
}
