import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Metrics } from './metrics.ts';
import type { Db } from './store/db.ts';
import { lean, sql } from './store/lean.ts';
import type { Shared } from './store/shared.ts';

const READY_WITHIN_MS = 2000;

export interface StateParts {
  db: Db;
  shared: Shared;
  metrics: Metrics;
  adminToken: string | undefined;
}

/** How the service is, for those who run it: alive, ready (or which part is down), and its figures. */
export function stateRoutes({ db, shared, metrics, adminToken }: StateParts): Router {
  const router = new Router();

  router.get('/healthz', (ctx) => {
    ctx.body = 'ok';
  });

  router.get('/readyz', async (ctx) => {
    const [database, redis] = await Promise.all([
      answers(db.read((client) => lean(client, sql`SELECT 1 FROM "Inbox" LIMIT 1`))),
      answers(shared.isUp().then((up) => (up ? up : Promise.reject(new Error('down'))))),
    ]);
    const down = [...(database ? [] : ['database']), ...(redis ? [] : ['redis'])];
    ctx.status = down.length === 0 ? 200 : 503;
    ctx.body = down.join(' ') || 'ok';
  });

  router.get('/metrics', async (ctx) => {
    if (!mayLook(ctx, adminToken)) {
      ctx.status = adminToken ? 401 : 403;
      ctx.body = '';
      return;
    }
    ctx.type = metrics.contentType;
    ctx.body = await metrics.text();
  });

  return router;
}

const answers = (question: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    question.then(
      () => true,
      () => false,
    ),
    pause(READY_WITHIN_MS, false, { ref: false }),
  ]);

const digest = (text: string) => createHash('sha256').update(text).digest();

/** With a token, whoever has it; without, this machine only, and nobody for whom a proxy on it speaks. */
function mayLook(ctx: Context, adminToken: string | undefined): boolean {
  if (adminToken) return timingSafeEqual(digest(ctx.get('authorization')), digest(`Bearer ${adminToken}`));
  const forwarded = ctx.get('x-forwarded-for') || ctx.get('forwarded') || ctx.get('x-real-ip');
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(ctx.req.socket.remoteAddress ?? '');
}
