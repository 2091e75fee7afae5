import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Cards } from './cards.ts';
import type { Bubble, Chats } from './chats.ts';
import { judge } from './judge-message.ts';
import { openUploads } from './robot-uploads.ts';

const REPLY_MS = 24 * 3_600_000;
const AT_ONCE_MS = 5000;
const STREAM_MS = 6 * 60_000;
const MINUTE_MS = 60_000;
const A_MINUTE = 30;

const frameShape = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string().min(1) }),
  body: z.record(z.string(), z.unknown()).default({}),
});
type Frame = z.infer<typeof frameShape>;
type Answered = { errcode: number; body?: object };

export interface RobotSocketRules {
  botId: string;
  secret: string;
  chats: Chats;
  cards: Cards;
  clock: Clock;
  /** where a chat's words are shown on the page */
  chatOf(chatid: string): string;
}
/** A code to refuse with; not taken and not answered; taken and not answered; taken, and then the line breaks. */
export type SocketFault = number | 'silent' | 'unacknowledged' | 'dying';
interface Asked {
  chatid: string;
  at: number;
  event: boolean;
  task?: string | undefined;
  answered: boolean;
  /** the stream that is being said, and what is shown of it */
  stream?: { id: string; bubble: Bubble; at: number };
}
interface Connection {
  socket: WebSocket;
  asked: Map<string, Asked>;
}

/** The platform's end of the smart robot's long connection, and its judgement (protocol notes 5.8 and 5.9). */
export function robotServer(rules: RobotSocketRules) {
  const { chats, cards, clock } = rules;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 2 * 1024 * 1024 });
  const uploads = openUploads(clock);
  const spoken = new Set<string>();
  const spent = new Map<string, number[]>();
  let live: Connection | null = null;
  let faults: { cmd: string; errcode: SocketFault }[] = [];
  const now = (): number => clock.now().getTime();

  sockets.on('connection', (socket) => {
    const connection: Connection = { socket, asked: new Map() };
    socket.on('message', (data) => {
      const frame = read(String(data));
      if (!frame) return socket.close();
      const fault = faults.find(({ cmd }) => cmd === frame.cmd);
      if (fault) faults = faults.filter((one) => one !== fault);
      if (fault?.errcode === 'silent') return;
      const isRefused = fault && typeof fault.errcode === 'number';
      const answer = isRefused ? { errcode: Number(fault.errcode) } : answerTo(frame, connection);
      if (fault?.errcode === 'dying') return socket.terminate();
      if (fault?.errcode === 'unacknowledged') return;
      socket.send(JSON.stringify({ headers: frame.headers, errmsg: answer.errcode ? 'refused' : 'ok', ...answer }));
    });
    socket.on('close', () => {
      if (live === connection) live = null;
    });
  });

  function answerTo(frame: Frame, connection: Connection): Answered {
    if (frame.cmd === 'aibot_subscribe') return subscribe(frame, connection);
    if (live !== connection) return { errcode: 846_609 };
    if (frame.cmd === 'ping') return { errcode: 0 };
    if (frame.cmd.startsWith('aibot_upload_media_')) return uploads.answer(frame.cmd, frame.body);
    if (frame.cmd === 'aibot_send_msg') return send(String(frame.body['chatid'] ?? ''), frame.body);
    const asked = connection.asked.get(frame.headers.req_id);
    if (!asked) return { errcode: 846_605 };
    if (frame.cmd === 'aibot_respond_msg') return respond(asked, frame.body);
    if (frame.cmd === 'aibot_respond_welcome_msg') return welcome(asked, frame.body);
    if (frame.cmd === 'aibot_respond_update_msg') return update(asked, frame.body);
    return { errcode: 846_610 };
  }

  function subscribe({ body }: Frame, connection: Connection): Answered {
    if (body['bot_id'] !== rules.botId || body['secret'] !== rules.secret) return { errcode: 853_000 };
    if (live && live !== connection) {
      const headers = { req_id: randomUUID() };
      const event = { msgtype: 'event', event: { eventtype: 'disconnected_event' } };
      live.socket.send(JSON.stringify({ cmd: 'aibot_event_callback', headers, body: { ...told(), ...event } }));
      live.socket.close();
    }
    live = connection;
    return { errcode: 0 };
  }

  function send(chatid: string, body: Frame['body']): Answered {
    // A stream belongs to the message it answers.
    if (body['msgtype'] === 'stream') return { errcode: 40_008 };
    return spoken.has(chatid) ? show(chatid, body) : { errcode: 846_607 };
  }
  function respond(asked: Asked, body: Frame['body']): Answered {
    if (asked.event) return { errcode: 846_610 };
    if (now() - asked.at > REPLY_MS) return { errcode: 846_604 };
    if (asked.answered) return { errcode: 846_606 };
    if (body['msgtype'] === 'stream') return stream(asked, body);
    const shown = show(asked.chatid, body);
    if (shown.errcode === 0) asked.answered = true;
    return shown;
  }
  /** Each frame of a stream takes the place of the one before; the last ends it. */
  function stream(asked: Asked, body: Frame['body']): Answered {
    const { id, finish } = (body['stream'] ?? {}) as { id?: string; finish?: boolean };
    if (asked.stream && asked.stream.id !== id) return { errcode: 846_606 };
    if (asked.stream && now() - asked.stream.at > STREAM_MS) return { errcode: 846_608 };
    const judged = judge(body, 'robot', uploads.has);
    if (!('seen' in judged)) return { errcode: judged.errcode };
    if (asked.stream) chats.change(asked.stream.bubble, judged.seen);
    else {
      const shown = show(asked.chatid, body);
      if (shown.errcode !== 0) return shown;
      const bubble = chats.bubbles.at(-1);
      if (bubble) asked.stream = { id: id ?? '', bubble, at: now() };
    }
    asked.answered = finish === true;
    return { errcode: 0 };
  }
  function welcome(asked: Asked, body: Frame['body']): Answered {
    if (now() - asked.at > AT_ONCE_MS) return { errcode: 846_604 };
    const text = (body['text'] as { content?: string } | undefined)?.content;
    if (body['msgtype'] !== 'text') return show(asked.chatid, body);
    if (!text) return { errcode: 44_004 };
    chats.add(rules.chatOf(asked.chatid), 'bot', text, clock.now());
    return { errcode: 0 };
  }
  function update(asked: Asked, body: Frame['body']): Answered {
    const card = body['template_card'] as { task_id?: string } | undefined;
    if (body['response_type'] !== 'update_template_card') return { errcode: 93_050 };
    if (now() - asked.at > AT_ONCE_MS) return { errcode: 846_604 };
    if (!asked.task || card?.task_id !== asked.task) return { errcode: 846_625 };
    return { errcode: cards.replace(asked.task, card) };
  }

  function show(chatid: string, body: Frame['body']): Answered {
    const recent = (spent.get(chatid) ?? []).filter((at) => at > now() - MINUTE_MS);
    if (recent.length >= A_MINUTE) return { errcode: 846_607 };
    spent.set(chatid, [...recent, now()]);
    const judged = judge(body, 'robot', uploads.has);
    if (!('seen' in judged)) return { errcode: judged.errcode };
    if (judged.seen.card?.task && !cards.register(judged.seen.card.task)) return { errcode: 846_625 };
    chats.add(rules.chatOf(chatid), 'bot', judged.seen, clock.now());
    return { errcode: 0 };
  }

  const told = (): object => ({ msgid: randomUUID(), aibotid: rules.botId, create_time: Math.floor(now() / 1000) });
  function push(cmd: string, body: object, asked: Omit<Asked, 'at' | 'answered'>): boolean {
    if (!live) return false;
    spoken.add(asked.chatid);
    const headers = { req_id: randomUUID() };
    live.asked.set(headers.req_id, { ...asked, at: now(), answered: false });
    live.socket.send(JSON.stringify({ cmd, headers, body: { ...told(), ...body } }));
    return true;
  }

  return {
    /** Listens beside the API, at /robot. */
    attach(server: Server): void {
      server.on('upgrade', (request, socket, head) => {
        if (!request.url?.startsWith('/robot')) return socket.destroy();
        sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
      });
    },
    connected: (): boolean => live !== null,
    /** Tells the robot what was said; false if it is not connected, and then nobody tells it again. */
    say: (chatid: string, body: object): boolean => push('aibot_msg_callback', body, { chatid, event: false }),
    event: (chatid: string, body: object, task?: string): boolean =>
      push('aibot_event_callback', body, { chatid, event: true, task }),
    /** Lets the next frame of a kind go wrong. */
    fail: (cmd: string, errcode: SocketFault): void => void faults.push({ cmd, errcode }),
    /** How many of these still wait for their frame. */
    left: (): number => faults.length,
    /** Breaks the line without a word. */
    drop: (): void => live?.socket.terminate(),
    close(): void {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
export type RobotServer = ReturnType<typeof robotServer>;

function read(text: string): Frame | null {
  try {
    const parsed = frameShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
