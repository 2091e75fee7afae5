/** A session as signing in sees it; instants. */
export interface SignInWindow {
  start: Date;
  end: Date;
}

const OPENS_BEFORE_MS = 15 * 60_000;
const CLOSES_AFTER_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/** The window of signing in: 15 minutes before the start to 30 minutes after the end (calendar J04). */
export const windowOf = ({ start, end }: SignInWindow): { opens: Date; closes: Date } => ({
  opens: new Date(start.getTime() - OPENS_BEFORE_MS),
  closes: new Date(end.getTime() + CLOSES_AFTER_MS),
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
  return at.getTime() < session.start.getTime() + MINUTE_MS ? 'present' : 'late';
}
