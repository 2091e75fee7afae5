import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { startApp } from '#bot/app.ts';
import { readConfig } from '#bot/config.ts';
import type { Handler } from '#bot/handler.ts';
import type { Job } from '#bot/job.ts';
import type { Press } from '#bot/papers/press.ts';
import { slotsBetween } from '#bot/pipeline/scheduler.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { ownShared, type Shared } from '#bot/store/shared.ts';
import type { TemplateCard } from '#bot/wecom/card.ts';
import { seal } from '#bot/wecom/crypto.ts';
import type { RobotSocketParts } from '#bot/wecom/robot-socket.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { openBook } from './book.ts';
import { wordsOf } from './cards.ts';
import { discard, freshDatabase } from './database.ts';

export const ROBOT_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

/** A stand-in for WeCom's servers: gives out a token, takes messages, and refuses as told. */
async function openWecom() {
  const sent: { to: string; text: string; interval: number; card?: TemplateCard }[] = [];
  const recalled: string[] = [];
  /** who is outside the app's visible range */
  const unseen = new Set<string>();
  const changed: { userid: string; code: string; label: string }[] = [];
  const refusals: number[] = [];
  const groups: string[] = [];
  /** everything sent into groups, as it was sent: by which key or chat, and what */
  const inGroups: { to: string; body: Record<string, unknown> }[] = [];
  /** groups the app made, by their ids */
  const chats = new Map<string, { name: string; owner: string; users: string[] }>();
  /** codes that ways into groups refuse with, by key or chat id */
  const closed = new Map<string, number>();
  const uploads: { name: string; bytes: Buffer }[] = [];
  const papers: { to: string; kind: string; name: string; bytes: Buffer; md5?: string }[] = [];
  const replies: { code: string; text: string; card?: TemplateCard }[] = [];
  const how: { mode: 'well' | 'down' | 'garbage' | 'hanging' } = { mode: 'well' };
  const { contacts, book } = openBook();
  const released: (() => void)[] = [];
  /** what members sent: media id or path → the file */
  const media = new Map<string, { name: string; bytes: Buffer }>();
  let tokens = 0;
  const server = createServer(async (request, response) => {
    if (how.mode === 'down') return void request.socket.destroy();
    if (how.mode === 'garbage') return void response.end('<html>502 Bad Gateway</html>');
    if (how.mode === 'hanging') await new Promise<void>((resolve) => released.push(resolve));
    const answer = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url?.startsWith('/cgi-bin/gettoken'))
      return answer({ errcode: 0, access_token: `T${++tokens}`, expires_in: 7200 });
    if (request.url?.startsWith('/cgi-bin/get_api_domain_ip')) return answer({ errcode: 0, ip_list: [] });
    const api = await book(request.url ?? '', () => bytesOf(request));
    if (api) return answer(api);
    if (request.url?.startsWith('/cgi-bin/media/get') || request.url?.startsWith('/cos/')) {
      const sent = media.get(new URL(request.url, 'http://x').searchParams.get('media_id') ?? request.url);
      if (refusals.length > 0) return answer({ errcode: refusals.shift() });
      if (!sent) return answer({ errcode: 40007 });
      const name = sent.name && `attachment; filename*=UTF-8''${encodeURIComponent(sent.name)}`;
      return void response
        .writeHead(200, { 'content-type': 'application/octet-stream', ...(name && { 'content-disposition': name }) })
        .end(sent.bytes);
    }
    const raw = await bytesOf(request);
    if (raw.length === 0) return void response.writeHead(404).end();
    if (/^\/cgi-bin\/(media\/upload|webhook\/upload_media)/.test(request.url ?? '')) {
      uploads.push(await fileIn(request.headers['content-type'] ?? '', raw));
      return answer({ errcode: 0, media_id: `M${uploads.length}` });
    }
    const body = JSON.parse(raw.toString('utf8'));
    const enclosed = body.image ?? body.file;
    const uploaded = uploads[Number(enclosed?.media_id?.slice(1)) - 1];
    const groupAt = groupOf(request.url ?? '', body);
    if (groupAt && closed.has(groupAt)) return answer({ errcode: closed.get(groupAt) });
    if (groupAt) inGroups.push({ to: groupAt, body });
    if (request.url?.startsWith('/cgi-bin/appchat/')) return answer(chatAnswer(request.url, body, chats));
    if (enclosed) {
      const bytes = uploaded?.bytes ?? Buffer.from(enclosed.base64, 'base64');
      papers.push({
        to: body.touser ?? 'group',
        kind: body.msgtype,
        name: uploaded?.name ?? '',
        bytes,
        md5: enclosed.md5,
      });
      return answer({ errcode: 0 });
    }
    if (request.url?.startsWith('/cgi-bin/webhook/send')) {
      groups.push(
        body.text?.content ?? body.markdown?.content ?? body.markdown_v2?.content ?? body.news?.articles[0].title,
      );
      return answer({ errcode: 0 });
    }
    const errcode = refusals.shift() ?? 0;
    if (request.url?.startsWith('/cgi-bin/aibot/response')) {
      const code = request.url.split('response_code=')[1] ?? '';
      if (replies.some((one) => one.code === code)) return answer({ errcode: 846606 });
      if (errcode === 0) replies.push({ code, ...said(body, body.markdown) });
      return answer({ errcode });
    }
    if (request.url?.startsWith('/cgi-bin/message/update_template_card')) {
      const { userids, response_code, button } = body;
      if (errcode === 0) changed.push({ userid: userids[0], code: response_code, label: button.replace_name });
    } else if (request.url?.startsWith('/cgi-bin/message/recall')) recalled.push(body.msgid);
    else if (errcode === 0 && !unseen.has(body.touser))
      sent.push({ to: body.touser, interval: body.duplicate_check_interval, ...said(body, body.text) });
    answer({
      errcode,
      msgid: `M${sent.length}`,
      ...(body.template_card && { response_code: `R${sent.length}` }),
      invaliduser: unseen.has(body.touser) ? body.touser.toUpperCase() : '',
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    recalled,
    unseen,
    /** How it behaves from now on: well, not there at all, answering what is no answer, or not answering until told. */
    behaves(mode: typeof how.mode): void {
      how.mode = mode;
      if (mode !== 'hanging') for (const release of released.splice(0)) release();
    },
    /** cards that were closed after a tap */
    changed,
    refusals,
    groups,
    inGroups,
    chats,
    closed,
    /** pictures and files, as they arrived */
    papers,
    replies,
    media,
    contacts,
    tokensGiven: () => tokens,
  };
}

/** The key or chat id a message for a group goes to. */
const groupOf = (address: string, body: { chatid?: string }): string | undefined => {
  if (address.startsWith('/cgi-bin/webhook/send')) return new URL(address, 'http://x').searchParams.get('key') ?? '';
  return address.startsWith('/cgi-bin/appchat/send') ? body.chatid : undefined;
};

interface ChatBody {
  chatid: string;
  name: string;
  owner: string;
  userlist: string[];
  add_user_list?: string[];
  del_user_list?: string[];
}
function chatAnswer(
  address: string,
  body: ChatBody,
  chats: Map<string, { name: string; owner: string; users: string[] }>,
): object {
  const { chatid, name, owner, userlist, add_user_list: add = [], del_user_list: gone = [] } = body;
  const chat = chats.get(chatid);
  if (address.startsWith('/cgi-bin/appchat/create')) {
    if (chat) return { errcode: 86_215 };
    chats.set(chatid, { name, owner, users: userlist });
    return { errcode: 0, chatid };
  }
  if (!chat) return { errcode: 86_003 };
  chat.users = [...chat.users, ...add].filter((id) => !gone.includes(id));
  return { errcode: 0 };
}

const said = (body: { template_card?: TemplateCard }, text: { content: string } | undefined) =>
  body.template_card ? { text: wordsOf(body.template_card), card: body.template_card } : { text: text?.content ?? '' };

async function fileIn(contentType: string, body: Buffer): Promise<{ name: string; bytes: Buffer }> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const file = form.get('media') as File;
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const factsOnly: Press = {
  draw: async ({ facts }) => Buffer.from(JSON.stringify(facts)),
  close: async () => undefined,
};

interface WorldParts {
  now: string;
  file?: string;
  dataKey?: string;
  shared?: Shared;
  env?: Record<string, string>;
  /** what draws; by default the facts themselves are what arrives */
  press?: Press;
  robotTiming?: RobotSocketParts['timing'];
  /** how long the robot's calls wait for their answers; by default they are answered at their addresses */
  answerWithinMs?: number;
  handlers?: readonly Handler[];
  jobs?: readonly Job[];
  /** puts something between the app and its record book */
  between?: (db: Db) => Db;
}

/** The real app on a fresh database with three people, two items and one session; only WeCom and the clock stood in for. */
export async function openWorld(parts: WorldParts) {
  const { now, file, shared, env, robotTiming, between, press = factsOnly, answerWithinMs = 0 } = parts;
  const wecom = await openWecom();
  let instant = new Date(now);
  const url = file ?? (await freshDatabase());
  const db = await openDb(url, parts.dataKey);
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: url,
    MEDIA_DIR: mkdtempSync(path.join(tmpdir(), 'chuangyou-media-')),
    BACKUP_DIR: 'none',
    WECOM_API_BASE: wecom.url,
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: '1000002',
    WECOM_AGENT_SECRET: 'secret',
    WECOM_TOKEN: 'token',
    WECOM_GROUP_WEBHOOKS: '全局群=K1',
    WECOM_ENCODING_AES_KEY: KEY,
    WECOM_ROBOT_TOKEN: 'robot',
    WECOM_ROBOT_ENCODING_AES_KEY: ROBOT_KEY,
    ...env,
  });
  await seed(db);
  const app = await startApp({
    config,
    db: between?.(db) ?? db,
    shared: shared ?? ownShared({ now: () => instant }),
    clock: { now: () => instant },
    log: pino({ level: 'silent' }),
    handlers: parts.handlers ?? Object.values(handlers),
    jobs: parts.jobs ?? Object.values(jobs),
    ...{ press, answerWithinMs, ...(robotTiming && { robotTiming }) },
    // A minute of the wall clock would find the moved one hours ahead.
    everyMinute: () => ({ cancel() {} }),
  });
  await app.tick();
  onTestFinished(async () => {
    await app.stop();
    await db.close();
    rmSync(config.MEDIA_DIR, { recursive: true, force: true });
    if (!file) await discard(url);
  });
  const keys = { token: 'token', encodingAESKey: KEY, receiveId: 'ww1' };
  let messages = 0;

  const post = async (
    xml: string,
    change: { signature?: string; timestamp?: string; body?: string; receiveId?: string } = {},
  ) => {
    const timestamp = change.timestamp ?? String(Math.floor(instant.getTime() / 1000));
    const sealed = seal({ ...keys, receiveId: change.receiveId ?? 'ww1' }, xml, timestamp, 'n1');
    const query = new URLSearchParams({ msg_signature: change.signature ?? sealed.signature, timestamp, nonce: 'n1' });
    const body =
      change.body ?? `<xml><ToUserName>ww1</ToUserName><Encrypt><![CDATA[${sealed.encrypted}]]></Encrypt></xml>`;
    return fetch(`${app.url}/wecom/callback?${query}`, { method: 'POST', body });
  };
  const textXml = (from: string, text: string, id: string) =>
    `<xml><ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${Math.floor(instant.getTime() / 1000)}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;

  return {
    app,
    db,
    wecom,
    mediaDir: config.MEDIA_DIR,
    post,
    textXml,
    url,
    keys,
    now: () => instant,
    at: (later: string) => {
      instant = new Date(later);
    },
    /** Lets the hours pass minute by minute up to `later`, with everything the clock does on the way. */
    async passUntil(later: string) {
      const sessions = await db.client.session.findMany();
      const slots = slotsBetween(Object.values(jobs), instant, new Date(later), sessions).map(({ at }) => at);
      for (const at of [...slots, new Date(later)]) {
        instant = at;
        await app.tick();
      }
    },
    /** What was told to somebody so far, oldest first. */
    toldTo: (id: string): string[] => wecom.sent.filter(({ to }) => to === id.toLowerCase()).map(({ text }) => text),
    /** Taps a button of a card that was sent, as `from`; gives back what was told to that person for it. */
    async taps(from: string, task: string, key: string, chosen: string[] = [], code = `c${++messages}`) {
      const before = wecom.sent.length;
      const options = chosen.map((id) => `<OptionId>${id}</OptionId>`).join('');
      const selected =
        options &&
        `<SelectedItems><SelectedItem><QuestionKey>choice</QuestionKey><OptionIds>${options}</OptionIds></SelectedItem></SelectedItems>`;
      const created = Math.floor(instant.getTime() / 1000);
      const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${created}</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey><![CDATA[${key}]]></EventKey><TaskId>${task}</TaskId><CardType>button_interaction</CardType><ResponseCode>${code}</ResponseCode>${selected}<AgentID>1000002</AgentID></xml>`;
      const response = await post(xml);
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await app.settled();
      return wecom.sent
        .slice(before)
        .filter(({ to }) => to === from.toLowerCase())
        .map((one) => one.text);
    },
    /** Sends a picture or file as the app's callback tells of it; gives back what was told to that person for it. */
    async sends(from: string, bytes: Buffer, type = 'image', name = ''): Promise<string[]> {
      const before = wecom.sent.length;
      const id = `media${++messages}`;
      wecom.media.set(id, { name, bytes });
      const created = Math.floor(instant.getTime() / 1000);
      const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${created}</CreateTime><MsgType>${type}</MsgType><PicUrl>http://x</PicUrl><MediaId>${id}</MediaId><MsgId>${id}</MsgId></xml>`;
      const response = await post(xml);
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await app.settled();
      return wecom.sent
        .slice(before)
        .filter(({ to }) => to === from.toLowerCase())
        .map((one) => one.text);
    },
    /** Sends a place as the app's callback tells of it; gives back what was told to that person for it. */
    async sendsPlace(from: string, latitude: number, longitude: number): Promise<string[]> {
      const before = wecom.sent.length;
      const created = Math.floor(instant.getTime() / 1000);
      const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${created}</CreateTime><MsgType>location</MsgType><Location_X>${latitude}</Location_X><Location_Y>${longitude}</Location_Y><Scale>15</Scale><Label><![CDATA[濮阳市人民路]]></Label><MsgId>place${++messages}</MsgId><AgentID>1000002</AgentID><AppType>wxwork</AppType></xml>`;
      const response = await post(xml);
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await app.settled();
      return wecom.sent.slice(before).flatMap(({ to, text }) => (to === from.toLowerCase() ? [text] : []));
    },
    /** Sends an encrypted callback and gives back everything that was told to that person for it. */
    async says(from: string, text: string, id = `m${++messages}`): Promise<string[]> {
      const before = wecom.sent.length;
      const response = await post(textXml(from, text, id));
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await app.settled();
      return wecom.sent
        .slice(before)
        .filter(({ to }) => to === from.toLowerCase())
        .map((one) => one.text);
    },
  };
}

async function seed(db: Awaited<ReturnType<typeof openDb>>) {
  if ((await db.client.person.count()) > 0) return;
  const person = (id: string, name: string, departmentCode: string, title: string, ...roles: string[]) => ({
    ...{ id, userid: id.toUpperCase(), name, departmentCode, title, roles: JSON.stringify(roles) },
  });
  await db.client.department.createMany({
    data: [
      { code: 'BGS', name: '办公室', aliases: '["局办"]', kind: '科室', leaderId: 'l02', headId: null, rank: 1 },
      {
        code: 'GXK',
        name: '高新技术发展及产业化科',
        aliases: '["高新科"]',
        kind: '科室',
        leaderId: 'l03',
        headId: 'u0501',
        rank: 2,
      },
      {
        code: 'SFK',
        name: '社会发展科技科',
        aliases: '["社发科"]',
        kind: '科室',
        leaderId: 'l04',
        headId: 'u0701',
        rank: 3,
      },
    ],
  });
  await db.client.person.createMany({
    data: [
      person('l01', '郑国栋', 'BGS', '局长', 'chief', 'leader'),
      person('l03', '柳文涛', 'BGS', '副局长', 'leader'),
      person('l04', '田素芬', 'BGS', '副局长', 'leader'),
      person('u0501', '龚海波', 'GXK', '科长', 'head'),
      person('u0502', '温静', 'GXK', '副科长', 'staff'),
      person('u0503', '雷鸣', 'GXK', '科员', 'staff'),
      person('u0702', '薛冰', 'SFK', '科员', 'staff'),
    ],
  });
  const item = { level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
  await db.client.ledgerItem.createMany({
    data: [
      { ...item, code: 'K3-4', no: 8, title: '新建市级重点实验室3个', target: 3, unit: '个', deadline: '2013-08-31' },
      {
        ...item,
        code: 'K1-3',
        no: 3,
        title: '制定创新驱动发展配套政策并分解任务',
        target: null,
        unit: null,
        deadline: '2013-05-10',
      },
    ],
  });
  await db.client.session.create({
    data: {
      ...{ code: 'S0514', topic: '十八大报告专题辅导', kind: '集中学习', venue: '三楼会议室' },
      ...{ start: new Date('2013-05-14T08:30+08:00'), end: new Date('2013-05-14T10:00+08:00') },
    },
  });
}
