import { dateInWords, dayOf } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { type Execution, type Handler, type Offer, type Outcome, offersTo } from '#bot/handler.ts';
import { dutiesBetween, type Job } from '#bot/job.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import type { Order } from '#bot/language/understand.ts';
import type { Button, InboundMessage, Outgoing, WordStyle, Words } from '#bot/message.ts';
import { addAudit } from '#bot/store/audit.ts';
import type { Tx } from '#bot/store/db.ts';
import { findItem } from '#bot/store/kept-ledger.ts';
import { addQuery } from '#bot/store/query-log.ts';
import { confirmButtons, openQuestion } from './question.ts';
import { keepRequest } from './request.ts';
import { keepDeed, takeBack, undoButton } from './undo.ts';

export interface Situation {
  message: InboundMessage;
  actor: WorldPerson;
  world: World;
  handlers: readonly Handler[];
  tx: Tx;
  /** where links lead to, if anywhere */
  publicUrl?: string | undefined;
  /** what the clock does */
  jobs?: readonly Job[] | undefined;
}
interface Manner {
  /** the words that are carried out; empty where they are not the actor's own, so that nothing can correct them */
  said: string;
  /** nothing is asked before it any more */
  confirmed: boolean;
}
interface Done {
  told: Outgoing[];
  /** how many of the orders changed something */
  changed: number;
  /** how many wait for a yes */
  asked: number;
}

/** What a handler is given. */
export function executionOf(situation: Situation, input: unknown, beside: readonly Order[] = []): Execution<never> {
  // Named one by one: an object that others are spread into costs more than all the rest of it.
  const { message, actor, world, handlers, tx, publicUrl, jobs = [] } = situation;
  return {
    message,
    actor,
    world,
    tx,
    publicUrl,
    input: input as never,
    beside,
    duties: (from, to) => dutiesBetween(jobs, from, to),
    takeBack: () => takeBack(executionOf(situation, undefined), handlers),
    offers: () => offersIn(situation),
    titleOf: (intent) => handlers.find(({ name }) => name === intent)?.title ?? intent,
  };
}

/** What the actor could say at this moment. */
export const offersIn = ({ actor, world, message, handlers }: Situation): Offer[] =>
  offersTo({ actor, world, now: message.sentAt }, handlers);

/** G3: says who may, and nothing of the object; keeps that it was tried, and nothing of what it was about. */
export async function refuse({ title, allow, name }: Handler, { tx, message, actor }: Situation): Promise<string> {
  await tx.refusal.create({ data: { at: message.sentAt, actor: actor.id, intent: name, inboxKey: message.key } });
  return `您没有“${title}”权限，该操作由${allow.doneBy}办理。`;
}

/** An item that ended may still stand in an old question or a card: nothing is done on it any more (R53). */
async function ended(handler: Handler, command: unknown, tx: Tx): Promise<string | null> {
  const code = (command as { item?: unknown } | null)?.item;
  if (handler.reads || typeof code !== 'string') return null;
  const item = await findItem(tx, code);
  return item?.endedAt ? `没有办理：${itemName(item)}已终止或已收回，不再办理。` : null;
}

/** Carries orders out one after another and answers all in one: authorised, within the campaign, confirmed, audited. */
export async function carryOut(orders: Order[], situation: Situation, manner: Manner): Promise<Done> {
  const { message, actor, tx } = situation;
  const replies: string[] = [];
  const told: Outgoing[] = [];
  const unconfirmed: Order[] = [];
  const buttons: Button[] = [];
  let changed = 0;
  let style: WordStyle = {};
  for (const { handler, input } of orders) {
    const command = handler.input.parse(input);
    const execution = executionOf(
      situation,
      command,
      orders.filter((one) => one.input !== input),
    );
    const permitted = await handler.allow.permits(execution);
    const refused = permitted
      ? (outsideCampaign(handler, situation) ?? (await ended(handler, command, tx)))
      : await refuse(handler, situation);
    const question = refused ?? (manner.confirmed ? null : ((await handler.confirm?.(execution)) ?? null));
    if (question !== null) {
      if (refused === null) unconfirmed.push({ handler, input: command });
      replies.push(question);
      continue;
    }
    const outcome = await handler.execute(execution);
    // Who looked, at what kind of thing, and nothing of what it said (R90).
    if (handler.reads) await addQuery(tx, { at: message.sentAt, actor: actor.id, intent: handler.name });
    if (outcome.changed) {
      changed += 1;
      await audit(situation, handler, command, outcome.kind);
      if (outcome.memo) await keepDeed(execution, handler, outcome.memo, manner.said);
      // Whoever taps sees cards; who types may be where none are shown.
      if (outcome.memo && message.tapped && message.chat === 'direct' && !handler.style)
        buttons.push(undoButton(handler.title, message.key));
    }
    if (message.chat === 'group' && handler.inGroup) {
      replies.push(handler.inGroup(outcome));
      const own = handler.buttons?.(outcome, 'direct') ?? [];
      told.push({ kind: 'user', address: actor.id, text: handler.reply(outcome), buttons: own });
    } else replies.push(handler.reply(outcome));
    buttons.push(...(handler.buttons?.(outcome, message.chat) ?? []));
    style = handler.style?.(outcome) ?? {};
    told.push(...(await lettersOf(handler, outcome, situation)));
  }
  const isAlone = orders.length === 1 && message.chat === 'direct' && Object.keys(style).length > 0;
  // Two orders of one message may be answered alike, a refusal for instance.
  const words: Words = {
    text: inOne(replies),
    ...(buttons.length > 0 && { buttons }),
    ...(isAlone && { style }),
  };
  if (unconfirmed.length > 0) {
    const said = { speaker: actor, now: message.sentAt, chat: message.chat };
    words.buttons = confirmButtons(await openQuestion(tx, actor.id, { said, parts: unconfirmed }));
  }
  return { told: [{ ...words, kind: 'answer', address: actor.id }, ...told], changed, asked: unconfirmed.length };
}

// How a deed is taken back is said once, however many there were.
function inOne(replies: readonly string[]): string {
  const different = [...new Set(replies)];
  const last = different.findLastIndex((one) => one.endsWith(TAKE_BACK));
  const once = (one: string): string => one.slice(0, -TAKE_BACK.length);
  return different.map((one, index) => (index < last && one.endsWith(TAKE_BACK) ? once(one) : one)).join('\n');
}

/** What others hear of an outcome, and what it asks them to decide. */
async function lettersOf(handler: Handler, outcome: Outcome, { tx, actor, message }: Situation): Promise<Outgoing[]> {
  const letters: Outgoing[] = (handler.notify?.(outcome) ?? []).map(({ to, ...words }) => ({
    ...words,
    kind: 'user',
    address: to,
  }));
  for (const request of handler.requests?.(outcome) ?? []) {
    const words = await keepRequest(tx, actor.id, request, message.sentAt);
    letters.push({ ...words, kind: 'user', address: request.to });
  }
  return letters;
}

/** One line of the audit for everything that changed (contract). */
export async function audit({ tx, message, actor }: Situation, handler: Handler, command: unknown, outcome: string) {
  await addAudit(tx, {
    at: message.sentAt,
    actor: actor.id,
    intent: handler.name,
    command: auditText(handler, command),
    inboxKey: message.key,
    outcome,
  });
}

/** Why nothing can be recorded on the day of the message (G13); null within the campaign, where there is none, and for looking. */
export function outsideCampaign({ reads, title }: Handler, { message, world: { campaign } }: Situation): string | null {
  const today = dayOf(message.sentAt);
  if (reads || !campaign || (today >= campaign.from && today <= campaign.to)) return null;
  return `活动时间为${dateInWords(campaign.from)}至${dateInWords(campaign.to)}，今天不能办理“${title}”，查询不受影响。如需补录请联系活动办。`;
}

const auditText = ({ restricted = [] }: Handler, command: unknown): string =>
  JSON.stringify(command, (key, value) => (restricted.includes(key) ? '（不公开）' : value));
