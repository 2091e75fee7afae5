import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startApp } from '#bot/app.ts';
import { dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { readConfig } from '#bot/config.ts';
import type { Press } from '#bot/papers/press.ts';
import { slotsBetween } from '#bot/pipeline/scheduler.ts';
import { openDb } from '#bot/store/db.ts';
import { ownShared } from '#bot/store/shared.ts';
import { loadWorld } from '#bot/store/world.ts';
import { seal } from '#bot/wecom/crypto.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { openChats } from '../chats.ts';
import { seed } from '../seed.ts';
import { wecomApi } from '../wecom-api.ts';

const KEYS = { token: 'campaign', encodingAESKey: 'DemoKeyDemoKeyDemoKeyDemoKeyDemoKeyDemoKey0', receiveId: 'wwdemo' };
const AGENT_ID = 1000002;
const MORNING = '08:50';
const GROUPS = new Map([['campaign-key', '全局群']]);

// Drawing is tested elsewhere; here the facts themselves are what arrives, those of a picture behind its first bytes.
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PICTURES = ['digest-picture', 'study-board'];
const factsOnly: Press = {
  draw: async ({ drawnBy, facts }) =>
    Buffer.concat([...(PICTURES.includes(drawnBy) ? [PICTURE] : []), Buffer.from(JSON.stringify(facts))]),
  close: async () => undefined,
};

/** The real app with the sample bureau under a clock that is moved, every job slot on the way included. */
export async function openOffice(start: Date) {
  // It stands still until it is moved: the same seed leaves the same bytes.
  let instant = start;
  const clock = { now: () => instant };
  // Nothing of it is kept, so memory does where there is a disk in it.
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'chuangyou-campaign-'));
  const databaseUrl = `file:${path.join(folder, 'book.db')}`;
  const db = await openDb(databaseUrl);
  await seed(db, start);
  const world = await db.read(loadWorld);
  const members = new Set(world.members.map(({ id }) => id));
  const chats = openChats();
  const api = wecomApi({ corpId: 'wwdemo', secret: 'demo', agentId: AGENT_ID, members, groups: GROUPS, chats, clock });
  const server = await serve(api.routes);
  const address = server.address();
  const config = readConfig({
    ...{ PORT: '0', DATABASE_URL: databaseUrl, WECOM_CORP_ID: KEYS.receiveId, WECOM_AGENT_SECRET: 'demo' },
    ...{ WECOM_AGENT_ID: String(AGENT_ID), WECOM_TOKEN: KEYS.token, WECOM_ENCODING_AES_KEY: KEYS.encodingAESKey },
    ...{ BACKUP_DIR: 'none', MEDIA_DIR: path.join(folder, 'media') },
    WECOM_API_BASE: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    WECOM_GROUP_WEBHOOKS: [...GROUPS].map(([key, group]) => `${group}=${key}`).join(','),
  });
  const app = await startApp({
    ...{ config, db, clock, shared: ownShared(clock), log: pino({ level: 'silent' }), press: factsOnly },
    ...{ handlers: Object.values(handlers), jobs: Object.values(jobs) },
    // Minutes pass as the campaign's clock does.
    everyMinute: () => ({ cancel() {} }),
  });
  await app.tick();
  let messages = 0;
  let slots: { at: Date[]; until: Date } | null = null;
  /** The slots of some days. Sessions are arranged for later days, so a day's are known when it begins. */
  const slotsOf = async (from: string, to: string): Promise<{ at: Date[]; until: Date }> => {
    const sessions = await db.read((client) => client.session.findMany({ select: { start: true, end: true } }));
    const [first, until] = [new Date(instantAt(from, '00:00').getTime() - 1), instantAt(to, '23:59')];
    return { at: slotsBetween(Object.values(jobs), first, until, sessions).map(({ at }) => at), until };
  };
  /** When what has to wait may go out: in the morning. */
  const waitingUntil = async (to: Date): Promise<Date[]> => {
    const where = { sentAt: null, parkedAt: null, notBefore: { gt: clock.now(), lte: to } };
    const select = { notBefore: true };
    const rows = await db.read((client) => client.outbox.findMany({ where, select, distinct: ['notBefore'] }));
    return rows.map(({ notBefore }) => notBefore);
  };

  return {
    db,
    clock,
    world,
    quiet: config.QUIET_HOURS,
    /** Says something as a member, by the encrypted callback, and waits until it is answered. */
    async say(from: string, text: string): Promise<void> {
      messages += 1;
      const seconds = String(Math.floor(clock.now().getTime() / 1000));
      const xml = `<xml><ToUserName>wwdemo</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${messages}</MsgId><AgentID>${AGENT_ID}</AgentID></xml>`;
      const sealed = seal(KEYS, xml, seconds, 'n');
      const query = new URLSearchParams({ msg_signature: sealed.signature, timestamp: seconds, nonce: 'n' });
      const body = `<xml><ToUserName>wwdemo</ToUserName><AgentID>${AGENT_ID}</AgentID><Encrypt><![CDATA[${sealed.encrypted}]]></Encrypt></xml>`;
      const response = await fetch(`${app.url}/wecom/callback?${query}`, { method: 'POST', body });
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await app.settled();
    },
    /** Lets the time pass, slot by slot; what waited for the morning goes out in the morning. */
    async passTo(to: Date): Promise<void> {
      const now = clock.now();
      if (!slots || dayOf(slots.until) < dayOf(to)) slots = await slotsOf(dayOf(now), dayOf(to));
      const due = slots.at.filter((at) => at > now && at <= to);
      const stops = [...due, ...(timeOf(now) < MORNING || dayOf(now) < dayOf(to) ? await waitingUntil(to) : [])].map(
        (at) => at.getTime(),
      );
      for (const at of [...new Set(stops)].sort((one, other) => one - other)) {
        instant = new Date(at);
        await app.tick();
      }
      instant = to;
    },
    async close(): Promise<void> {
      await app.stop();
      await db.close();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Office = Awaited<ReturnType<typeof openOffice>>;

type Routes = ReturnType<typeof wecomApi>['routes'];

/** The stand-in's API alone, without its page. */
async function serve(routes: Routes): Promise<Server> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const contentType = request.headers['content-type'] ?? '';
    const answered = await routes[url.pathname]?.({ query: url.searchParams, raw: Buffer.concat(chunks), contentType });
    response.statusCode = answered ? 200 : 404;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answered ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
