import type { WorldPerson } from '#bot/language/reading.ts';
import type { InboundMessage, Outgoing } from '#bot/message.ts';

/** Words as the outbox keeps them; a reply is addressed by the key of the message it answers. */
export interface Letter {
  kind: 'user' | 'group' | 'reply';
  address: string;
  text: string;
}

// What is longer belongs into a private chat (G10, R90: short in groups).
const MOST_IN_GROUP = 400;

/**
 * Sends the answer to where it was asked. A group hears counts and units: what is long or names somebody else goes to
 * whoever asked, in private, and the group hears that it did (requirements 1.5, G10).
 */
export function addressed(message: InboundMessage, told: Outgoing[], members: WorldPerson[]): Letter[] {
  return told.flatMap(({ kind, address, text }): Letter[] => {
    // Nothing to say here; the platform refuses empty words.
    if (text === '') return [];
    if (kind !== 'answer') return [{ kind, address, text }];
    const privately: Letter = { kind: 'user', address, text };
    const reply = (words: string): Letter => ({ kind: 'reply', address: message.key, text: words });
    if (!message.replyTo) return [privately];
    if (message.chat === 'direct' || isForAll(text, message.from, members)) return [reply(text)];
    return [reply('已私信答复您。'), privately];
  });
}

const isForAll = (text: string, asker: string, members: WorldPerson[]): boolean =>
  text.length <= MOST_IN_GROUP && !members.some(({ id, name }) => id !== asker && text.includes(name));
