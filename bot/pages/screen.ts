import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Router from '@koa/router';
import type { Context } from 'koa';
import { type Clock, dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { countOf, windowOf } from '#bot/domain/attendance.ts';
import { codesFrom } from '#bot/domain/screen.ts';
import { stateOf } from '#bot/domain/session.ts';
import { titled } from '#bot/domain/session-words.ts';
import { ROOT } from '#bot/root.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import type { Db } from '#bot/store/db.ts';
import { claimScreen, type SessionRow, sessionOnScreen } from '#bot/store/session.ts';
import { arrivalLink } from './arrive.ts';
import { headersWith } from './page.ts';

export interface ScreenParts {
  db: Db;
  clock: Clock;
  /** what the scanned code leads to; without it the screen shows digits only */
  publicUrl: string | undefined;
}

const COOKIE = 'screen';
const KEY = /^[0-9a-f]{32}$/;
const GONE = '链接无效或签到已截止。请召集人在创优助手里发“会场屏幕”取新的链接。';
const HELD = '签到码已在另一块屏幕上显示，这里不再显示。要换屏幕，请召集人重新发“会场屏幕”。';
// Nothing from elsewhere, nothing inline.
const HEADERS = headersWith("script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:");
const FILES: Record<string, string> = {
  'page.css': 'text/css',
  'page.js': 'text/javascript',
};

/**
 * 会场屏幕 (R14): the changing code, as digits and to scan, and how many have signed in; nobody's name. Its link is secret
 * and opens on one browser only, so that a forwarded one shows nothing; the page itself signs nobody in.
 */
export function screenRoutes({ db, clock, publicUrl }: ScreenParts): Router {
  const router = new Router();
  const send = async (ctx: Context, file: string, type = 'text/html'): Promise<void> => {
    ctx.set(HEADERS);
    ctx.type = `${type}; charset=utf-8`;
    ctx.body = await readFile(path.join(ROOT, 'bot/pages/screen', file));
  };
  const refuse = (ctx: Context, status: number, why: string): void => {
    ctx.set(HEADERS);
    ctx.status = status;
    ctx.body = { why };
  };
  /** The session a link shows now; null for a link that was never given out, was replaced, or is over. */
  const shownBy = async (key: string | undefined): Promise<SessionRow | null> => {
    if (!key || !KEY.test(key)) return null;
    const session = await db.read((client) => sessionOnScreen(client, key));
    if (!session?.signInCode) return null;
    return ['planned', 'noticed', 'open'].includes(stateOf(session, clock.now())) ? session : null;
  };

  for (const [file, type] of Object.entries(FILES)) router.get(`/screen/${file}`, (ctx) => send(ctx, file, type));
  // The page is the same for every link, right or wrong, and tells nothing.
  router.get('/screen/:key', (ctx) => send(ctx, 'page.html'));

  router.post('/screen/:key/claim', async (ctx) => {
    const session = await shownBy(ctx.params['key']);
    if (!session) return refuse(ctx, 404, GONE);
    if (holds(session, ctx.cookies.get(COOKIE))) return refuse(ctx, 200, '');
    const held = randomBytes(32).toString('hex');
    if (!(await db.write((tx) => claimScreen(tx, session, digest(held).toString('hex')))))
      return refuse(ctx, 409, HELD);
    ctx.cookies.set(COOKIE, held, {
      ...{ httpOnly: true, sameSite: 'strict', path: `/screen/${session.screenKey}`, overwrite: true },
    });
    refuse(ctx, 200, '');
  });

  router.get('/screen/:key/state', async (ctx) => {
    const session = await shownBy(ctx.params['key']);
    if (!session) return refuse(ctx, 404, GONE);
    if (!holds(session, ctx.cookies.get(COOKIE)))
      return refuse(ctx, session.screenHeldBy === null ? 401 : 409, session.screenHeldBy === null ? '' : HELD);
    ctx.set(HEADERS);
    ctx.body = await stateShown(db, session, clock.now(), publicUrl);
  });
  return router;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const holds = ({ screenHeldBy }: SessionRow, cookie: string | undefined): boolean =>
  screenHeldBy !== null && cookie !== undefined && timingSafeEqual(Buffer.from(screenHeldBy, 'hex'), digest(cookie));

/** What the screen shows: counts and codes. */
async function stateShown(db: Db, session: SessionRow, now: Date, publicUrl: string | undefined) {
  const attendances = await db.read((client) => attendancesOf(client, session));
  const { opens, closes } = windowOf(session);
  const codes = codesFrom(session.signInCode ?? '', now);
  return {
    now,
    topic: titled(session.topic),
    about: `${dayInWords(dayOf(session.start))} ${timeOf(session.start)}—${timeOf(session.end)}　${session.venue}`,
    ...{ opens, closes, opensAt: timeOf(opens), closesAt: timeOf(closes) },
    expected: attendances.expected.length,
    came: countOf(attendances, 'present', 'late'),
    observers: attendances.observers.length,
    codes: await Promise.all(
      codes.map(async (one) => ({
        ...one,
        qr: publicUrl ? await drawn(arrivalLink(publicUrl, session.code, one.code)) : null,
      })),
    ),
  };
}

/** As a picture inside the page, which then needs no line to show it. */
async function drawn(text: string): Promise<string> {
  const { default: QRCode } = await import('qrcode');
  return QRCode.toDataURL(text, { margin: 1, scale: 8, errorCorrectionLevel: 'M' });
}
