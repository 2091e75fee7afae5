import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Shared } from '#bot/store/shared.ts';
import { WecomError } from '#bot/wecom/errors.ts';
import { pageOf } from './page.ts';

export interface SignInParts {
  shared: Shared;
  /** what phones reach the service at */
  publicUrl: string;
  corpId: string;
  agentId: number;
  /** who is behind the platform's code; null for no member */
  memberBehind(code: string): Promise<string | null>;
}

const STATE_LIVES_MS = 10 * 60_000;
const SESSION_LIVES_MS = 12 * 3_600_000;
const STATE = 'oauth';
const SESSION = 'session';
const BACK = '/pages/signed-in';
const PATH = /^\/pages\/[a-z-]{1,40}(?:\?[\w=&%.~-]{1,160})?$/;
const FROM_MENU = '这个网页只能在企业微信里看：打开企业微信，进入“创优助手”，从菜单“更多→台账网页”打开。';
// Tells the same to whoever guesses, comes late or comes twice.
const FAILED = '登录没有成功或已过期。请回到企业微信，从创优助手的菜单重新打开。';

/** 网页登录 (protocol notes 3.11): members are known by WeCom; nothing is typed and no password exists. */
export function openSignIn({ shared, publicUrl, corpId, agentId, memberBehind }: SignInParts) {
  const router = new Router();
  const secure = publicUrl.startsWith('https:');

  function putCookie(ctx: Context, name: string, value: string, livesMs: number): void {
    // The proxy in front ends https, so that this connection alone does not tell.
    ctx.cookies.secure = secure;
    ctx.cookies.set(name, value, {
      ...{ httpOnly: true, secure, sameSite: 'lax', path: '/pages', maxAge: livesMs, overwrite: true },
    });
  }

  router.get(BACK, async (ctx) => {
    const { code, state } = ctx.query;
    const page = typeof state === 'string' ? await spend(state, ctx.cookies.get(STATE)) : null;
    const member = page && typeof code === 'string' && code.length <= 512 ? await asked(code) : null;
    putCookie(ctx, STATE, '', 0);
    if (!page || !member) return show(ctx, 403, '没有登录', FAILED);
    const token = randomBytes(32).toString('hex');
    await shared.set(`session:${digest(token)}`, member, SESSION_LIVES_MS);
    putCookie(ctx, SESSION, token, SESSION_LIVES_MS);
    ctx.redirect(page);
  });

  /** The page a state was made for; serves once, and only the browser it was given to. */
  async function spend(state: string, held: string | undefined): Promise<string | null> {
    if (!held || !same(held, state)) return null;
    const key = `oauth:${digest(state)}`;
    const page = await shared.get(key);
    // Of two at the same time one comes too late.
    if (!page || !(await shared.take(`${key}:spent`, 'spent', STATE_LIVES_MS))) return null;
    return PATH.test(page) ? page : null;
  }

  async function asked(code: string): Promise<string | null> {
    try {
      return await memberBehind(code);
    } catch (error) {
      if (error instanceof WecomError) return null;
      throw error;
    }
  }

  return {
    routes: router,
    /**
     * Who looks at a page. Somebody not known yet is sent to WeCom and back; outside WeCom a page says how to open it.
     * @param outside what it says there
     * @returns null where the answer has been given already.
     */
    async visitor(ctx: Context, outside = FROM_MENU): Promise<string | null> {
      const token = ctx.cookies.get(SESSION);
      const known = token && /^[0-9a-f]{64}$/.test(token) ? await shared.get(`session:${digest(token)}`) : null;
      if (known) return known;
      if (!/wxwork/i.test(ctx.get('user-agent'))) {
        show(ctx, 403, '请在企业微信里打开', outside);
        return null;
      }
      const state = randomBytes(16).toString('hex');
      await shared.set(`oauth:${digest(state)}`, PATH.test(ctx.url) ? ctx.url : ctx.path, STATE_LIVES_MS);
      putCookie(ctx, STATE, state, STATE_LIVES_MS);
      ctx.set('Cache-Control', 'no-store');
      // The order of the parameters is prescribed.
      const redirect = encodeURIComponent(`${publicUrl}${BACK}`);
      ctx.redirect(
        `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${corpId}&redirect_uri=${redirect}&response_type=code&scope=snsapi_base&state=${state}&agentid=${agentId}#wechat_redirect`,
      );
      return null;
    },
  };
}
export type SignIn = ReturnType<typeof openSignIn>;

/** What is kept of a secret: whoever reads the store cannot use it. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const same = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)));

function show(ctx: Context, status: number, title: string, text: string): void {
  ctx.status = status;
  pageOf(ctx, title, [text], []);
}
