import { setTimeout as pause } from 'node:timers/promises';
import { WSClient, type WsFrame } from '@wecom/aibot-node-sdk';
import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { TemplateCard } from './card.ts';
import type { ReplyPlace } from './client.ts';
import { WecomError } from './errors.ts';
import type { Enclosure } from './media.ts';
import { jsonOf, plain } from './plain.ts';
import { cardUpdate, heard, robotMessage, welcome } from './robot.ts';
import { feedbackOn, streamOf } from './robot-answers.ts';

/** How long things take or wait; a test makes them short. */
export const TIMING = {
  /** from the open socket to the accepted subscription, which the SDK does not watch */
  subscribeMs: 10_000,
  /** after another connection took the robot over: at once again, the two would throw each other out for ever */
  replacedMs: 5 * 60_000,
  /** after id or secret were refused again and again: asking goes on rarely, in case the office mends it */
  refusedMs: 30 * 60_000,
  againMs: 5000,
  reconnectMs: 1000,
  heartbeatMs: 30_000,
};
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
// The platform takes 30 a minute for a chat (protocol notes 7).
const A_MINUTE = 25;
const MOST_KEEP_TRIES = 5;
const SCHEME = 'socket:';
// The address serves no more, e.g. since the connection was renewed: the chat itself still does.
const ADDRESS_GONE = new Set([846_604, 846_605]);

export interface RobotSocketParts {
  url: string;
  id: string;
  secret: string;
  name: string;
  clock: Clock;
  log: Logger;
  keep(message: InboundMessage): Promise<void>;
  cardAfterTap(message: InboundMessage): Promise<TemplateCard | null>;
  /** hears the code of every call that failed */
  onError(errcode: number): void;
  timing?: Partial<typeof TIMING>;
}
export type RobotState = 'off' | 'connecting' | 'subscribing' | 'ready';

/**
 * 智能机器人, long connection (protocol notes 5.8 to 5.10), by the official SDK, which needs watching: it takes an open
 * socket for an accepted one, waits for the subscription for ever, rejects with bare frames, stops for good once it was
 * replaced, and prints what people say unless it is given a logger.
 */
export function robotSocket(parts: RobotSocketParts) {
  const { clock, log } = parts;
  const timing = { ...TIMING, ...parts.timing };
  const spent = new Map<string, number[]>();
  let client: WSClient | null = null;
  let state: RobotState = 'off';
  let since = 0;
  let restUntil = 0;

  function enter(next: RobotState): void {
    state = next;
    since = performance.now();
  }
  function close(restMs: number): void {
    const closing = client;
    client = null;
    enter('off');
    restUntil = performance.now() + restMs;
    closing?.removeAllListeners();
    // An emitter without this listener is silent, but what the socket still says on its way down is not ours any more.
    closing?.on('error', () => undefined);
    closing?.disconnect();
  }

  function open(): void {
    const opened = new WSClient({
      ...{ botId: parts.id, secret: parts.secret, wsUrl: parts.url, logger: quiet(log) },
      ...{ maxReconnectAttempts: -1, maxAuthFailureAttempts: 3 },
      ...{ reconnectInterval: timing.reconnectMs, heartbeatInterval: timing.heartbeatMs },
    });
    client = opened;
    enter('connecting');
    opened.on('connected', () => enter('subscribing'));
    opened.on('authenticated', () => {
      enter('ready');
      log.info('robot connected');
    });
    opened.on('disconnected', () => {
      if (client === opened) enter('connecting');
    });
    opened.on('event.disconnected_event', () => {
      log.warn('another connection took the robot over');
      // The SDK still works on the frame; the end of it is ours.
      queueMicrotask(() => close(timing.replacedMs));
    });
    opened.on('error', (error) => {
      if (!('code' in error) || error.code !== 'WS_AUTH_FAILURE_EXHAUSTED')
        return log.warn({ cause: error.name }, 'robot connection failed');
      parts.onError(853_000);
      log.error({ errcode: 853_000 }, 'robot id or secret refused');
      close(timing.refusedMs);
    });
    opened.on('message', (frame) => void receive(frame));
    opened.on('event', (frame) => void receive(frame));
    opened.connect();
  }

  async function receive(frame: WsFrame): Promise<void> {
    const parsed = robotMessage.safeParse(frame.body);
    if (!parsed.success) return log.warn('robot message not understood');
    const isEvent = parsed.data.msgtype === 'event';
    if (parsed.data.event?.eventtype === 'disconnected_event') return;
    // What is no message has an address that only its own kind of answer fits; words go to the chat.
    const url = `${SCHEME}${isEvent ? '' : frame.headers.req_id}`;
    const calledAtMs = clock.now().getTime();
    const replyTo = { url, until: new Date(calledAtMs + DAY_MS) };
    const message = heard(parsed.data, { name: parts.name, calledAtMs, replyTo });
    if (!message) return log.warn('robot message not understood');
    if (message.tapped) await changeCard(frame, message);
    if (parsed.data.event?.eventtype === 'enter_chat')
      await sent('aibot_respond_welcome_msg', frame.headers.req_id, welcome(parts.name)).catch(noted);
    await keepSurely(message);
  }

  async function changeCard(frame: WsFrame, message: InboundMessage): Promise<void> {
    const card = await parts.cardAfterTap(message).catch(() => null);
    if (card) await sent('aibot_respond_update_msg', frame.headers.req_id, cardUpdate(message.from, card)).catch(noted);
  }
  const noted = (error: unknown): void =>
    log.warn({ errcode: error instanceof WecomError ? error.errcode : undefined }, 'not answered at once');

  /** Nobody sends it again: it is on disk, or at least the log knows. */
  async function keepSurely(message: InboundMessage): Promise<void> {
    for (let tried = 1; ; tried++)
      try {
        return await parts.keep(message);
      } catch (error) {
        if (tried >= MOST_KEEP_TRIES) {
          log.error({ cause: error instanceof Error ? error.name : 'unknown' }, 'robot message lost');
          return;
        }
        await pause(200 * tried);
      }
  }

  /** One frame with its acknowledgement. */
  async function sent(cmd: string, reqId: string, body: object): Promise<void> {
    if (!client || state !== 'ready') throw failure(cmd, -2);
    try {
      await client.reply({ headers: { req_id: reqId } }, JSON.parse(jsonOf(body)), cmd);
    } catch (error) {
      // A frame that was refused, or an Error for one that nobody answered.
      const errcode = Number((error as Partial<WsFrame>).errcode ?? -2);
      if (errcode === 846_609) close(timing.againMs);
      throw failure(cmd, errcode);
    }
  }
  function failure(cmd: string, errcode: number): WecomError {
    parts.onError(errcode);
    return new WecomError(cmd, errcode);
  }

  function spend(chat: string): void {
    const recent = (spent.get(chat) ?? []).filter((at) => at > performance.now() - MINUTE_MS);
    if (recent.length >= A_MINUTE) throw failure('aibot_respond_msg', 846_607);
    spent.set(chat, [...recent, performance.now()]);
  }
  const tell = (chat: string, body: object): Promise<void> =>
    sent('aibot_send_msg', `aibot_send_msg_${crypto.randomUUID()}`, { chatid: chat, ...body });

  async function answer({ url, chat }: ReplyPlace, body: object, first: object = body): Promise<void> {
    spend(chat);
    const reqId = url.slice(SCHEME.length);
    try {
      if (reqId) return await sent('aibot_respond_msg', reqId, first);
    } catch (error) {
      if (!(error instanceof WecomError) || !ADDRESS_GONE.has(error.errcode)) throw error;
    }
    await tell(chat, body);
  }

  return {
    state: (): RobotState => state,
    /** Whether an answer belongs here rather than to an address on the web. */
    serves: ({ url }: ReplyPlace): boolean => url.startsWith(SCHEME),
    /**
     * Opens, gives up or closes the connection as things stand; called every second.
     * @param leads one connection for a robot: only the instance that leads has it
     */
    tend(leads: boolean): void {
      const waited = performance.now() - since;
      if (!leads) {
        if (client) close(0);
      } else if (!client) {
        if (performance.now() >= restUntil) open();
      } else if (state === 'subscribing' && waited > timing.subscribeMs) {
        log.warn('robot subscription not answered');
        close(timing.againMs);
      }
    },
    /** A stream that is finished at once: said again because its acknowledgement was lost, it takes its own place. */
    reply: (place: ReplyPlace, content: string): Promise<void> =>
      answer(
        place,
        { msgtype: 'markdown', markdown: { content: plain(content), ...feedbackOn(place.about) } },
        streamOf(place.url.slice(SCHEME.length), content, place.about),
      ),
    /** Says something in a chat unasked: where it was spoken to before (protocol notes 5.9). */
    async speak(chat: string, content: string): Promise<void> {
      spend(chat);
      await tell(chat, { msgtype: 'markdown', markdown: { content } });
    },
    async enclose(chat: string, { kind, name, bytes }: Enclosure): Promise<void> {
      spend(chat);
      if (!client || state !== 'ready') throw failure('aibot_upload_media', -2);
      const uploaded = await client.uploadMedia(bytes, { type: kind, filename: name }).catch((error: unknown) => {
        throw failure('aibot_upload_media', Number((error as Partial<WsFrame>).errcode ?? -2));
      });
      await tell(chat, { msgtype: kind, [kind]: { media_id: uploaded.media_id } });
    },
    replyCard: (place: ReplyPlace, card: TemplateCard): Promise<void> =>
      answer(place, { msgtype: 'template_card', template_card: card }),
    stop: (): void => close(0),
  };
}
export type RobotSocket = ReturnType<typeof robotSocket>;

/** The SDK writes whole messages into its lines: their first words say enough, what follows stays out. */
function quiet(log: Logger) {
  const words = (text: string): string => text.split(/[:[{,]/)[0]?.trim() ?? '';
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (text: string) => log.debug({ sdk: words(text) }, 'robot'),
    error: (text: string) => log.debug({ sdk: words(text) }, 'robot'),
  };
}
