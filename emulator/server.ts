import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Chats } from './chats.ts';
import type { WecomApi } from './wecom-api.ts';

const PAGE: Record<string, [string, string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
};
const MOST_BYTES = 64 * 1024;
const said = z.object({ from: z.string(), group: z.string().optional(), text: z.string() });

export interface EmulatorParts {
  api: WecomApi;
  chats: Chats;
  clock: Clock;
  /** what the page shows at the left: groups and members with department and suggestions */
  directory: object;
  say(from: string, text: string): Promise<boolean>;
  /** Says something in a group; the platform tells the robot only what mentions it. */
  sayInGroup(group: string, from: string, text: string): Promise<boolean>;
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
  const { api, chats, clock } = parts;
  const url = new URL(request.url ?? '/', 'http://emulator');
  const json = (body: object) =>
    response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));

  const page = PAGE[url.pathname];
  if (page) {
    const [file, type] = page;
    response.setHeader('content-type', type).end(await readFile(new URL(`./page/${file}`, import.meta.url)));
  } else if (url.pathname === '/cgi-bin/gettoken') json(api.gettoken(url.searchParams));
  else if (url.pathname === '/cgi-bin/message/send') json(api.send(url.searchParams, await bodyOf(request)));
  else if (url.pathname === '/cgi-bin/webhook/send') json(api.webhook(url.searchParams, await bodyOf(request)));
  else if (url.pathname === '/cgi-bin/aibot/response') json(api.reply(url.searchParams, await bodyOf(request)));
  else if (url.pathname === '/api/state') json({ ...parts.directory, bubbles: chats.bubbles, now: clock.now() });
  else if (url.pathname === '/api/events') stream(parts, request, response);
  else if (url.pathname === '/api/say' && request.method === 'POST') {
    const { from, group, text } = said.parse(JSON.parse(await bodyOf(request)));
    if (group === undefined) chats.add(from.toLowerCase(), 'member', text, clock.now());
    json({ delivered: await (group === undefined ? parts.say(from, text) : parts.sayInGroup(group, from, text)) });
  } else if (url.pathname === '/api/clock' && request.method === 'POST') {
    const to = new Date(JSON.parse(await bodyOf(request)).to);
    if (!Number.isNaN(to.getTime())) await parts.moveClock(to);
    json({ now: clock.now() });
  } else {
    response.statusCode = 404;
    response.end();
  }
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
