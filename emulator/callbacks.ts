import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#bot/calendar.ts';
import { type CallbackKeys, seal } from '#bot/wecom/crypto.ts';

const MOST_TRIES = 4;
const TIMEOUT_MS = 5000;

/** Posts what members type to the bot as WeCom does: encrypted, signed, and again if it was not answered 200. */
export function callbackSender(keys: CallbackKeys, agentId: number, botUrl: () => string, clock: Clock) {
  return async (from: string, text: string): Promise<boolean> => {
    const created = Math.floor(clock.now().getTime() / 1000);
    const content = text.replaceAll(']]>', ']]]]><![CDATA[>');
    const xml = `<xml><ToUserName><![CDATA[${keys.receiveId}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>${created}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>${randomBytes(8).readBigUInt64BE()}</MsgId><AgentID>${agentId}</AgentID></xml>`;
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const sealed = seal(keys, xml, String(created), randomBytes(5).toString('hex'));
      const query = new URLSearchParams({
        msg_signature: sealed.signature,
        timestamp: sealed.timestamp,
        nonce: sealed.nonce,
      });
      const body = `<xml><ToUserName><![CDATA[${keys.receiveId}]]></ToUserName><AgentID>${agentId}</AgentID><Encrypt><![CDATA[${sealed.encrypted}]]></Encrypt></xml>`;
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${botUrl()}/wecom/callback?${query}`, { method: 'POST', body, signal }).catch(
        () => null,
      );
      if (response?.status === 200) return true;
      await pause(1000);
    }
    return false;
  };
}
