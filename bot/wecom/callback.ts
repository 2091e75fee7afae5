import Router from '@koa/router';
import type { Clock } from '#bot/calendar.ts';
import { type InboundMessage, inboundMessage } from '#bot/message.ts';
import { BadCallback, type CallbackKeys, open } from './crypto.ts';
import { echo, readBody, sealedFrom } from './envelope.ts';
import { readXml } from './xml.ts';

export interface CallbackParts {
  keys: CallbackKeys;
  clock: Clock;
  /** Resolves once the message is safely on disk; only then is the callback answered 200. */
  keep(message: InboundMessage): Promise<void>;
}

/**
 * 接收消息与事件 of a self-built app (protocol notes 1). Bad signatures get 403, malformed bodies 400, large ones 413,
 * all with an empty body; a message that is kept gets 200 with an empty body, the same one again as well.
 */
export function callbackRoutes({ keys, clock, keep }: CallbackParts): Router {
  const router = new Router();

  router.get('/wecom/callback', echo(keys, clock));

  router.post('/wecom/callback', async (ctx) => {
    const body = await readBody(ctx.req);
    const sealed = sealedFrom(ctx.query, readXml(body)['Encrypt']?.trim(), clock);
    const message = messageFrom(readXml(open(keys, sealed)), keys.receiveId);
    await keep(message);
    ctx.status = 200;
    ctx.body = '';
  });

  return router;
}

/** Decrypted elements → the one message shape. A button is a sentence: its key enters like typed text. */
function messageFrom(xml: Record<string, string>, corpId: string): InboundMessage {
  if (xml['ToUserName'] !== corpId) throw new BadCallback(403, 'corp');
  const { FromUserName = '', CreateTime = '', MsgType = '', MsgId, Event = '', EventKey = '', TaskId = '' } = xml;
  const event = [FromUserName, CreateTime, Event, EventKey, TaskId].join(':');
  const parsed = inboundMessage.safeParse({
    key: MsgType === 'event' ? event : MsgId,
    from: FromUserName.toLowerCase(),
    chat: 'direct',
    sentAt: new Date(Number(CreateTime) * 1000),
    content: contentFrom(MsgType, xml),
  });
  if (!parsed.success) throw new BadCallback(400, 'message');
  return parsed.data;
}

function contentFrom(type: string, xml: Record<string, string>): InboundMessage['content'] {
  const { Content = '', Event = '', EventKey = '' } = xml;
  if (type === 'text') return { kind: 'text', text: Content };
  if (type !== 'event') return { kind: 'other', type };
  if (Event === 'click' || Event === 'template_card_event') return { kind: 'text', text: EventKey };
  return { kind: 'event', event: Event };
}
