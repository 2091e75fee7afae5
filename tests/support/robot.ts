import { seal } from '#bot/wecom/crypto.ts';
import type { openWorld } from './world.ts';
import { ROBOT_KEY } from './world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;
interface Change {
  signature?: string;
  timestamp?: string;
  body?: string;
  receiveId?: string;
}

/** Speaks to the app's robot address as the platform does: JSON, sealed, with an address for one answer. */
export function robotOf(world: World) {
  const keys = { token: 'robot', encodingAESKey: ROBOT_KEY, receiveId: '' };
  let messages = 0;

  const post = async (said: object, change: Change = {}, signal?: AbortSignal) => {
    const timestamp = change.timestamp ?? String(Math.floor(world.now().getTime() / 1000));
    const from = { ...keys, receiveId: change.receiveId ?? '' };
    const sealed = seal(from, JSON.stringify(said), timestamp, 'n1');
    const query = new URLSearchParams({ msg_signature: change.signature ?? sealed.signature, timestamp, nonce: 'n1' });
    const body = change.body ?? JSON.stringify({ encrypt: sealed.encrypted });
    return fetch(`${world.app.url}/wecom/robot?${query}`, { method: 'POST', body, ...(signal && { signal }) });
  };
  const message = (from: string, text: string, id: string) => ({
    ...{ msgid: id, aibotid: 'bot1', chattype: 'group', chatid: 'wr1', from: { userid: from }, msgtype: 'text' },
    text: { content: text },
    response_url: `${world.wecom.url}/cgi-bin/aibot/response?response_code=${id}`,
  });

  return {
    keys,
    post,
    message,
    /** Says something in the group and gives back what the group heard for it. */
    async says(from: string, text: string, change: object = {}, id = `g${++messages}`): Promise<string[]> {
      const before = world.wecom.replies.length;
      const response = await post({ ...message(from, text, id), ...change });
      if (response.status !== 200) throw new Error(`callback answered ${response.status}`);
      await world.app.settled();
      return world.wecom.replies.slice(before).map((one) => one.text);
    },
  };
}
