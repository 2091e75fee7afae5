import { z } from 'zod';
import { cardFault, type Place, type ShownCard, shown } from './judge-card.ts';

/** What a member or a group sees of a message. */
export interface Seen {
  text: string;
  card?: ShownCard;
  /** a picture or a file by its media id, or a picture given in the message itself */
  media?: { kind: 'image' | 'file'; id: string; name?: string };
  picture?: string;
  link?: { title: string; url: string };
}
export type Judged = { errcode: number } | { errcode: 0; seen: Seen };
export type Channel = 'app' | 'appchat' | 'webhook' | 'robot';

const content = z.object({ content: z.string() });
const media = z.object({ media_id: z.string() });
const article = z.object({
  title: z.string(),
  description: z.string().optional(),
  url: z.string().optional(),
  picurl: z.string().optional(),
});
const body = z.object({
  msgtype: z.string(),
  text: content.optional(),
  markdown: content.optional(),
  markdown_v2: content.optional(),
  image: z.union([media, z.object({ base64: z.string(), md5: z.string() })]).optional(),
  file: media.optional(),
  voice: media.optional(),
  video: media.optional(),
  textcard: z
    .object({ title: z.string(), description: z.string(), url: z.string(), btntxt: z.string().optional() })
    .optional(),
  news: z.object({ articles: z.array(article) }).optional(),
  template_card: z.unknown().optional(),
  stream: z
    .object({
      ...{ id: z.string().min(1), finish: z.boolean(), content: z.string() },
      feedback: z.object({ id: z.string() }).optional(),
    })
    .optional(),
});
type Body = z.infer<typeof body>;

/** Which kinds each channel takes; the others are refused with 40008. */
const KINDS: Record<Channel, string[]> = {
  app: ['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'markdown', 'template_card'],
  appchat: ['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'markdown'],
  webhook: ['text', 'markdown', 'markdown_v2', 'image', 'news', 'file', 'voice', 'template_card'],
  robot: ['markdown', 'template_card', 'image', 'file', 'stream'],
};
const TEXT_BYTES = 2048;
const MARKDOWN_BYTES: Record<Channel, number> = { app: 2048, appchat: 2048, webhook: 4096, robot: 20_480 };
const WEBHOOK_PICTURE_BYTES = 2 * 1024 * 1024;

/**
 * Judges the message part of a request by the limits of its channel (protocol notes 3.3, 3.7, 4, 5.6).
 * @param hasMedia whether a media id lives
 */
export function judge(given: unknown, channel: Channel, hasMedia: (id: string) => boolean): Judged {
  const parsed = body.safeParse(given);
  if (!parsed.success) return { errcode: channel === 'webhook' ? 93017 : 44004 };
  const message = parsed.data;
  if (!KINDS[channel].includes(message.msgtype)) return { errcode: 40008 };
  if (message.msgtype === 'template_card') return judgeCard(message, channel === 'appchat' ? 'app' : channel);
  if (message.msgtype === 'stream') return judgeStream(message);
  const words = message.text ?? message.markdown ?? message.markdown_v2;
  if (['text', 'markdown', 'markdown_v2'].includes(message.msgtype))
    return judgeWords(message, words?.content ?? '', channel);
  return judgeOther(message, hasMedia);
}

function judgeCard({ template_card }: Body, place: Place): Judged {
  const errcode = cardFault(template_card, place);
  if (errcode !== 0) return { errcode };
  const card = shown(template_card, place);
  return { errcode: 0, seen: { text: [card.title, card.desc, card.sub].filter(Boolean).join('\n'), card } };
}

/** A stream's text replaces what was shown of it before; it may still be empty (protocol notes 5.5). */
function judgeStream({ stream }: Body): Judged {
  if (!stream) return { errcode: 44004 };
  if (Buffer.byteLength(stream.content) > MARKDOWN_BYTES.robot) return { errcode: 45002 };
  if (Buffer.byteLength(stream.feedback?.id ?? '') > 256) return { errcode: 40058 };
  return { errcode: 0, seen: { text: stream.content } };
}

function judgeWords({ msgtype }: Body, words: string, channel: Channel): Judged {
  if (words === '') return { errcode: channel === 'webhook' ? 93017 : 44004 };
  if (msgtype === 'text') return { errcode: 0, seen: { text: cutBytes(words, TEXT_BYTES) } };
  return Buffer.byteLength(words) > MARKDOWN_BYTES[channel]
    ? { errcode: 45002 }
    : { errcode: 0, seen: { text: words } };
}

function judgeOther(
  { msgtype, image, file, voice, video, textcard, news }: Body,
  hasMedia: (id: string) => boolean,
): Judged {
  if (msgtype === 'textcard') {
    if (!textcard?.title || !textcard.description) return { errcode: 44004 };
    if (!/^https?:\/\//.test(textcard.url)) return { errcode: 40094 };
    if (textcard.title.length > 128 || textcard.description.length > 512) return { errcode: 40058 };
    return {
      errcode: 0,
      seen: {
        text: `${textcard.title}\n${textcard.description}`,
        link: { title: textcard.btntxt ?? '详情', url: textcard.url },
      },
    };
  }
  if (msgtype === 'news') {
    const [first] = news?.articles ?? [];
    if (!first?.title) return { errcode: 44004 };
    if ((news?.articles.length ?? 0) > 8) return { errcode: 45008 };
    return {
      errcode: 0,
      seen: { text: first.title, ...(first.url && { link: { title: first.title, url: first.url } }) },
    };
  }
  if (image && 'base64' in image) return judgePicture(image.base64);
  const id =
    (image as { media_id: string } | undefined)?.media_id ?? file?.media_id ?? voice?.media_id ?? video?.media_id;
  if (!id || !hasMedia(id)) return { errcode: 40007 };
  return { errcode: 0, seen: { text: '', media: { kind: msgtype === 'image' ? 'image' : 'file', id } } };
}

function judgePicture(base64: string): Judged {
  const picture = Buffer.from(base64, 'base64');
  if (picture.length > WEBHOOK_PICTURE_BYTES) return { errcode: 93018 };
  return isPicture(picture) ? { errcode: 0, seen: { text: '', picture: base64 } } : { errcode: 40009 };
}

/** PNG or JPG by its first bytes. */
export const isPicture = (of: Buffer): boolean =>
  of.subarray(0, 4).toString('hex') === '89504e47' || of.subarray(0, 3).toString('hex') === 'ffd8ff';

/** The platform cuts at the byte, which may leave half a character behind. */
const cutBytes = (words: string, most: number): string =>
  Buffer.byteLength(words) <= most ? words : Buffer.from(words).subarray(0, most).toString('utf8');
