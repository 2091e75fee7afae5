import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Chats } from './chats.ts';
import { FAULTS, type Fault } from './faults.ts';
import type { Store } from './store.ts';
import { refused } from './tokens.ts';
import type { WecomApi } from './wecom-api.ts';

const PAGE: Record<string, [string, string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/bubble.js': ['bubble.js', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
};
const MOST_BYTES = 21 * 1024 * 1024;
const said = z.object({
  from: z.string(),
  group: z.string().optional(),
  robot: z.boolean().default(false),
  text: z.string(),
});
const tapped = z.object({
  from: z.string(),
  bubble: z.int(),
  key: z.string(),
  chosen: z.array(z.string()).default([]),
});
const menuTap = z.object({ from: z.string(), key: z.string().optional() });
export type Tapped = z.infer<typeof tapped>;
const sentFile = z.object({
  ...{
    from: z.string(),
    group: z.string().optional(),
    robot: z.boolean().default(false),
    text: z.string().default(''),
  },
  ...{ name: z.string(), bytes: z.base64().transform((text) => Buffer.from(text, 'base64')) },
});
export type SentFile = z.infer<typeof sentFile>;

export interface EmulatorParts {
  api: WecomApi;
  chats: Chats;
  clock: Clock;
  /** what the page shows at the left: groups and members with department */
  directory: object;
  /** What somebody could say now, or what to try in a group. */
  suggestions?(chat: string): Promise<string[]>;
  say(from: string, text: string): Promise<boolean>;
  /** Says something in a group; the platform tells the robot only what mentions it. */
  sayInGroup(group: string, from: string, text: string): Promise<boolean>;
  /** Says something to the robot alone. */
  sayToRobot?(from: string, text: string): Promise<boolean>;
  /** Sends a picture or file. */
  sendFile?(sent: SentFile): Promise<boolean>;
  /** where the robot finds what was sent it */
  store?: Store;
  /** Taps a card, or sends what was chosen on it. */
  tap?(tapped: Tapped): Promise<boolean>;
  /** Opens the app's chat for the first time, or taps an entry of its menu. */
  enter?(from: string): Promise<boolean>;
  choose?(from: string, key: string): Promise<boolean>;
  /** where the bot listens: what its links lead to is shown as if it stood on the open net */
  botUrl?(): string;
  /** Moves the bot's clock forward; everything it does on the way happens first. */
  moveClock(to: Date): Promise<void>;
}

/** The stand-in's one server: WeCom's API under /cgi-bin, the chat page beside it. Resolves once it listens. */
export async function startEmulator(parts: EmulatorParts, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

async function answer(parts: EmulatorParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { api } = parts;
  const url = new URL(request.url ?? '/', 'http://emulator');
  const route = api.routes[url.pathname];
  const page = PAGE[url.pathname];
  if (parts.botUrl && /^\/(?:screen|sign-in)(?:\/|$)/.test(url.pathname))
    return forward(parts.botUrl(), request, response);
  const stored = parts.store?.at(url.pathname);
  if (stored) sendFile(response, stored);
  else if (page) {
    const [file, type] = page;
    response.setHeader('content-type', type).end(await readFile(new URL(`./page/${file}`, import.meta.url)));
  } else if (route) {
    const fate = await api.faults.fateOf(url.pathname);
    if (fate.kind === 'dropped') return void request.socket.destroy();
    if (fate.kind === 'refused') return json(response, refused(fate.errcode));
    const contentType = request.headers['content-type'] ?? '';
    const answered = await route({ query: url.searchParams, raw: await bodyOf(request), contentType });
    if ('file' in answered) sendFile(response, answered);
    else json(response, answered);
  } else await answerPage(parts, url, request, response);
}

/** What the chat page asks for and does. */
async function answerPage(
  parts: EmulatorParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { api, chats, clock } = parts;
  const given = async (): Promise<unknown> => JSON.parse((await bodyOf(request)).toString('utf8'));
  const action = request.method === 'POST' ? url.pathname : '';
  if (url.pathname === '/api/state')
    json(response, {
      ...parts.directory,
      bubbles: chats.bubbles,
      now: clock.now(),
      fault: api.faults.current(),
      menu: api.menu(),
    });
  else if (url.pathname === '/api/suggestions')
    json(response, (await parts.suggestions?.(url.searchParams.get('chat') ?? '')) ?? []);
  else if (url.pathname === '/api/events') stream(parts, request, response);
  else if (url.pathname === '/api/media') {
    const found = api.media.look(url.searchParams.get('id') ?? '');
    if (found) sendFile(response, { file: found.bytes, name: found.name });
    else response.writeHead(404).end();
  } else if (action === '/api/say') {
    json(response, { delivered: await spoken(parts, said.parse(await given())) });
  } else if (action === '/api/send')
    json(response, { delivered: (await parts.sendFile?.(sentFile.parse(await given()))) ?? false });
  else if (action === '/api/tap')
    json(response, { delivered: (await parts.tap?.(tapped.parse(await given()))) ?? false });
  else if (action === '/api/menu') {
    const { from, key } = menuTap.parse(await given());
    json(response, {
      delivered: (await (key === undefined ? parts.enter?.(from) : parts.choose?.(from, key))) ?? false,
    });
  } else if (action === '/api/fault') {
    const wanted = (await given()) as { fault?: Fault };
    if (wanted.fault && FAULTS.includes(wanted.fault)) api.faults.set(wanted.fault);
    json(response, { fault: api.faults.current() });
  } else if (action === '/api/clock') {
    const to = new Date(((await given()) as { to: string }).to);
    if (!Number.isNaN(to.getTime())) await parts.moveClock(to);
    json(response, { now: clock.now() });
  } else response.writeHead(404).end();
}

/** Hands a request to the bot, as the office's reverse proxy would. */
function forward(to: string, from: IncomingMessage, response: ServerResponse): void {
  const options = { method: from.method ?? 'GET', headers: from.headers };
  const onward = request(new URL(from.url ?? '/', to), options, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  onward.once('error', () => response.writeHead(502).end());
  from.pipe(onward);
}

async function spoken(parts: EmulatorParts, { from, group, robot, text }: z.infer<typeof said>): Promise<boolean> {
  if (group !== undefined) return parts.sayInGroup(group, from, text);
  if (robot) return (await parts.sayToRobot?.(from, text)) ?? false;
  parts.chats.add(from.toLowerCase(), 'member', text, parts.clock.now());
  return parts.say(from, text);
}

const json = (response: ServerResponse, body: object): void =>
  void response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));

function sendFile(response: ServerResponse, { file, name }: { file: Buffer; name: string }): void {
  const type = /\.png$/i.test(name) ? 'image/png' : /\.jpe?g$/i.test(name) ? 'image/jpeg' : 'application/octet-stream';
  response
    .setHeader('content-type', type)
    .setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .end(file);
}

function stream({ chats, clock }: EmulatorParts, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (name: string, body: unknown) => response.write(`event: ${name}\ndata: ${JSON.stringify(body)}\n\n`);
  const stop = chats.listen((bubble) => send('bubble', bubble));
  const beat = setInterval(() => send('clock', clock.now()), 1000);
  request.on('close', () => {
    stop();
    clearInterval(beat);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
