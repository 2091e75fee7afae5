import { z } from 'zod';

/** A picture or file somebody sent, as the platform points to it. */
const media = z.object({
  kind: z.enum(['image', 'file', 'video']),
  id: z.string().min(1).max(512).optional(),
  url: z.string().max(4096).optional(),
  key: z.string().max(128).optional(),
  /** of a message that was quoted: it counts only where the words make something of it */
  quoted: z.boolean().optional(),
});
export type InboundMedia = z.infer<typeof media>;

/** One message as every channel delivers it: verified, decrypted, and the same shape whatever it came by. */
export const inboundMessage = z.object({
  /** what makes it the same message again: MsgId, or for events sender, time, kind and key */
  key: z.string().min(1).max(512),
  /** userid in lower case, as the platform compares them */
  from: z.string().min(1).max(64),
  chat: z.enum(['direct', 'group']),
  /** the group's chat id, where it was said in one */
  group: z.string().min(1).max(128).optional(),
  /** where one answer can be put, into the chat it was said in, and until when */
  replyTo: z.object({ url: z.string(), until: z.coerce.date() }).optional(),
  sentAt: z.coerce.date(),
  /** said by tapping a card: which one, the code under which it can be changed, and what was chosen from a list */
  tapped: z
    .object({
      card: z.string().min(1).max(128),
      code: z.string().max(512).optional(),
      chosen: z.array(z.string().max(128)).max(60).default([]),
    })
    .optional(),
  /** pictures and files that came with it: where the platform has each, until it is fetched */
  media: z.array(media).max(20).optional(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    /** an event whose key is not a sentence (entering, location); recorded, not answered */
    z.object({
      ...{ kind: z.literal('event'), event: z.string() },
      /** of the address book: what changed, and about whom */
      change: z.string().optional(),
      userid: z.string().max(64).optional(),
      /** what somebody thought of an answer: the message it answered */
      feedback: z.object({ about: z.string().max(512), isRight: z.boolean() }).optional(),
    }),
    /** 位置: where somebody says to be; gone from the record book as soon as it was compared (R97) */
    z.object({
      kind: z.literal('place'),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
    }),
    /** picture, voice, video, file, link, and a place where none is to be kept */
    z.object({ kind: z.literal('other'), type: z.string() }),
  ]),
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/** A button is a sentence: a tap on it says `says` as if it had been typed, so every button has a text command (G14). */
export interface Button {
  label: string;
  says: string;
  /** the answer takes the place of the card it is on */
  renews?: true;
}

/** A picture or file to be drawn when it is delivered, from facts that were settled when it was decided on. */
export const paper = z.object({
  kind: z.enum(['image', 'file']),
  /** which of `bot/papers/` draws it */
  drawnBy: z.string(),
  /** the file's name as its receiver sees it */
  name: z.string(),
  /** plain JSON: the figures and words it shows */
  facts: z.record(z.string(), z.unknown()),
});
export interface Paper extends Omit<z.infer<typeof paper>, 'facts'> {
  facts: object;
}

const option = z.object({ label: z.string(), says: z.string() });
/** How something looks where more than words can be shown; the words alone have to do everywhere else. */
export const wordStyle = z.object({
  markup: z.object({ as: z.enum(['markdown', 'markdown_v2']), content: z.string() }).optional(),
  /** whose phones ring, by userid */
  mentions: z.array(z.string()).max(1000).optional(),
  link: z.object({ title: z.string(), description: z.string(), url: z.string() }).optional(),
  /** several of the buttons can be chosen at once; what they say is said in a row */
  several: z.boolean().optional(),
  /** up to three lists, of each of which one is chosen and said as a line */
  lists: z
    .array(z.object({ title: z.string(), options: z.array(option).min(1).max(10) }))
    .max(3)
    .optional(),
  /** its buttons stand under all that is told together with it, and only where that fits one card */
  shared: z.boolean().optional(),
  /** what the card is about; only the newest about it can be tapped */
  topic: z.string().optional(),
});
export type WordStyle = z.infer<typeof wordStyle>;

/** What is said, to whomever: words, what can be tapped under them, a paper that comes with them. */
export interface Words {
  text: string;
  buttons?: Button[];
  paper?: Paper;
  style?: WordStyle;
}

/**
 * Words for somebody: the answer to whoever wrote, in the chat it was written in; or a member by userid; or a group
 * chat by its name.
 */
export interface Outgoing extends Words {
  kind: 'answer' | 'user' | 'group';
  address: string;
}
