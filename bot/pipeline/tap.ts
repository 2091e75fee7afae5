import { createHash } from 'node:crypto';
import { dateInWords, dayOf, timeOf } from '#bot/calendar.ts';
import type { Button, InboundMessage } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { cardOf, choiceOf, type TemplateCard } from '#bot/wecom/card.ts';

const LIVES_MS = 7 * 24 * 3_600_000;
const LONGEST_LABEL = 6;

/** The name of the card that an outbox row goes out as: another one in every book, also after a restore. */
export const cardName = ({ id, key }: { id: number; key: string }): string =>
  `${id}-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;

interface Card {
  id: number;
  key: string;
  kind: string;
  address: string;
  text: string;
  buttons: string | null;
  sentAt: Date | null;
  notBefore: Date;
  tappedAt: Date | null;
  tapped: string | null;
}
export type Tap =
  /** it may be carried out: as if `message` had been typed */
  | { kind: 'said'; card: Card; label: string; renews: boolean; message: InboundMessage }
  /** it must not be, and whoever tapped hears why */
  | { kind: 'dead'; words: string };

/**
 * 点按卡片: what a tap says. A card that was decided on, was sent to somebody else or is too old does nothing.
 * @returns null where the message is no tap.
 */
export async function tapOf(tx: Tx, message: InboundMessage): Promise<Tap | null> {
  const { tapped, content } = message;
  if (!tapped || content.kind !== 'text') return null;
  const card = await cardNamed(tx, tapped.card);
  const isOld = !card || message.sentAt.getTime() - card.notBefore.getTime() > LIVES_MS;
  const button = card && choiceOf(buttonsOf(card), content.text, tapped.chosen);
  if (isOld || !button) return { kind: 'dead', words: '这张卡片已经过期，没有办理。请直接打字，或发送“帮助”。' };
  if ((await addresseeOf(tx, card)) !== message.from)
    return { kind: 'dead', words: '这张卡片是发给别人的，没有办理。您可以直接打字，或发送“帮助”。' };
  if (card.tappedAt) {
    const when = `${dateInWords(dayOf(card.tappedAt))}${timeOf(card.tappedAt)}`;
    return { kind: 'dead', words: `这张卡片已于${when}点过“${card.tapped}”，没有重复办理。` };
  }
  const { says, label, renews = false } = button;
  return { kind: 'said', card, label, renews, message: { ...message, content: { kind: 'text', text: says } } };
}

/**
 * Closes the card if the tap had an effect: something was recorded, or a question was answered. One that only looked
 * something up can be tapped again, unless the answer took its place.
 * @returns the row that changes the card at the platform, if it can be changed.
 */
export async function settleTap(tx: Tx, { card, label, renews, message }: Tap & { kind: 'said' }) {
  const { from, sentAt, key, tapped } = message;
  const recorded = await tx.audit.count({ where: { inboxKey: key } });
  const answered = await tx.question.count({ where: { personId: from, closedAt: sentAt } });
  if (recorded + answered === 0 && !renews) return [];
  await tx.outbox.update({ where: { id: card.id }, data: { tappedAt: sentAt, tappedBy: from, tapped: label } });
  if (!tapped?.code) return [];
  return [{ kind: 'card' as const, address: `${from} ${tapped.code}`, text: doneLabel(label, sentAt) }];
}

/** What the smart robot's card looks like after a tap; it has to be told at once. Null where it stays as it is. */
export async function cardAfterTap(client: Tx, message: InboundMessage): Promise<TemplateCard | null> {
  const card = message.tapped && (await cardNamed(client, message.tapped.card));
  if (!card || card.tappedAt || message.content.kind !== 'text') return null;
  const buttons = buttonsOf(card);
  const button = choiceOf(buttons, message.content.text, message.tapped?.chosen ?? []);
  if (!button || (await addresseeOf(client, card)) !== message.from) return null;
  const drawn = cardOf(card.text, buttons, cardName(card), 'robot');
  return drawn && { ...drawn.card, replace_text: doneLabel(button.label, message.sentAt) };
}

async function cardNamed(client: Tx, name: string): Promise<Card | null> {
  const id = Number(name.split('-')[0]);
  const card = Number.isSafeInteger(id) ? await client.outbox.findUnique({ where: { id } }) : null;
  return card && cardName(card) === name ? card : null;
}

/** Whom the card was meant for: in a group, whoever asked. */
async function addresseeOf(client: Tx, card: Card): Promise<string> {
  if (card.kind !== 'reply') return card.address;
  const asked = await client.inbox.findUnique({ where: { key: card.address } });
  return asked ? JSON.parse(asked.message).from : '';
}

const buttonsOf = ({ buttons }: Card): Button[] => (buttons ? JSON.parse(buttons) : []);

/** “同意 5月14日 08:31”: what was decided, and when. */
const doneLabel = (label: string, at: Date): string => {
  const [, month, day] = dayOf(at).split('-').map(Number);
  return `已选${label.slice(0, LONGEST_LABEL)} ${month}-${day} ${timeOf(at)}`;
};
