import type { Clock } from '#bot/calendar.ts';
import { type InboundMessage, inboundMessage } from '#bot/message.ts';
import { BadCallback, type CallbackKeys, open } from './crypto.ts';
import { type Entrance, echoOf, sealedFrom } from './envelope.ts';
import { readTree, textsAt, type XmlTree } from './xml.ts';

export interface CallbackParts {
  keys: CallbackKeys;
  agentId: number;
  clock: Clock;
  /** Resolves once the message is safely on disk; only then is the callback answered 200. */
  keep(message: InboundMessage): Promise<void>;
}

/**
 * 接收消息与事件 of a self-built app (protocol notes 1). Bad signatures get 403, malformed bodies 400, large ones 413,
 * all with an empty body; a message that is kept gets 200 with an empty body, the same one again as well.
 */
export const callbackEntrance = ({ keys, agentId, clock, keep }: CallbackParts): Entrance => ({
  path: '/wecom/callback',
  channel: 'app',
  echo: echoOf(keys, clock),
  async take({ query, body }) {
    const sealed = sealedFrom(query, textsAt(readTree(body), 'Encrypt')[0]?.trim(), clock);
    await keep(messageFrom(readTree(open(keys, sealed)), keys.receiveId, agentId));
    return null;
  },
});

const CARD_EVENTS = new Set(['template_card_event', 'template_card_menu_event']);

/** Decrypted elements → the one message shape. A button is a sentence: its key enters like typed text. */
function messageFrom(tree: XmlTree, corpId: string, agentId: number): InboundMessage {
  const element = (name: string): string => {
    const only = tree[name];
    return typeof only === 'string' ? only : (textsAt(tree, name)[0] ?? '');
  };
  if (element('ToUserName') !== corpId) throw new BadCallback(403, 'corp');
  // What the company's own apps send through the system, of the address book for instance, has another one or none.
  const agent = element('AgentID');
  if (agent !== '' && agent !== String(agentId) && element('FromUserName') !== 'sys')
    throw new BadCallback(403, 'agent');
  const [from, created, type] = [element('FromUserName'), element('CreateTime'), element('MsgType')];
  const [event, eventKey, task] = [element('Event'), element('EventKey'), element('TaskId')];
  // Several people may join or leave within one second.
  const about = [element('ChangeType'), element('UserID'), element('Id')].filter(Boolean);
  const parsed = inboundMessage.safeParse({
    key: type === 'event' ? [from, created, event, eventKey, task, ...about].join(':') : element('MsgId'),
    from: from.toLowerCase(),
    chat: 'direct',
    sentAt: new Date(Number(created) * 1000),
    content: contentFrom(type, element),
    ...mediaFrom(type, element('MediaId')),
    ...(type === 'event' && CARD_EVENTS.has(event) && task && { tapped: tapFrom(tree, task) }),
  });
  if (!parsed.success) throw new BadCallback(400, 'message');
  return parsed.data;
}

const MEDIA = new Set(['image', 'file', 'video']);
const mediaFrom = (kind: string, id: string): object => (MEDIA.has(kind) && id ? { media: [{ kind, id }] } : {});

function contentFrom(type: string, element: (name: string) => string): InboundMessage['content'] {
  const event = element('Event');
  if (type === 'text') return { kind: 'text', text: element('Content') };
  if (type === 'location') return placeFrom(element('Location_X'), element('Location_Y'));
  if (type !== 'event') return { kind: 'other', type };
  if (event === 'click' || CARD_EVENTS.has(event)) return { kind: 'text', text: element('EventKey') };
  const [change, userid] = [element('ChangeType'), element('UserID').toLowerCase()];
  return { kind: 'event', event, ...(change && { change }), ...(userid && { userid }) };
}

/** 位置: X is the latitude, Y the longitude (protocol notes 1.9). */
const placeFrom = (latitude: string, longitude: string): InboundMessage['content'] =>
  latitude !== '' && longitude !== ''
    ? { kind: 'place', latitude: Number(latitude), longitude: Number(longitude) }
    : { kind: 'other', type: 'location' };

/** Which card was tapped (protocol notes 1.12). */
function tapFrom(tree: XmlTree, card: string): InboundMessage['tapped'] {
  const [code] = textsAt(tree, 'ResponseCode');
  const chosen = textsAt(tree, 'SelectedItems', 'SelectedItem', 'OptionIds', 'OptionId');
  return { card, chosen, ...(code && { code }) };
}
