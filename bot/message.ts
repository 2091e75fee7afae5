import { z } from 'zod';

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
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    /** an event whose key is not a sentence (entering, location); recorded, not answered */
    z.object({ kind: z.literal('event'), event: z.string() }),
    /** picture, voice, video, file, place, link */
    z.object({ kind: z.literal('other'), type: z.string() }),
  ]),
});
export type InboundMessage = z.infer<typeof inboundMessage>;

/**
 * Words for somebody: the answer to whoever wrote, in the chat it was written in; or a member by userid; or a group
 * chat by its name.
 */
export interface Outgoing {
  kind: 'answer' | 'user' | 'group';
  address: string;
  text: string;
}
