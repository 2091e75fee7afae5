import { parse } from 'node:querystring';
import type { Middleware } from 'koa';
import type { Metrics } from './metrics.ts';
import { BadCallback } from './wecom/crypto.ts';
import { type Entrance, readBody } from './wecom/envelope.ts';

/**
 * Where the platform calls. Nearly everything that comes is its callbacks, so they are asked for before any page is, by
 * their address alone. What is thrown is left to whoever stands before.
 */
export function openEntrances(entrances: readonly Entrance[], metrics: Metrics): Middleware {
  const at = new Map(entrances.map((entrance) => [entrance.path, entrance]));

  return async (ctx, next) => {
    const entrance = at.get(ctx.path);
    if (!entrance || (ctx.method !== 'POST' && ctx.method !== 'GET')) return next();
    const { channel, echo, take } = entrance;
    ctx.res.once('finish', () => metrics.callback(channel, ctx.res.statusCode));
    // Koa's own reading of it costs a callback three times as much.
    const query = parse(ctx.querystring);
    if (ctx.method === 'GET') {
      ctx.body = echo(query);
      return;
    }
    try {
      const body = await readBody(ctx.req);
      const answer = await take({ query, body, response: ctx.res });
      metrics.callbackCame(channel, 'kept');
      ctx.body = answer ?? '';
    } catch (error) {
      metrics.callbackCame(channel, error instanceof BadCallback ? error.message : 'not kept');
      throw error;
    }
  };
}
