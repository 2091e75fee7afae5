import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';
import type { Clock } from '#bot/calendar.ts';
import { BadCallback, type CallbackKeys, open, type Sealed } from './crypto.ts';

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_SKEW_MS = 10 * 60_000;

/** One call of the platform. */
export interface Called {
  query: ParsedUrlQuery;
  body: string;
  /** for hearing whether the answer got there */
  response: ServerResponse;
}

/** An address that the platform calls. What is thrown refuses the call. */
export interface Entrance {
  path: string;
  channel: 'app' | 'robot';
  /** 验证URL */
  echo(query: ParsedUrlQuery): string;
  /** Resolves once the message is safely on disk, with what is answered; nothing for an empty body. */
  take(called: Called): Promise<object | null>;
}

const HEX_SIGNATURE = /^[0-9a-f]{40}$/;
const SECONDS = /^\d{1,12}$/;
const BASE64 = /^[A-Za-z0-9+/]+=*$/;
const LONGEST_NONCE = 128;

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

/** The envelope around a callback, the same for app and robot: what is signed, how it is read, how it is refused. */
export function sealedFrom(query: ParsedUrlQuery, encrypted: unknown, clock: Clock): Sealed {
  const { msg_signature: signature, timestamp, nonce } = query;
  if (!isText(signature, HEX_SIGNATURE) || !isText(timestamp, SECONDS) || !isText(encrypted, BASE64))
    throw new BadCallback(400, 'envelope');
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > LONGEST_NONCE) throw new BadCallback(400, 'envelope');
  if (Math.abs(clock.now().getTime() - Number(timestamp) * 1000) > MAX_SKEW_MS) throw new BadCallback(403, 'timestamp');
  return { signature, timestamp, nonce, encrypted };
}

/** 验证URL: the decrypted echostr and nothing else. */
export const echoOf =
  (keys: CallbackKeys, clock: Clock) =>
  (query: ParsedUrlQuery): string =>
    open(keys, sealedFrom(query, query['echostr'], clock));

/** @throws BadCallback 413 beyond 1 MiB; the rest is not kept. */
export const readBody = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else reject(new BadCallback(413, 'size'));
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.readableEnded) reject(new BadCallback(400, 'cut off'));
    });
  });
