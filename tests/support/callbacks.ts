import { randomBytes } from 'node:crypto';
import { type CallbackKeys, seal } from '#bot/wecom/crypto.ts';

/** One callback that can be sent again as it is. */
export interface Callback {
  path: string;
  body: string;
}

export function callback(
  keys: CallbackKeys,
  from: string,
  text: string,
  id = String(randomBytes(8).readBigUInt64BE()),
): Callback {
  const created = String(Math.floor(Date.now() / 1000));
  const xml = `<xml><ToUserName>${keys.receiveId}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${created}</CreateTime><MsgType>text</MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId></xml>`;
  const { signature, timestamp, nonce, encrypted } = seal(keys, xml, created, 'n');
  return {
    path: `/wecom/callback?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    body: `<xml><ToUserName>${keys.receiveId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`,
  };
}

/** Sends it once; gives back the status, 0 if there was no answer. */
export const post = (port: number, { path, body }: Callback): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status,
    () => 0,
  );
