import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import { Overloaded } from './pipeline/inbox.ts';
import { BadCallback } from './wecom/crypto.ts';
import { type Entrance, readBody } from './wecom/envelope.ts';

/**
 * Where the platform calls. Nearly everything that comes is its callbacks, so they are asked for before any page is, by
 * their address alone.
 */
export function openEntrances(
  entrances: readonly Entrance[],
  { metrics, log }: { metrics: Metrics; log: Logger },
): Middleware {
  const at = new Map(entrances.map((entrance) => [entrance.path, entrance]));

  async function call({ channel, take }: Entrance, ctx: Context): Promise<void> {
    try {
      const body = await readBody(ctx.req);
      const answer = await take({ query: ctx.query, body, response: ctx.res });
      metrics.callbackCame(channel, 'kept');
      ctx.body = answer ?? '';
    } catch (error) {
      metrics.callbackCame(channel, error instanceof BadCallback ? error.message : 'not kept');
      refuse(ctx, error);
    }
  }

  function verify({ echo }: Entrance, ctx: Context): void {
    try {
      ctx.body = echo(ctx.query);
    } catch (error) {
      refuse(ctx, error);
    }
  }

  function refuse(ctx: Context, error: unknown): void {
    // What could not be kept is not lost while the platform is told so: it sends it again.
    if (!(error instanceof BadCallback || error instanceof Overloaded))
      log.error({ cause: error instanceof Error ? error.name : 'unknown' }, 'callback failed');
    ctx.status = error instanceof BadCallback ? error.status : 503;
    ctx.body = '';
    // What is left of a refused body is not waited for.
    ctx.set('Connection', 'close');
  }

  return async (ctx, next) => {
    const entrance = at.get(ctx.path);
    if (!entrance || (ctx.method !== 'POST' && ctx.method !== 'GET')) return next();
    if (ctx.method === 'POST') await call(entrance, ctx);
    else verify(entrance, ctx);
    metrics.callback(entrance.channel, ctx.status);
  };
}
