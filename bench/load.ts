import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type CallbackKeys, seal } from '#bot/wecom/crypto.ts';

/** Whole HTTP requests, made beforehand so that making them is not measured: one callback with words of its own each. */
export function callbacks(keys: CallbackKeys, people: string[], count: number, text: string): Buffer[] {
  const created = Math.floor(Date.now() / 1000);
  const run = randomBytes(4).toString('hex');
  return Array.from({ length: count }, (_, n) => {
    const from = people[n % people.length];
    const xml = `<xml><ToUserName>${keys.receiveId}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${created}</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${run}${n}</MsgId></xml>`;
    const { signature, timestamp, nonce, encrypted } = seal(keys, xml, String(created), 'n');
    const body = `<xml><ToUserName>${keys.receiveId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`;
    const path = `/wecom/callback?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes`;
    return Buffer.from(
      `POST ${path} HTTP/1.1\r\nHost: bench\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}

/** A connection that carries one request at a time; resolves with whether it was answered 200. */
async function open(port: number): Promise<{ send(request: Buffer): Promise<boolean>; close(): void }> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', () => resolve(null)).once('error', reject));
  let answered: ((ok: boolean) => void) | null = null;
  socket.on('data', (bytes: Buffer) => answered?.(bytes.subarray(9, 12).toString() === '200'));
  socket.on('error', () => answered?.(false));
  return {
    send(request) {
      const answer = new Promise<boolean>((resolve) => {
        answered = resolve;
      });
      socket.write(request);
      return answer;
    },
    close: () => void socket.destroy(),
  };
}

/** Sends as fast as answers come, over so many connections, until the time is over or nothing is left. */
export async function flood(port: number, requests: Buffer[], connections: number, lastsMs: number) {
  let next = 0;
  let answered = 0;
  let refused = 0;
  const started = performance.now();
  const lane = async () => {
    const connection = await open(port);
    for (let request = requests[next++]; request; request = requests[next++]) {
      if (performance.now() - started > lastsMs) break;
      if (await connection.send(request)) answered += 1;
      else refused += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, lane));
  return { aSecond: answered / ((performance.now() - started) / 1000), answered, refused };
}

/** Sends at a steady rate, whether answers come or not; gives back how long each took, from when it was due. */
export async function steady(port: number, requests: Buffer[], aSecond: number): Promise<number[]> {
  const idle = await Promise.all(Array.from({ length: 64 }, () => open(port)));
  const took: number[] = [];
  const started = performance.now();
  const one = async (request: Buffer, dueAt: number) => {
    // In turn, so that none is idle long enough to be closed.
    const connection = idle.shift() ?? (await open(port));
    if (!(await connection.send(request))) throw new Error('refused');
    took.push(performance.now() - dueAt);
    idle.push(connection);
  };
  const sent: Promise<void>[] = [];
  for (const [n, request] of requests.entries()) {
    const dueAt = started + (n * 1000) / aSecond;
    if (dueAt > performance.now()) await pause(dueAt - performance.now());
    sent.push(one(request, dueAt));
  }
  await Promise.all(sent);
  for (const connection of idle) connection.close();
  return took.sort((a, b) => a - b);
}

export const percentile = (sorted: number[], percent: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
