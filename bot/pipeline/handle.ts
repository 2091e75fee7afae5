import { type Handler, offersTo } from '#bot/handler.ts';
import { understandAgain } from '#bot/language/again.ts';
import { isSettledByYes, resume } from '#bot/language/resume.ts';
import { isOpen, type Part } from '#bot/language/understand.ts';
import { memberOf } from '#bot/language/world.ts';
import type { InboundMessage, Outgoing, Words } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { carryOut, type Situation } from './carry-out.ts';
import { noteContactChange } from './contact-events.ts';
import { correct } from './correct.ts';
import { noteFeedback } from './feedback.ts';
import { ask } from './interview.ts';
import { learn } from './learn.ts';
import { dropMedia, keepMedia } from './media.ts';
import { placed } from './place.ts';
import { askedWords, dropQuestions, type Question, questionOf, tapped } from './question.ts';
import { decisionIn } from './request.ts';
import { undoNamed } from './undo.ts';
import { notUnderstood } from './unknown.ts';

const EXPIRED = '这个问题已经答过或已过期，没有办理。请重新说一次。';

/**
 * Stages 3 to 5 for one kept message, inside the caller's transaction: understood, authorised, carried out, answered.
 * @returns what has to be told; empty for what is not for the bot. A stranger's message records and answers nothing.
 */
export async function handle(
  message: InboundMessage,
  handlers: readonly Handler[],
  tx: Tx,
  { publicUrl, jobs }: Pick<Situation, 'publicUrl' | 'jobs'> = {},
): Promise<Outgoing[]> {
  await noteContactChange(tx, message);
  const world = await loadWorld(tx);
  const actor = memberOf(world, message.from);
  if (!actor) return [];
  const situation: Situation = { message, actor, world, handlers, tx, publicUrl, jobs };
  if (message.content.kind === 'event') {
    await noteFeedback(situation);
    return greeted(situation, message.content.event);
  }
  if (message.content.kind === 'place') return placed(situation);
  if (message.content.kind === 'other') return wordless(situation, message.content.type);
  const named = await undoNamed(tx, actor.id, message.sentAt, message.content.text);
  if (named === 'past') return [answer(situation, { text: PAST })];
  const text = named ? '撤销' : message.content.text;
  // Before the words, which may speak of it.
  const isKept = await keepMedia(tx, message);
  const told =
    (await severalDecided(situation, text)) ??
    (await answered(situation, text)) ??
    (await decided(situation, text)) ??
    (await correct(situation, text)) ??
    (await understood(situation, text));
  // Among colleagues a picture counts only beside words that recorded something.
  const isOurs = message.media && (await tx.audit.count({ where: { inboxKey: message.key } }));
  if (!isOurs) await dropMedia(tx, message);
  if (isKept || !(isOurs || message.chat === 'direct')) return told;
  return [...told, { kind: 'user', address: actor.id, text: TOO_MANY }];
}

const PAST = '没有撤销：这一项已超过十分钟，或之后又办了别的。需要更正请联系活动办。';
const TOO_MANY = '没有收下材料：您一天里发来的已超过100份，请明天再发或联系活动办。';

/** Pictures and files are fetched and answered for afterwards; other things without words are said to be unreadable. */
async function wordless(situation: Situation, type: string): Promise<Outgoing[]> {
  const { message, tx } = situation;
  if (message.chat === 'group') return [];
  if (!message.media?.length) return [answer(situation, { text: unread(type) })];
  return (await keepMedia(tx, message)) ? [] : [answer(situation, { text: TOO_MANY })];
}

/** What has no words is answered in one line; what people only let know of, not at all. */
const unread = (type: string): string => UNREAD[type] ?? '暂时只能看懂文字，请把内容打成文字发来。';
const UNREAD: Record<string, string> = {
  voice: '语音暂时听不了，请打字，或用输入法的语音转成文字发来。',
  location: '位置没有保存：签到不需要位置，发“签到”即可。',
};

/** 首次进入: whoever opens the app for the first time hears three things to say now (R98). */
async function greeted(situation: Situation, event: string): Promise<Outgoing[]> {
  const { actor, tx, message, world, handlers } = situation;
  if (event !== 'enter_agent' && event !== 'subscribe') return [];
  if (await tx.greeting.findUnique({ where: { personId: actor.id } })) return [];
  await tx.greeting.create({ data: { personId: actor.id, at: message.sentAt } });
  const all = offersTo({ actor, world, now: message.sentAt }, handlers);
  const offers = all.slice(0, 3);
  const buttons = offers
    .filter(({ tappable }) => tappable)
    .map(({ sentence }) => ({ label: sentence, says: sentence }));
  const lines = offers.map(({ title, sentence }) => `${title}：“${sentence}”`);
  const opening = `${actor.name}，您好，我是创优助手。您现在可以这样说，照着打字就行：`;
  return [answer(situation, { text: [opening, ...lines, '更多说法请发送“帮助”。'].join('\n'), buttons })];
}

const answer = ({ message: { from } }: Situation, words: Words): Outgoing => ({
  ...words,
  kind: 'answer',
  address: from,
});

/** The message as the answer to what the speaker was asked. */
async function answered(situation: Situation, text: string): Promise<Outgoing[] | null> {
  const { message, actor, world, handlers, tx } = situation;
  const pressed = tapped(text);
  const question = await questionOf(tx, actor, message.sentAt, handlers, pressed?.id);
  if (pressed && !question) return (await decided(situation, text)) ?? [answer(situation, { text: EXPIRED })];
  if (!question) return null;
  const said = pressed?.words ?? text;
  if (!question.alive) {
    await dropQuestions(tx, actor.id, message.sentAt);
    return pressed || /^第?(?:\d|[一二三四五])个?$/.test(said.trim()) ? [answer(situation, { text: EXPIRED })] : null;
  }
  const confirming = !question.talk.parts.some(isOpen);
  const resumed = confirming ? confirmed(question, said) : resume(question.talk, said, world, handlers);
  if (resumed.kind === 'unclear') return (await decided(situation, text)) ?? again(situation, question);
  await dropQuestions(tx, actor.id, message.sentAt);
  if (resumed.kind === 'dropped') return [answer(situation, { text: '好的，没有办理。' })];
  if (resumed.kind === 'else') return null;
  const told = await goOn(situation, resumed.parts, resumed.said, confirming);
  return resumed.chosen ? [...told, ...(await learn(situation, resumed.chosen))] : told;
}

const YES = /^(?:确认|是|是的|对|好|好的|可以)[。.!！]*$/;
const NO = /^(?:不|不是|否|取消|算了|先不)[。.!！]*$/;
const confirmed = ({ talk }: Question, text: string): ReturnType<typeof resume> => {
  if (NO.test(text.trim())) return { kind: 'dropped' };
  return YES.test(text.trim()) ? { kind: 'going-on', parts: talk.parts, said: '' } : { kind: 'else' };
};

/** Nothing that fits: what was asked stays asked. A group is not talked into. */
function again(situation: Situation, { id, talk }: Question): Outgoing[] {
  const open = talk.parts.find(isOpen);
  if (situation.message.chat === 'group' || !open) return [];
  const words = askedWords(open, id, isSettledByYes(talk, situation.world, situation.handlers));
  return [answer(situation, { ...words, text: `没有对上，请再说明一下，或回复“取消”。\n${words.text}` })];
}

/** Several decisions of one card, a line each: one answer to all of them. */
async function severalDecided(situation: Situation, text: string): Promise<Outgoing[] | null> {
  const lines = text.split('\n');
  if (lines.length < 2 || !lines.every((line) => tapped(line))) return null;
  const all: Outgoing[] = [];
  for (const line of lines) all.push(...((await decided(situation, line)) ?? [answer(situation, { text: EXPIRED })]));
  const own = all.filter(({ kind }) => kind === 'answer').map((one) => one.text);
  return [answer(situation, { text: own.join('\n') }), ...all.filter(({ kind }) => kind !== 'answer')];
}

async function decided(situation: Situation, text: string): Promise<Outgoing[] | null> {
  const { message, handlers, tx } = situation;
  const decision = await decisionIn(tx, message, text, handlers);
  if (!decision) return null;
  if (decision.kind === 'said') return [answer(situation, decision.words)];
  return (await carryOut([decision.order], situation, { said: '', confirmed: true })).told;
}

async function understood(situation: Situation, text: string): Promise<Outgoing[]> {
  const { message, actor, world, handlers } = situation;
  const said = { text, speaker: actor, now: message.sentAt, chat: message.chat };
  const understanding = understandAgain(said, world, handlers);
  if (understanding.outcome === 'none')
    return message.chat === 'group' ? [] : [answer(situation, { text: await notUnderstood(situation, text) })];
  return goOn(situation, understanding.outcome === 'ask' ? understanding.parts : understanding.commands, text, false);
}

/** Asks what is still open, or else carries everything out. */
export async function goOn(situation: Situation, parts: Part[], said: string, confirmed: boolean): Promise<Outgoing[]> {
  if (parts.some(isOpen)) return [answer(situation, await ask(situation, parts))];
  const orders = parts.flatMap((part) => (isOpen(part) ? [] : [part]));
  return (await carryOut(orders, situation, { said, confirmed })).told;
}
