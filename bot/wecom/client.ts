import type { TemplateCard } from './card.ts';
import { contactCalls } from './contacts.ts';
import { directoryCalls } from './directory.ts';
import { downloadCalls } from './download.ts';
import { WecomError } from './errors.ts';
import { type Exchanged, openExchange } from './exchange.ts';
import { type GroupSpeaker, groupCalls } from './groups.ts';
import { mediaCalls } from './media.ts';
import { jsonOf, plain } from './plain.ts';
import { feedbackOn } from './robot-answers.ts';
import { shelfKey, type TokenShelf, tokenKeeper } from './token.ts';

export interface WecomSettings {
  apiBase: string;
  corpId: string;
  agentId: number;
  agentSecret: string;
  /** the smart robot, where it is connected for good */
  robot?(): GroupSpeaker | null;
  /** the secret of the contact sync assistant, which reads the whole address book */
  contactsSecret?: string | undefined;
  shelf: TokenShelf;
  /** the robot's EncodingAESKey in callback mode, which also seals what members send it */
  robotKey?: string | undefined;
  /** hears the code of every call that failed */
  onError(errcode: number): void;
}

/** Where a message of the smart robot is answered: the address it came with, and its chat. */
export interface ReplyPlace {
  url: string;
  chat: string;
  /** the message that is answered, for what its sender thinks of the answer */
  about?: string;
}

/** How what was sent is called, to take it back or change it. */
export interface Taken {
  msgid: string | null;
  cardCode: string | null;
}

// 40001 is said of a token as well, where the secret was changed meanwhile (protocol notes 6.1).
const TOKEN_REFUSED = new Set([40001, 40014, 42001]);
const TIMEOUT_MS = 10_000;
const EARLY_MS = 5 * 60_000;

/** The server API as far as it is used. */
export function wecomClient(settings: WecomSettings) {
  const { apiBase, corpId, agentId, agentSecret } = settings;
  const exchange = openExchange(TIMEOUT_MS);

  // https://developer.work.weixin.qq.com/document/path/91039
  const tokenOf = (secret: string) =>
    tokenKeeper(shelfKey(corpId, agentId, secret), settings.shelf, async () => {
      const answer = await request('gettoken', `${apiBase}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`);
      const livesMs = Math.max(Number(answer['expires_in']) * 1000 - EARLY_MS, EARLY_MS);
      return { value: String(answer['access_token']), livesMs };
    });
  const token = tokenOf(agentSecret);
  const assistant = settings.contactsSecret ? tokenOf(settings.contactsSecret) : null;

  async function request(api: string, url: string, body?: object): Promise<Record<string, unknown>> {
    try {
      const { status, text } =
        body instanceof FormData ? await upload(url, body) : await exchange(url, body && jsonOf(body));
      // The platform redirects nowhere.
      if (status >= 500 || (status >= 300 && status < 400)) throw new Error(`status ${status}`);
      const answer = JSON.parse(text) as Record<string, unknown>;
      const errcode = Number(answer['errcode'] ?? 0);
      if (errcode !== 0) throw new WecomError(api, errcode);
      return answer;
    } catch (error) {
      // The address holds the secret or the token: neither it nor the cause's text may travel further.
      const failure = error instanceof WecomError ? error : new WecomError(api, -2);
      settings.onError(failure.errcode);
      throw failure;
    }
  }

  /** Without a body it is a GET. */
  const callWith =
    (keeper: typeof token) =>
    (api: string, path: string, body?: object): Promise<Record<string, unknown>> =>
      withFreshToken((used) => request(api, `${apiBase}${withToken(path, used)}`, body), keeper);
  const call = callWith(token);

  async function withFreshToken<T>(work: (used: string) => Promise<T>, keeper = token): Promise<T> {
    const used = await keeper.current();
    try {
      return await work(used);
    } catch (error) {
      if (!(error instanceof WecomError) || !TOKEN_REFUSED.has(error.errcode)) throw error;
      await keeper.refuse(used);
      return work(await keeper.current());
    }
  }

  /**
   * `deliveryId` makes a repeat of the same delivery one message: WeCom compares the whole request, so the interval is
   * varied by it and two equal answers are still two.
   * https://developer.work.weixin.qq.com/document/path/90236
   */
  const sendTo = async (userid: string, deliveryId: number, message: object): Promise<string | null> =>
    (await take(userid, deliveryId, message)).msgid;
  async function take(userid: string, deliveryId: number, message: object): Promise<Taken> {
    const answer = await call('message/send', '/cgi-bin/message/send', {
      touser: userid,
      agentid: agentId,
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800 + (deliveryId % 12_600),
      ...message,
    });
    // Receivers who did not get it are no error to the platform, and spelled in lower case.
    const missed = `${answer['invaliduser'] ?? ''}|${answer['unlicenseduser'] ?? ''}`.toLowerCase().split('|');
    if (missed.includes(userid.toLowerCase())) throw new WecomError('message/send', 81013);
    return {
      msgid: String(answer['msgid'] ?? '') || null,
      cardCode: String(answer['response_code'] ?? '') || null,
    };
  }

  return {
    ...directoryCalls({ agentId, call }),
    ...contactCalls({ call, callAssistant: assistant && callWith(assistant) }),
    ...downloadCalls({ apiBase, robotKey: settings.robotKey, withToken: withFreshToken, onError: settings.onError }),
    ...mediaCalls({ call, sendTo }),
    ...groupCalls({ apiBase, request, call, robot: settings.robot ?? (() => null) }),

    /**
     * 发送文本给一名成员, at most 2,048 bytes.
     * @returns what taking it back needs
     * @throws WecomError, also 81013 if the member is not in the app's visible range.
     */
    sendText: (userid: string, content: string, deliveryId: number): Promise<string | null> =>
      sendTo(userid, deliveryId, { msgtype: 'text', text: { content } }),

    /** 发送模板卡片给一名成员. @returns also the code under which it can be changed once. */
    sendCard: (userid: string, card: TemplateCard, deliveryId: number): Promise<Taken> =>
      take(userid, deliveryId, { msgtype: 'template_card', template_card: card }),

    /**
     * 更新卡片: all buttons of a tapped card become one grey one that says what became of it, for whoever tapped.
     * https://developer.work.weixin.qq.com/document/path/94888
     * @throws WecomError; 60140 if the code was used or is older than 72 hours.
     */
    async closeCard(userid: string, code: string, label: string): Promise<void> {
      await call('message/update_template_card', '/cgi-bin/message/update_template_card', {
        ...{ userids: [userid], agentid: agentId, response_code: code },
        button: { replace_name: label },
      });
    },

    /**
     * 撤回 a message of ours within 24 hours of sending; it disappears from WeCom, not from WeChat.
     * https://developer.work.weixin.qq.com/document/path/94867
     */
    async recall(msgid: string): Promise<void> {
      await call('message/recall', '/cgi-bin/message/recall', { msgid });
    },

    /**
     * 主动回复 a message of the smart robot where it was said, at most 20,480 bytes, once for each address.
     * https://developer.work.weixin.qq.com/document/path/101138
     * @throws WecomError; 846606 if it was answered already.
     */
    async reply({ url, about }: ReplyPlace, content: string): Promise<void> {
      const markdown = { content: plain(content), ...feedbackOn(about) };
      await request('aibot/response', url, { msgtype: 'markdown', markdown });
    },

    /** 主动回复 with a card, at the same kind of address. */
    async replyCard({ url }: ReplyPlace, card: TemplateCard): Promise<void> {
      await request('aibot/response', url, { msgtype: 'template_card', template_card: card });
    },
  };
}

/** Pictures and files are few; making up their form is left to whoever knows how. */
async function upload(url: string, body: FormData): Promise<Exchanged> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { method: 'POST', body, redirect: 'error', signal });
  return { status: response.status, text: await response.text() };
}

const withToken = (path: string, token: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}access_token=${token}`;

export type WecomClient = ReturnType<typeof wecomClient>;
