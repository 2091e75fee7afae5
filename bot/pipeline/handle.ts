import { dateInWords, dayOf } from '#bot/calendar.ts';
import { type Execution, type Handler, type Offer, offersTo } from '#bot/handler.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { understand } from '#bot/language/understand.ts';
import type { InboundMessage, Outgoing } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { answerOf, keepRequest, openQuestion } from './question.ts';
import { keepDeed, takeBack } from './undo.ts';

interface Situation {
  message: InboundMessage;
  actor: WorldPerson;
  world: World;
  handlers: readonly Handler[];
  tx: Tx;
}
interface Order {
  handler: Handler;
  input: unknown;
}

/**
 * Stages 3 to 5 for one kept message, inside the caller's transaction: understood, authorised, carried out, answered.
 * @returns what has to be told; empty for what is not for the bot. A stranger's message records and answers nothing.
 */
export async function handle(message: InboundMessage, handlers: readonly Handler[], tx: Tx): Promise<Outgoing[]> {
  const world = await loadWorld(tx);
  const actor = world.members.find((member) => member.id === message.from);
  if (!actor || message.content.kind === 'event') return [];
  const answer = (text: string): Outgoing => ({ kind: 'answer', address: message.from, text });
  const inGroup = message.chat === 'group';
  if (message.content.kind === 'other') return inGroup ? [] : [answer('暂时只能看懂文字，请把内容打成文字发来。')];

  const situation: Situation = { message, actor, world, handlers, tx };
  const reply = await answerOf(tx, actor.id, message, handlers);
  if (reply?.kind === 'dropped') return [answer('好的，没有办理。')];
  if (reply?.kind === 'unclear') return [answer(reply.question)];
  if (reply) return carryOut([reply.order], situation, answer, () => Promise.resolve(null));

  const said = { text: message.content.text, speaker: actor, now: message.sentAt, chat: message.chat };
  const understanding = understand(said, world, handlers);
  if (understanding.outcome === 'none') return inGroup ? [] : [answer(notUnderstood(situation, said.text))];
  if (understanding.outcome === 'ask')
    return [answer(outsideCampaign(understanding.handler, situation) ?? understanding.question)];
  return carryOut(
    understanding.commands,
    situation,
    answer,
    ({ handler, input }) => handler.confirm?.(executionOf(situation, input)) ?? Promise.resolve(null),
  );
}

const executionOf = (situation: Situation, input: unknown): Execution<never> => ({
  ...situation,
  input: input as never,
  takeBack: () => takeBack(executionOf(situation, undefined), situation.handlers),
  offers: () => offersIn(situation),
});

const offersIn = ({ actor, world, message, handlers }: Situation): Offer[] =>
  offersTo({ actor, world, now: message.sentAt }, handlers);

// Thanks and nods want no list of what could have been said.
const COURTESY =
  /^[\s\p{P}]*(?:(?:好|好的|好嘞|收到|明白|知道了|辛苦|谢谢|多谢|感谢|谢了|嗯+|ok|行|了解|您|你|了|啦|哈)[\s\p{P}]*)+$/iu;

/** What is said to words nobody understood: what shares most with them of what this person could say (G2). */
function notUnderstood(situation: Situation, text: string): string {
  if (COURTESY.test(text)) return '不客气，有事随时说。';
  const shared = ({ sentence }: Offer): number => [...new Set(text)].filter((char) => sentence.includes(char)).length;
  const nearest = offersIn(situation)
    .sort((one, other) => shared(other) - shared(one))
    .slice(0, 3);
  const hints = nearest.map(({ sentence }) => `“${sentence}”`).join('、');
  return hints === '' ? '没有听懂。请发送“帮助”，看看可以怎么说。' : `没有听懂。您可以说${hints}，或发送“帮助”。`;
}

async function carryOut(
  orders: Order[],
  situation: Situation,
  answer: (text: string) => Outgoing,
  questionFor: (order: Order) => Promise<string | null>,
): Promise<Outgoing[]> {
  const { message, actor, tx } = situation;
  const replies: string[] = [];
  const told: Outgoing[] = [];
  for (const { handler, input } of orders) {
    const command = handler.input.parse(input);
    const execution = executionOf(situation, command);
    if (!(await handler.allow.permits(execution))) {
      replies.push(`您没有“${handler.title}”权限，该操作由${handler.allow.doneBy}办理。`);
      continue;
    }
    const closed = outsideCampaign(handler, situation);
    if (closed) {
      replies.push(closed);
      continue;
    }
    const question = await questionFor({ handler, input: command });
    if (question) {
      await openQuestion(tx, actor.id, { handler, input: command }, message.sentAt);
      replies.push(question);
      continue;
    }
    const outcome = await handler.execute(execution);
    if (outcome.changed) {
      const line = { at: message.sentAt, actor: actor.id, intent: handler.name, outcome: outcome.kind };
      await tx.audit.create({ data: { ...line, command: auditText(handler, command), inboxKey: message.key } });
      if (outcome.memo) await keepDeed(tx, actor.id, handler, outcome.memo, message.sentAt);
    }
    if (message.chat === 'group' && handler.inGroup) {
      replies.push(handler.inGroup(outcome));
      told.push({ kind: 'user', address: actor.id, text: handler.reply(outcome) });
    } else replies.push(handler.reply(outcome));
    told.push(
      ...(handler.notify?.(outcome) ?? []).map(({ to, ...words }) => ({
        ...words,
        kind: 'user' as const,
        address: to,
      })),
    );
    for (const request of handler.requests?.(outcome) ?? []) {
      await keepRequest(tx, actor.id, request, message.sentAt);
      told.push({ kind: 'user', address: request.to, text: `${request.text}请回复“同意”或“不同意”。` });
    }
  }
  return [answer(replies.join('\n')), ...told];
}

/** Why nothing can be recorded on the day of the message (G13); null within the campaign, where there is none, and for looking. */
function outsideCampaign({ reads, title }: Handler, { message, world: { campaign } }: Situation): string | null {
  const today = dayOf(message.sentAt);
  if (reads || !campaign || (today >= campaign.from && today <= campaign.to)) return null;
  return `活动时间为${dateInWords(campaign.from)}至${dateInWords(campaign.to)}，今天不能办理“${title}”，查询不受影响。如需补录请联系活动办。`;
}

const auditText = ({ restricted = [] }: Handler, command: unknown): string =>
  JSON.stringify(command, (key, value) => (restricted.includes(key) ? '（不公开）' : value));
