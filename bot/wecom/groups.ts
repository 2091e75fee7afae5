import { createHash } from 'node:crypto';
import { WecomError } from './errors.ts';
import type { Enclosure } from './media.ts';
import { formOf } from './media.ts';
import { plain } from './plain.ts';

/** The ways into one group; what fails on one goes another. */
export interface GroupPlace {
  /** the group is the app's own */
  chatid?: string | undefined;
  /** key of its webhook robot */
  webhook?: string | undefined;
  /** the smart robot is in it */
  robotChat?: string | undefined;
}

/** What is said in a group: words, or where the way allows it the same otherwise. */
export interface GroupWords {
  text: string;
  markup?: { as: 'markdown' | 'markdown_v2'; content: string } | undefined;
  /** whose phones ring, by userid */
  mentions?: string[] | undefined;
  link?: { title: string; description: string; url: string } | undefined;
}

/** How the smart robot speaks without being asked. */
export interface GroupSpeaker {
  speak(chat: string, content: string): Promise<void>;
  enclose(chat: string, enclosure: Enclosure): Promise<void>;
}

type Answer = Promise<Record<string, unknown>>;
export interface GroupParts {
  apiBase: string;
  request(api: string, url: string, body: object): Answer;
  call(api: string, path: string, body: object): Answer;
  robot(): GroupSpeaker | null;
}

// A webhook takes a picture of 2 MB at most; a larger one goes as a file.
const MOST_PICTURE_BYTES = 2 * 1024 * 1024;
const UNCERTAIN = -2;

/** 发消息到群: by the app's own group, its webhook robot or the smart robot, whichever there are. */
export function groupCalls({ apiBase, request, call, robot }: GroupParts) {
  const toWebhook = (key: string, body: object): Answer =>
    request('webhook/send', `${apiBase}/cgi-bin/webhook/send?key=${key}`, body);
  const toChat = (chatid: string, body: object): Answer =>
    call('appchat/send', '/cgi-bin/appchat/send', { chatid, ...body });

  /** One way after the other. Whether it was heard where nobody answered is not known, so that is tried again instead. */
  async function anyWay(place: GroupPlace, ways: Record<keyof GroupPlace, (to: string) => Promise<unknown>>) {
    let failure = new WecomError('webhook/send', 93_000);
    for (const way of ['chatid', 'webhook', 'robotChat'] as const) {
      const to = place[way];
      if (to === undefined || (way === 'robotChat' && !robot())) continue;
      try {
        await ways[way](to);
        return;
      } catch (error) {
        if (!(error instanceof WecomError) || error.errcode === UNCERTAIN) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  return {
    /**
     * 发送文字到群, at most 2,048 bytes of text and 4,096 of markup.
     * https://developer.work.weixin.qq.com/document/path/90248 and …/99110
     * @throws WecomError; 93000 for a group nothing leads into.
     */
    sendToGroup: (place: GroupPlace, { text, markup, mentions, link }: GroupWords): Promise<void> => {
      const ringing = mentions && mentions.length > 0 ? { mentioned_list: mentions } : {};
      const words = { msgtype: 'text', text: { content: text, ...ringing } };
      const news = link && { msgtype: 'news', news: { articles: [link] } };
      return anyWay(place, {
        chatid: (to) => toChat(to, news ?? words),
        webhook: (to) =>
          toWebhook(to, news ?? (markup ? { msgtype: markup.as, [markup.as]: { content: markup.content } } : words)),
        robotChat: async (to) => robot()?.speak(to, link ? linkLine(link) : plain(text)),
      });
    },

    /** 发送图片或文件到群: a webhook takes a picture in the message itself, everything else is uploaded before. */
    enclosureToGroup: (place: GroupPlace, enclosure: Enclosure): Promise<void> =>
      anyWay(place, {
        async chatid(to) {
          const { kind } = enclosure;
          const uploaded = await call('media/upload', `/cgi-bin/media/upload?type=${kind}`, formOf(enclosure));
          await toChat(to, { msgtype: kind, [kind]: { media_id: String(uploaded['media_id']) } });
        },
        async webhook(to) {
          const { kind, bytes } = enclosure;
          if (kind === 'image' && bytes.length <= MOST_PICTURE_BYTES) {
            const md5 = createHash('md5').update(bytes).digest('hex');
            return toWebhook(to, { msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } });
          }
          const upload = `${apiBase}/cgi-bin/webhook/upload_media?key=${to}&type=file`;
          const uploaded = await request('webhook/upload_media', upload, formOf(enclosure));
          return toWebhook(to, { msgtype: 'file', file: { media_id: String(uploaded['media_id']) } });
        },
        robotChat: async (to) => robot()?.enclose(to, enclosure),
      }),
  };
}

const linkLine = ({ title, description, url }: { title: string; description: string; url: string }): string =>
  `[${plain(title)}](${url})\n${plain(description)}`;
