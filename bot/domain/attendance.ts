import { covers, type LeaveFacts } from './leave.ts';

/** A session as signing in sees it; instants. */
export interface SignInWindow {
  start: Date;
  end: Date;
  /** when the convenor closed it before its time */
  closedAt?: Date | null;
}

const OPENS_BEFORE_MS = 15 * 60_000;
const CLOSES_AFTER_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/** The window of signing in: 15 minutes before the start to 30 minutes after the end (calendar J04), or until it was closed. */
export const windowOf = ({ start, end, closedAt }: SignInWindow): { opens: Date; closes: Date } => ({
  opens: new Date(start.getTime() - OPENS_BEFORE_MS),
  closes: closedAt ?? new Date(end.getTime() + CLOSES_AFTER_MS),
});

/** Whether one can sign in at `at`, on time or late. */
export const isOpen = (session: SignInWindow, at: Date): boolean => {
  const { opens, closes } = windowOf(session);
  return at >= opens && at <= closes;
};

/** What signing in at `at` amounts to. Within the starting minute still counts as on time (R14). */
export function signInAt(session: SignInWindow, at: Date): 'too-early' | 'present' | 'late' | 'closed' {
  const { opens, closes } = windowOf(session);
  if (at < opens) return 'too-early';
  if (at > closes) return 'closed';
  return isLate(session.start, at) ? 'late' : 'present';
}

const isLate = (start: Date, at: Date): boolean => at.getTime() >= start.getTime() + MINUTE_MS;

export type Status = 'present' | 'late' | 'leave' | 'absent';
export interface Correction {
  id: number;
  personId: string;
  status: string;
  at: Date;
}
export interface SignInFacts {
  personId: string;
  at: Date;
  how: string;
  /** 早退: before the end, where that was noted */
  leftAt?: Date | null;
}

/** Everything that was recorded about one session, in any order. */
export interface AttendanceFacts {
  session: { code: string; start: Date };
  /** who is expected, by the scope and the roster of that day */
  expected: readonly string[];
  signIns: readonly SignInFacts[];
  leaves: readonly LeaveFacts[];
  corrections: readonly Correction[];
}
export interface Attendee {
  id: string;
  status: Status;
  /** the sign-in that counts, if any */
  signIn: SignInFacts | null;
  /** of somebody on leave: which kind */
  leaveType: string | null;
  /** 事后批假: granted after the start, so it stays an absence (R15) */
  grantedLater: boolean;
}
export interface Attendances {
  expected: Attendee[];
  /** 列席: came without being expected */
  observers: string[];
}

/**
 * 考勤 of one session: each one expected is present, late, on leave or absent, so the four always add up (R16); and the
 * same facts give the same result in whatever order they came. The newest correction stands above everything, coming above leave.
 */
export function attend({ session, expected, signIns, leaves, corrections }: AttendanceFacts): Attendances {
  const came = new Map<string, SignInFacts>();
  for (const one of signIns) {
    const before = came.get(one.personId);
    if (!before || one.at < before.at) came.set(one.personId, one);
  }
  const corrected = new Map<string, Correction>();
  for (const one of corrections) {
    const before = corrected.get(one.personId);
    if (!before || one.at > before.at || (+one.at === +before.at && one.id > before.id))
      corrected.set(one.personId, one);
  }
  const granted = leaves.filter((leave) => leave.state === 'approved' && covers(leave, session));
  const inTime = new Map<string, string | null>();
  const later = new Set<string>();
  for (const leave of granted) {
    if (!leave.decidedAt || leave.decidedAt >= session.start) later.add(leave.personId);
    else inTime.set(leave.personId, smaller(inTime.get(leave.personId), leave.type));
  }
  const attendees = [...new Set(expected)].map((id): Attendee => {
    const signIn = came.get(id) ?? null;
    const found = signIn
      ? isLate(session.start, signIn.at)
        ? 'late'
        : 'present'
      : inTime.has(id)
        ? 'leave'
        : 'absent';
    const status = (corrected.get(id)?.status as Status | undefined) ?? found;
    return {
      ...{ id, status, signIn },
      leaveType: status === 'leave' ? (inTime.get(id) ?? null) : null,
      grantedLater: status === 'absent' && later.has(id),
    };
  });
  const known = new Set(expected);
  return { expected: attendees, observers: [...came.keys()].filter((id) => !known.has(id)).sort() };
}

/** Of two leaves for the same session the kind does not hang on which was read first. */
const smaller = (one: string | null | undefined, other: string | null): string | null =>
  one === undefined || one === null ? other : other === null || one < other ? one : other;

/** How many of those expected have a status. */
export const countOf = ({ expected }: Attendances, ...statuses: Status[]): number =>
  expected.filter(({ status }) => statuses.includes(status)).length;
