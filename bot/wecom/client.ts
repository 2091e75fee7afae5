/** What WeCom answered, or that it did not; `retryable` tells the outbox whether to try again. */
export class WecomError extends Error {
  readonly errcode: number;
  readonly retryable: boolean;
  constructor(api: string, errcode: number, retryable: boolean) {
    super(`${api} errcode ${errcode}`);
    this.errcode = errcode;
    this.retryable = retryable;
  }
}

export interface WecomSettings {
  apiBase: string;
  corpId: string;
  agentId: number;
  agentSecret: string;
  /** group name → webhook key */
  groups: ReadonlyMap<string, string>;
}

const TOKEN_REFUSED = new Set([40014, 42001]);
// Busy, concurrent change, too often: protocol notes 6.1 and 6.4. Everything else is permanent for the request.
const WORTH_ANOTHER_TRY = new Set([-1, 6000, 45009, 45033]);
const TIMEOUT_MS = 10_000;
const EARLY_MS = 5 * 60_000;

/** The server API as far as it is used; one shared token, fetched once however many wait for it. */
export function wecomClient(settings: WecomSettings) {
  let token: { value: string; until: number } | null = null;
  let fetching: Promise<string> | null = null;

  // https://developer.work.weixin.qq.com/document/path/91039
  async function fetchToken(): Promise<string> {
    const { corpId, agentSecret } = settings;
    const answer = await request('gettoken', `/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${agentSecret}`);
    const value = String(answer['access_token']);
    token = { value, until: Date.now() + Number(answer['expires_in']) * 1000 - EARLY_MS };
    return value;
  }

  function accessToken(): Promise<string> {
    if (token && Date.now() < token.until) return Promise.resolve(token.value);
    fetching ??= fetchToken().finally(() => {
      fetching = null;
    });
    return fetching;
  }

  async function request(api: string, path: string, body?: object): Promise<Record<string, unknown>> {
    let response: Response;
    try {
      const init = body && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      };
      response = await fetch(settings.apiBase + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status >= 500) throw new Error(`status ${response.status}`);
      const answer = (await response.json()) as Record<string, unknown>;
      const errcode = Number(answer['errcode'] ?? 0);
      if (errcode !== 0) throw new WecomError(api, errcode, WORTH_ANOTHER_TRY.has(errcode));
      return answer;
    } catch (error) {
      if (error instanceof WecomError) throw error;
      // The address holds the secret or the token: neither it nor the cause's text may travel further.
      throw new WecomError(api, -2, true);
    }
  }

  async function call(api: string, path: string, body: object): Promise<Record<string, unknown>> {
    const used = await accessToken();
    try {
      return await request(api, `${path}?access_token=${used}`, body);
    } catch (error) {
      if (!(error instanceof WecomError) || !TOKEN_REFUSED.has(error.errcode)) throw error;
      if (token?.value === used) token = null;
      return request(api, `${path}?access_token=${await accessToken()}`, body);
    }
  }

  return {
    /**
     * 发送文本给一名成员, at most 2,048 bytes. `deliveryId` makes a repeat of the same delivery one message: WeCom
     * compares the whole request, so the interval is varied by it and two equal answers are still two.
     * https://developer.work.weixin.qq.com/document/path/90236
     * @throws WecomError, also 81013 if the member is not in the app's visible range.
     */
    async sendText(userid: string, content: string, deliveryId: number): Promise<void> {
      const answer = await call('message/send', '/cgi-bin/message/send', {
        touser: userid,
        msgtype: 'text',
        agentid: settings.agentId,
        text: { content },
        enable_duplicate_check: 1,
        duplicate_check_interval: 1800 + (deliveryId % 12_600),
      });
      if (String(answer['invaliduser'] ?? '').toLowerCase() === userid)
        throw new WecomError('message/send', 81013, false);
    },

    /**
     * 发送文本到群, by its webhook robot; at most 2,048 bytes.
     * https://developer.work.weixin.qq.com/document/path/99110
     * @throws WecomError; 93000 for a group that has no robot.
     */
    async sendToGroup(group: string, content: string): Promise<void> {
      const key = settings.groups.get(group);
      if (!key) throw new WecomError('webhook/send', 93000, false);
      await request('webhook/send', `/cgi-bin/webhook/send?key=${key}`, { msgtype: 'text', text: { content } });
    },
  };
}
export type WecomClient = ReturnType<typeof wecomClient>;
