import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#bot/calendar.ts';
import { type CallbackKeys, seal } from '#bot/wecom/crypto.ts';

const MOST_TRIES = 4;
const TIMEOUT_MS = 5000;

export interface CallbackRoute {
  keys: CallbackKeys;
  /** where the bot listens; asked at every call, since it may not run yet */
  url(): string;
  clock: Clock;
}

/** Posts what members type to the self-built app: encrypted, signed, and again if it was not answered 200. */
export function callbackSender(keys: CallbackKeys, agentId: number, botUrl: () => string, clock: Clock) {
  const route: CallbackRoute = { keys, url: () => `${botUrl()}/wecom/callback`, clock };
  return (from: string, text: string): Promise<boolean> => {
    const created = secondsOf(clock);
    const content = text.replaceAll(']]>', ']]]]><![CDATA[>');
    const xml = `<xml><ToUserName><![CDATA[${keys.receiveId}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${created}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${randomBytes(8).readBigUInt64BE()}</MsgId><AgentID>${agentId}</AgentID></xml>`;
    return post(
      route,
      xml,
      (encrypted) =>
        `<xml><ToUserName><![CDATA[${keys.receiveId}]]></ToUserName><AgentID>${agentId}</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    );
  };
}

/** What the robot hears of a group: a member's words with an address for one answer. */
export interface GroupWords {
  chatid: string;
  from: string;
  text: string;
  responseUrl: string;
}

/** Posts what members say to the smart robot in a group, as JSON and with an empty receive id (protocol notes 5.3). */
export function robotSender(keys: CallbackKeys, botUrl: () => string, clock: Clock) {
  const route: CallbackRoute = { keys, url: () => `${botUrl()}/wecom/robot`, clock };
  return ({ chatid, from, text, responseUrl }: GroupWords): Promise<boolean> => {
    const said = {
      ...{ msgid: randomBytes(18).toString('base64'), aibotid: 'demo-robot', chatid, chattype: 'group' },
      ...{ from: { userid: from }, response_url: responseUrl, msgtype: 'text', text: { content: text } },
    };
    return post(route, JSON.stringify(said), (encrypt) => JSON.stringify({ encrypt }));
  };
}

const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);

async function post(route: CallbackRoute, words: string, envelope: (encrypted: string) => string): Promise<boolean> {
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
    if (response?.status === 200) return true;
    await pause(1000);
  }
  return false;
}
