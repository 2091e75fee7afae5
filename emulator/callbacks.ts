import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#bot/calendar.ts';
import { type CallbackKeys, decryptChecked, seal } from '#bot/wecom/crypto.ts';

const MOST_TRIES = 4;
const TIMEOUT_MS = 5000;

export interface CallbackRoute {
  keys: CallbackKeys;
  /** where the bot listens; asked at every call, since it may not run yet */
  url(): string;
  clock: Clock;
  /** how a callback gets there; twice or late, if the weather is bad */
  around?: (send: () => Promise<string | null>) => Promise<string | null>;
}

/** Elements of a callback's XML: text, or elements again. */
export interface Elements {
  [name: string]: string | number | Elements | (string | Elements)[];
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const xmlOf = (elements: Elements): string =>
  Object.entries(elements)
    .map(([name, value]) => {
      const inner = (one: string | number | Elements): string | number =>
        typeof one === 'object' ? xmlOf(one) : typeof one === 'number' ? one : cdata(one);
      // What is a list is its element again and again.
      return (Array.isArray(value) ? value : [value]).map((one) => `<${name}>${inner(one)}</${name}>`).join('');
    })
    .join('');

/** What the platform posts to the self-built app: encrypted, signed, and again if it was not answered 200. */
export function appCallbacks(
  keys: CallbackKeys,
  agentId: number,
  botUrl: () => string,
  clock: Clock,
  around?: CallbackRoute['around'],
) {
  const route: CallbackRoute = { keys, url: () => `${botUrl()}/wecom/callback`, clock, ...(around && { around }) };
  const corp = { ToUserName: keys.receiveId };
  const deliver = async (from: string, elements: Elements): Promise<boolean> => {
    const created = { FromUserName: from, CreateTime: secondsOf(clock) };
    const xml = `<xml>${xmlOf({ ...corp, ...created, ...elements, AgentID: agentId })}</xml>`;
    const answered = await post(
      route,
      xml,
      (encrypted) => `<xml>${xmlOf({ ...corp, AgentID: agentId, Encrypt: encrypted })}</xml>`,
    );
    return answered !== null;
  };
  const message = (from: string, elements: Elements): Promise<boolean> =>
    deliver(from, { ...elements, MsgId: String(randomBytes(8).readBigUInt64BE()) });
  return {
    say: (from: string, text: string): Promise<boolean> => message(from, { MsgType: 'text', Content: text }),
    /** A picture, a voice message or whatever else has no words. */
    send: (from: string, type: string, elements: Elements): Promise<boolean> =>
      message(from, { MsgType: type, ...elements }),
    event: (from: string, event: string, elements: Elements = {}): Promise<boolean> =>
      deliver(from, { MsgType: 'event', Event: event, ...elements }),
    tap(from: string, { task, type, key, chosen, code }: CardTap): Promise<boolean> {
      const items = chosen.map(({ question, ids }) => ({ QuestionKey: question, OptionIds: { OptionId: ids } }));
      const chosenPart = items.length > 0 && { SelectedItems: { SelectedItem: items } };
      const card = { EventKey: key, TaskId: task, CardType: type, ResponseCode: code };
      return deliver(from, { MsgType: 'event', Event: 'template_card_event', ...card, ...chosenPart });
    },
  };
}

/** A tap on a card: which, what, and the code under which it can be changed. */
export interface CardTap {
  task: string;
  type: string;
  key: string;
  /** of each question what was chosen */
  chosen: { question: string; ids: string[] }[];
  code: string;
}

/** Posts what members type to the self-built app. */
export const callbackSender = (keys: CallbackKeys, agentId: number, botUrl: () => string, clock: Clock) =>
  appCallbacks(keys, agentId, botUrl, clock).say;

/** What the robot hears: a member's words, in a group or alone, with an address for one answer. */
export interface RobotWords {
  chatid?: string;
  from: string;
  responseUrl: string;
}

/** Posts what members say to the smart robot, as JSON and with an empty receive id (protocol notes 5.3). */
export function robotCallbacks(keys: CallbackKeys, botUrl: () => string, clock: Clock) {
  const route: CallbackRoute = { keys, url: () => `${botUrl()}/wecom/robot`, clock };
  const told = async (words: object): Promise<object | null> => {
    const answered = await post(route, JSON.stringify(words), (encrypt) => JSON.stringify({ encrypt }));
    if (!answered) return answered === null ? null : {};
    return JSON.parse(decryptChecked(keys, (JSON.parse(answered) as { encrypt: string }).encrypt));
  };
  return {
    /** @returns what the bot answered at once, nothing if it did not; null if it was not there */
    say: (where: RobotWords, said: object): Promise<object | null> => told({ ...robotMessage(where), ...said }),
    /** @returns what the bot answered at once: how the card looks from now on, or nothing. */
    tap: (where: RobotWords, { task, type, key, chosen }: CardTap): Promise<object | null> =>
      told({
        ...{ ...robotMessage(where), create_time: secondsOf(clock), msgtype: 'event' },
        event: robotTap({ task, type, key, chosen }),
      }),
  };
}

/** The body of a robot's message without its words, the same in both modes. */
export const robotMessage = ({ chatid, from, responseUrl }: RobotWords): object => ({
  ...{ msgid: randomBytes(18).toString('base64'), aibotid: 'demo-robot', from: { userid: from } },
  ...(chatid === undefined ? { chattype: 'single' } : { chattype: 'group', chatid }),
  ...(responseUrl && { response_url: responseUrl }),
});

export const robotTap = ({ task, type, key, chosen }: Omit<CardTap, 'code'>): object => ({
  eventtype: 'template_card_event',
  template_card_event: {
    ...{ card_type: type, event_key: key, task_id: task },
    ...(chosen.length > 0 && {
      selected_items: {
        selected_item: chosen.map(({ question, ids }) => ({ question_key: question, option_ids: { option_id: ids } })),
      },
    }),
  },
});

const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);

/** @returns the answer's body, or null if it was not answered 200 however often it was sent. */
const post = (route: CallbackRoute, words: string, envelope: (encrypted: string) => string): Promise<string | null> =>
  (route.around ?? ((send) => send()))(() => postOnce(route, words, envelope));

async function postOnce(
  route: CallbackRoute,
  words: string,
  envelope: (encrypted: string) => string,
): Promise<string | null> {
  const { keys, url, clock } = route;
  const timestamp = String(secondsOf(clock));
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const sealed = seal(keys, words, timestamp, randomBytes(5).toString('hex'));
    const query = new URLSearchParams({ msg_signature: sealed.signature, timestamp, nonce: sealed.nonce });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${url()}?${query}`, {
      method: 'POST',
      body: envelope(sealed.encrypted),
      signal,
    }).catch(() => null);
    if (response?.status === 200) return response.text();
    await pause(1000);
  }
  return null;
}
