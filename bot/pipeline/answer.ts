import type { WorldPerson } from '#bot/language/reading.ts';
import type { InboundMessage, Outgoing, Words } from '#bot/message.ts';
import type { OutboxRow } from '#bot/store/outbox.ts';

/** Words on their way to the outbox; a reply is addressed by the key of the message it answers, a card's change by its code. */
export interface Letter extends Words {
  kind: 'user' | 'group' | 'reply' | 'card' | 'recall' | 'chat';
  address: string;
}

/** A letter as the outbox keeps it. */
export const rowOf = ({
  kind,
  address,
  text,
  buttons,
  paper,
  style,
}: Letter): Omit<OutboxRow, 'key' | 'notBefore'> => ({
  kind,
  address,
  text,
  buttons: buttons?.length ? JSON.stringify(buttons) : null,
  paper: paper ? JSON.stringify(paper) : null,
  style: style ? JSON.stringify(style) : null,
});

// What is longer belongs into a private chat (G10, R90: short in groups).
const MOST_IN_GROUP = 400;

/**
 * Sends the answer to where it was asked. A group hears counts and units: what is long or names somebody else goes to
 * whoever asked, in private, and the group hears that it did (requirements 1.5, G10).
 */
export function addressed(message: InboundMessage, told: Outgoing[], members: WorldPerson[]): Letter[] {
  return told.flatMap(({ paper, ...words }): Letter[] => {
    // A picture or file goes to the person, after the words, which do not wait for its drawing.
    const kind = words.kind === 'group' ? ('group' as const) : ('user' as const);
    const enclosed: Letter[] = paper ? [{ kind, address: words.address, text: '', paper }] : [];
    return [...wordsAddressed(message, words, members), ...enclosed];
  });
}

function wordsAddressed(message: InboundMessage, told: Outgoing, members: WorldPerson[]): Letter[] {
  const { kind, ...letter } = told;
  // Nothing to say here; the platform refuses empty words.
  if (letter.text === '') return [];
  if (kind !== 'answer') return [{ kind, ...letter }];
  const privately: Letter = { kind: 'user', ...letter };
  const reply = (words: Words): Letter => ({ ...words, kind: 'reply', address: message.key });
  if (!message.replyTo) return [privately];
  if (message.chat === 'direct' || isForAll(letter, message.from, members)) return [reply(letter)];
  return [reply({ text: '已私信答复您。' }), privately];
}

function isForAll({ text, buttons = [] }: Words, asker: string, members: WorldPerson[]): boolean {
  const seen = [text, ...buttons.map(({ label }) => label)];
  if (text.length > MOST_IN_GROUP) return false;
  return !members.some(({ id, name }) => id !== asker && seen.some((one) => one.includes(name)));
}
