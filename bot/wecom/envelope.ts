import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import { BadCallback, type CallbackKeys, open, type Sealed } from './crypto.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_SKEW_MS = 10 * 60_000;

const query = z.object({
  msg_signature: z.string().regex(/^[0-9a-f]{40}$/),
  timestamp: z.string().regex(/^\d{1,12}$/),
  nonce: z.string().min(1).max(128),
});

/** The envelope around a callback, the same for app and robot: what is signed, how it is read, how it is refused. */
export function sealedFrom(given: unknown, encrypted: unknown, clock: Clock): Sealed {
  const parsed = query.safeParse(given);
  if (!parsed.success || typeof encrypted !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(encrypted))
    throw new BadCallback(400, 'envelope');
  const { msg_signature, timestamp, nonce } = parsed.data;
  if (Math.abs(clock.now().getTime() - Number(timestamp) * 1000) > MAX_SKEW_MS) throw new BadCallback(403, 'timestamp');
  return { signature: msg_signature, timestamp, nonce, encrypted };
}

/** Answers 验证URL: the decrypted echostr and nothing else. */
export const echo =
  (keys: CallbackKeys, clock: Clock) =>
  (ctx: Context): void => {
    ctx.type = 'text/plain';
    ctx.body = open(keys, sealedFrom(ctx.query, ctx.query['echostr'], clock));
  };

/** @throws BadCallback 413 beyond 1 MiB; the rest is not read. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BadCallback(413, 'size');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
