import { randomBytes } from 'node:crypto';
import type { Clock } from '#bot/calendar.ts';

const TOKEN_LIVES_MS = 7200_000;

/** One call of the server API. */
export interface Call {
  query: URLSearchParams;
  raw: Buffer;
  contentType: string;
}
/** What the platform answers; bytes are a file. */
export type Answer = object | { file: Buffer; name: string };
export type Routes = Record<string, (call: Call) => Answer | Promise<Answer>>;

export const ok = (more: object = {}): object => ({ errcode: 0, errmsg: 'ok', ...more });
export const refused = (errcode: number): object => ({ errcode, errmsg: `error ${errcode}, hint: [emulator]` });

/** gettoken and what every call with a token is judged by first (protocol notes 0.4 and 3.1). */
export function openTokens(corpId: string, secrets: ReadonlyMap<string, string>, clock: Clock) {
  const tokens = new Map<string, { until: number; app: string }>();
  return {
    route({ query }: Call): object {
      if (query.get('corpid') !== corpId) return refused(40013);
      const app = secrets.get(query.get('corpsecret') ?? '');
      if (app === undefined) return refused(40001);
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, { until: clock.now().getTime() + TOKEN_LIVES_MS, app });
      return ok({ access_token: token, expires_in: TOKEN_LIVES_MS / 1000 });
    },
    /** `work` for callers whose token lives; it is told which app they are. */
    guard:
      (work: (call: Call, app: string) => Answer | Promise<Answer>) =>
      (call: Call): Answer | Promise<Answer> => {
        const token = call.query.get('access_token');
        if (!token) return refused(41001);
        const found = tokens.get(token);
        if (!found) return refused(40014);
        if (found.until < clock.now().getTime()) return refused(42001);
        if (call.contentType.includes('json') && call.raw.includes('\\u')) return refused(40033);
        return work(call, found.app);
      },
    /** Withdraws every token, as the platform may at any time. */
    withdraw: (): void => tokens.clear(),
  };
}
export type Tokens = ReturnType<typeof openTokens>;

export function jsonOf({ raw }: Call): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return null;
  }
}
