import Router from '@koa/router';
import type { Context } from 'koa';
import type { Clock } from '#bot/calendar.ts';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import type { Handler } from '#bot/handler.ts';
import type { InboundMessage } from '#bot/message.ts';
import { carryOut } from '#bot/pipeline/carry-out.ts';
import { isExpected } from '#bot/store/attendance.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { pageOf } from './page.ts';
import type { SignIn } from './sign-in.ts';

export interface ArrivePageParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  signIn: SignIn;
}

const SIGNS_IN = 'attendance.sign_in';
const MINUTE_MS = 60_000;
const GONE = '这个二维码无效，请再扫一次会场屏幕上的二维码。';
// Whoever scans with another program can still say it.
const outside = (code: string) =>
  `请用企业微信“扫一扫”扫会场屏幕上的二维码，或在企业微信“创优助手”里发送“签到 ${code}”。`;

/** Where the QR of a session leads to while its code is good. */
export const arrivalLink = (publicUrl: string, session: string, code: string): string =>
  `${publicUrl}/pages/arrive?s=${encodeURIComponent(session)}&c=${code}`;

/**
 * 扫码签到 (R14): scanning the room's screen inside WeCom signs in whoever WeCom says is scanning, by the same rules as
 * typing the code. Whoever is not expected is let in by nobody's screen.
 */
export function arrivePage({ db, clock, handlers, signIn }: ArrivePageParts): Router {
  const router = new Router();
  router.get('/pages/arrive', async (ctx) => {
    const { s: session, c: code } = ctx.query;
    if (typeof session !== 'string' || typeof code !== 'string' || !/^\d{4}$/.test(code))
      return show(ctx, 404, ['没有签到', GONE]);
    const visitor = await signIn.visitor(ctx, outside(code));
    if (visitor === null) return;
    const scan = { visitor, session, code, now: clock.now() };
    const words = await db.write((tx) => signedIn(tx, scan, handlers));
    show(ctx, words[0] === '签到' ? 200 : 403, words);
  });
  return router;
}

const show = (ctx: Context, status: number, [title, words]: [string, string]): void => {
  ctx.status = status;
  pageOf(ctx, title, [words], []);
};

interface Scan {
  visitor: string;
  session: string;
  code: string;
  now: Date;
}

/** What the scan came to: a title and one sentence. */
async function signedIn(
  tx: Tx,
  { visitor, session: sessionCode, code, now }: Scan,
  handlers: readonly Handler[],
): Promise<[string, string]> {
  const world = await loadWorld(tx);
  const actor = world.members.find(({ id }) => id === visitor);
  const session = await tx.session.findUnique({ where: { code: sessionCode } });
  const handler = handlers.find(({ name }) => name === SIGNS_IN);
  if (!actor) return ['没有签到', '您不在花名册里，请联系活动办。'];
  if (!session || !handler) return ['没有签到', GONE];
  if (!(await isExpected(tx, session, actor.id)))
    return ['没有签到', `您不在应到名单里。列席请在“创优助手”里发送“签到 ${code}”。`];
  // The code changed while the phone opened the page: no guess, so it counts as none.
  if (session.signInCode && codeAt(session.signInCode, new Date(now.getTime() - MINUTE_MS)) === code)
    return ['没有签到', '签到码刚刚更换，请再扫一次会场屏幕上的二维码。'];
  const message: InboundMessage = {
    ...{ key: `scan:${actor.id}:${session.code}:${now.getTime()}`, from: actor.id, chat: 'direct', sentAt: now },
    content: { kind: 'text', text: '签到' },
  };
  const order = { handler, input: { session: session.code, code, scanned: true } };
  const { told } = await carryOut([order], { message, actor, world, handlers, tx }, { said: '', confirmed: true });
  const words = told[0]?.text ?? GONE;
  return [/^已签到|^您已于/.test(words) ? '签到' : '没有签到', words];
}
