import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import { type InboundMessage, inboundMessage } from '#bot/message.ts';
import type { TemplateCard } from './card.ts';
import { BadCallback, type CallbackKeys, open, type Sealed, seal } from './crypto.ts';
import { type Called, type Entrance, echoOf, sealedFrom } from './envelope.ts';
import type { Answers, Said } from './robot-answers.ts';

// A response_url serves once, within an hour (protocol notes 5.6); the last minutes are left to the private message.
const REPLY_LIVES_MS = 55 * 60_000;

// Of 1 accurate, 2 inaccurate, 3 taken back (protocol notes 5.7).
const INACCURATE = 2;

const address = z.object({ url: z.string(), aeskey: z.string().optional() });
const part = z.object({ text: z.object({ content: z.string() }).optional(), image: address.optional() });
const enclosed = { image: address.optional(), file: address.optional(), video: address.optional() };
const opinion = z.object({ id: z.string(), type: z.number() });
const tap = z.object({
  event_key: z.string(),
  task_id: z.string().optional(),
  selected_items: z
    .object({ selected_item: z.array(z.object({ option_ids: z.object({ option_id: z.array(z.string()) }) })) })
    .optional(),
});
/** What the robot is told, as far as it is used (protocol notes 5.3 and 5.7). */
export const robotMessage = z.object({
  msgid: z.string().min(1).max(256),
  create_time: z.number().optional(),
  chattype: z.enum(['single', 'group']),
  chatid: z.string().optional(),
  from: z.object({ userid: z.string() }),
  response_url: z.string().optional(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  voice: z.object({ content: z.string() }).optional(),
  ...enclosed,
  mixed: z.object({ msg_item: z.array(part) }).optional(),
  // Words of somebody else, to whom nothing may be ascribed here; only what it encloses can be used.
  quote: z.object({ ...enclosed, mixed: z.object({ msg_item: z.array(part) }).optional() }).optional(),
  event: z
    .object({ eventtype: z.string(), template_card_event: tap.optional(), feedback_event: opinion.optional() })
    .optional(),
});
export type RobotMessage = z.infer<typeof robotMessage>;

export interface RobotParts {
  keys: CallbackKeys;
  /** what members call it by: 「@创优助手 」 is no part of what they say */
  name: string;
  apiBase: string;
  clock: Clock;
  /** Resolves once the message is safely on disk; only then is the callback answered 200. */
  keep(message: InboundMessage): Promise<void>;
  /** What a tapped card looks like from now on; this is the only moment it can be told. */
  cardAfterTap(message: InboundMessage): Promise<TemplateCard | null>;
  answers: Answers;
}

/**
 * 智能机器人, callback mode (protocol notes 5.2 to 5.7): JSON in the same envelope, receive id empty. It is answered 200
 * with what is said to it, if that is ready in time, as a finished stream; a tap with the changed card; else with an empty
 * body, and the words follow through the response_url. Refuses as the app's callback does.
 */
export function robotEntrance({ keys, name, apiBase, clock, keep, cardAfterTap, answers }: RobotParts): Entrance {
  async function take({ query, body, response }: Called): Promise<object | null> {
    const sealed = sealedFrom(query, (readJson(body) as { encrypt?: unknown } | null)?.encrypt, clock);
    const parsed = robotMessage.safeParse(readJson(open(keys, sealed)));
    if (!parsed.success) throw new BadCallback(400, 'message');
    // A refresh asks for the rest of a stream; we never begin one.
    if (parsed.data.msgtype === 'stream') return null;
    const calledAtMs = Number(sealed.timestamp) * 1000;
    const url = parsed.data.response_url;
    const replyTo = url && isPlatform(url, apiBase) ? { url, until: new Date(calledAtMs + REPLY_LIVES_MS) } : undefined;
    const message = heard(parsed.data, { name, calledAtMs, replyTo });
    if (!message) throw new BadCallback(400, 'message');
    const greeting = parsed.data.event?.eventtype === 'enter_chat' ? welcome(name) : null;
    const card = message.tapped ? await cardAfterTap(message) : null;
    const again = answers.before(message.key);
    const isAsked = replyTo && message.content.kind === 'text' && !message.tapped && !again;
    const ready = isAsked ? answers.wait(message.key, replyTo.url) : null;
    await keep(message).catch((error: unknown) => {
      answers.release(message.key);
      throw error;
    });
    const said = await ready;
    if (said) tellWhether(said, response);
    const answer = card ? cardUpdate(message.from, card) : (again ?? said?.answer ?? greeting);
    return answer ? sealedAnswer(keys, answer, sealed) : null;
  }
  return { path: '/wecom/robot', channel: 'robot', echo: echoOf(keys, clock), take };
}

/** The answer got there when all of it was written; a platform that hung up meanwhile has not got it. */
function tellWhether(said: Said, response: ServerResponse): void {
  response.once('finish', () => said.arrived(true));
  response.once('close', () => said.arrived(response.writableFinished));
}

/** 欢迎语, once a day when somebody opens the chat; it can only be said at once. */
export const welcome = (name: string): object => ({
  msgtype: 'text',
  text: { content: `您好，我是${name}。直接说要办的事就行，如“签到”“我的台账”；不清楚请发送“帮助”。` },
});

/** 更新模板卡片 (protocol notes 5.5): for whoever tapped only; without `userids` it would change for everybody. */
export const cardUpdate = (userid: string, card: TemplateCard): object => ({
  ...{ response_type: 'update_template_card', userids: [userid], template_card: card },
});

/** A passive answer has the nonce of what it answers (protocol notes 5.2). */
function sealedAnswer(keys: CallbackKeys, answer: object, { timestamp, nonce }: Sealed): object {
  const { signature, encrypted } = seal(keys, JSON.stringify(answer), timestamp, nonce);
  return { encrypt: encrypted, msgsignature: signature, timestamp: Number(timestamp), nonce };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadCallback(400, 'json');
  }
}

/** How one robot is heard, whichever way it is connected. */
export interface Hearing {
  /** what members call it by: 「@创优助手 」 is no part of what they say */
  name: string;
  /** when it was called, for messages without a time of their own */
  calledAtMs: number;
  /** where one answer can be put */
  replyTo?: { url: string; until: Date } | undefined;
}

/** A robot's message → the one message shape. */
export function heard(said: RobotMessage, { name, calledAtMs, replyTo }: Hearing): InboundMessage | null {
  const parsed = inboundMessage.safeParse({
    key: `robot:${said.msgid}`,
    from: said.from.userid.toLowerCase(),
    chat: said.chattype === 'group' ? 'group' : 'direct',
    ...(said.chattype === 'group' && { group: said.chatid }),
    sentAt: new Date(said.create_time ? said.create_time * 1000 : calledAtMs),
    ...(replyTo && { replyTo }),
    ...mediaFrom(said),
    content: contentFrom(said, name),
    ...tapFrom(said.event?.template_card_event),
  });
  return parsed.success ? parsed.data : null;
}

function contentFrom(said: RobotMessage, name: string): InboundMessage['content'] {
  const { msgtype, text, voice, mixed, event } = said;
  if (msgtype === 'event') {
    const key = event?.template_card_event?.event_key;
    if (key !== undefined) return { kind: 'text', text: key };
    const thought = event?.feedback_event;
    const feedback = thought && { about: thought.id, isRight: thought.type !== INACCURATE };
    return { kind: 'event', event: event?.eventtype ?? '', ...(feedback && { feedback }) };
  }
  // Speech arrives as its words; of text between pictures the text counts.
  const words = text?.content ?? voice?.content ?? mixed?.msg_item.flatMap((one) => one.text?.content ?? []).join('\n');
  // Whoever only calls it asks what it can do.
  const bare = said.chattype === 'group' && withoutMention(words ?? '', name) === '' && !mediaFrom(said).media;
  if (words && bare) return { kind: 'text', text: '帮助' };
  return words ? { kind: 'text', text: withoutMention(words, name) } : { kind: 'other', type: msgtype };
}

/** What can be fetched, and with which key; what was quoted as well, marked. */
function mediaFrom(said: RobotMessage): Pick<InboundMessage, 'media'> {
  const quoted = said.quote ? enclosedIn(said.quote).map((one) => ({ ...one, quoted: true })) : [];
  const media = [...enclosedIn(said), ...quoted];
  return media.length > 0 ? { media: media.slice(0, 20) } : {};
}

function enclosedIn({ image, file, video, mixed }: Pick<RobotMessage, 'image' | 'file' | 'video' | 'mixed'>) {
  const pictures = [image, ...(mixed?.msg_item.map((one) => one.image) ?? [])];
  const all = [
    ...pictures.map((one) => ({ kind: 'image' as const, one })),
    { kind: 'file' as const, one: file },
    { kind: 'video' as const, one: video },
  ];
  return all.flatMap(({ kind, one }) => (one ? [{ kind, url: one.url, ...(one.aeskey && { key: one.aeskey }) }] : []));
}

function tapFrom(tapped: z.infer<typeof tap> | undefined): Pick<InboundMessage, 'tapped'> {
  if (!tapped?.task_id) return {};
  const chosen = tapped.selected_items?.selected_item.flatMap(({ option_ids }) => option_ids.option_id) ?? [];
  return { tapped: { card: tapped.task_id, chosen } };
}

/** Takes off the robot's exact name only: people write on right behind it, without a space. */
function withoutMention(text: string, name: string): string {
  const mention = `@${name}`;
  const bare = text.trimStart();
  if (bare.startsWith(mention)) return bare.slice(mention.length).trim();
  return text.replace(mention, '').trim();
}

/** Whoever knows the key of the callback must not thereby choose where this service sends requests. */
function isPlatform(url: string, apiBase: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(apiBase).origin || (protocol === 'https:' && hostname.endsWith('.weixin.qq.com'));
}
