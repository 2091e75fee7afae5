import { createHash } from 'node:crypto';
import { dateInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { type Button, type InboundMessage, type WordStyle, wordStyle } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { instantIn, lean, numberIn, sql } from '#bot/store/lean.ts';
import { cardOf, choiceOf, type TemplateCard } from '#bot/wecom/card.ts';
import { tap } from './question.ts';

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
  style: string | null;
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
  const button = card && choiceOf(buttonsOf(card), content.text, tapped.chosen, styleOf(card));
  if (isOld || !button || (await isOutrun(tx, card)))
    return { kind: 'dead', words: '这张卡片已经过期，没有办理。请直接打字，或发送“帮助”。' };
  if ((await addresseeOf(tx, card)) !== message.from)
    return { kind: 'dead', words: '这张卡片是发给别人的，没有办理。您可以直接打字，或发送“帮助”。' };
  if (card.tappedAt) {
    const when = `${dateInWords(dayOf(card.tappedAt))}${timeOf(card.tappedAt)}`;
    return { kind: 'dead', words: `这张卡片已于${when}点过“${card.tapped}”，没有重复办理。` };
  }
  const { says, label, renews = false } = button;
  if (says === '') return { kind: 'dead', words: '没有选择，都还待您决定。' };
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
  const others = await closeSiblings(tx, card, label, message);
  if (!tapped?.code) return others;
  return [{ kind: 'card' as const, address: `${from} ${tapped.code}`, text: doneLabel(label, sentAt) }, ...others];
}

const TO_SEVERAL = /^(?<cause>contacts:.*)#(?<to>[^#]*)#(?<place>\d+)$/;

/** What was put to several, of whom one decided: the others' cards say who did, and when. */
async function closeSiblings(tx: Tx, { key, id }: Card, label: string, { from, sentAt }: InboundMessage) {
  const parts = TO_SEVERAL.exec(key)?.groups;
  if (!parts) return [];
  const siblings = await tx.outbox.findMany({
    where: {
      ...{ key: { startsWith: `${parts['cause']}#`, endsWith: `#${parts['place']}` }, id: { not: id } },
      ...{ tappedAt: null, cardCode: { not: null } },
    },
  });
  const name = (await tx.person.findUnique({ where: { id: from } }))?.name ?? '';
  return closeAll(tx, siblings, `${name}${doneLabel(label, sentAt)}`, label, { from, sentAt });
}

/**
 * 已用文字答复: what somebody was asked by a card and answered by typing, or dropped, has no live button any more.
 * @param tappedId the card that was tapped, if any: it is closed by itself
 */
export async function closeAnswered(tx: Tx, { from, sentAt }: InboundMessage, tappedId?: number) {
  // Most messages answer nothing.
  const closed = await lean<{ id: unknown; askedAt: unknown }>(
    tx,
    sql`SELECT "id", "askedAt" FROM "Question" WHERE "personId" = ${from} AND "closedAt" = ${sentAt}`,
  );
  const letters = [];
  for (const { id, askedAt } of closed) {
    const cards = await tx.outbox.findMany({
      where: {
        ...{ sentAt: { gte: instantIn(askedAt) }, kind: 'user', address: from, tappedAt: null },
        ...{ cardCode: { not: null }, buttons: { contains: tap('', numberIn(id)) }, id: { not: tappedId ?? 0 } },
      },
    });
    letters.push(...(await closeAll(tx, cards, doneLabel('', sentAt), '文字', { from, sentAt })));
  }
  return letters;
}

async function closeAll(
  tx: Tx,
  cards: { id: number; address: string; cardCode: string | null }[],
  text: string,
  tapped: string,
  { from, sentAt }: Pick<InboundMessage, 'from' | 'sentAt'>,
) {
  const ids = cards.map(({ id }) => id);
  if (ids.length > 0)
    await tx.outbox.updateMany({ where: { id: { in: ids } }, data: { tappedAt: sentAt, tappedBy: from, tapped } });
  return cards.map(({ address, cardCode }) => ({ kind: 'card' as const, address: `${address} ${cardCode}`, text }));
}

/** Whether a newer card about the same asks what now counts. */
async function isOutrun(tx: Tx, card: Card): Promise<boolean> {
  const { topic } = styleOf(card);
  if (topic === undefined) return false;
  const where = { kind: card.kind, address: card.address, style: { contains: JSON.stringify({ topic }).slice(1, -1) } };
  return (await tx.outbox.count({ where: { ...where, id: { gt: card.id } } })) > 0;
}

const styleOf = ({ style }: Pick<Card, 'style'>): WordStyle => (style ? wordStyle.parse(JSON.parse(style)) : {});

/** What the smart robot's card looks like after a tap; it has to be told at once. Null where it stays as it is. */
export async function cardAfterTap(client: Tx, message: InboundMessage): Promise<TemplateCard | null> {
  const card = message.tapped && (await cardNamed(client, message.tapped.card));
  if (!card || card.tappedAt || message.content.kind !== 'text') return null;
  const buttons = buttonsOf(card);
  const style = styleOf(card);
  const button = choiceOf(buttons, message.content.text, message.tapped?.chosen ?? [], style);
  if (!button || (await addresseeOf(client, card)) !== message.from) return null;
  const drawn = cardOf(card.text, buttons, cardName(card), 'robot', style);
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
  return `${label ? `已选${label.slice(0, LONGEST_LABEL)}` : '已另行答复'} ${month}-${day} ${timeOf(at)}`;
};
