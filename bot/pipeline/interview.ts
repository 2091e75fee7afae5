import { isSettledByYes } from '#bot/language/resume.ts';
import { isOpen, type Open, type Part } from '#bot/language/understand.ts';
import type { Words } from '#bot/message.ts';
import { executionOf, outsideCampaign, refuse, type Situation } from './carry-out.ts';
import { askedWords, openQuestion } from './question.ts';

/**
 * Asks the first thing that is not clear and remembers the rest. What the speaker may not do is not offered: a question
 * about it would tell of it (G3).
 */
export async function ask(situation: Situation, parts: Part[]): Promise<Words> {
  const { message, actor, tx } = situation;
  const open = parts.find(isOpen);
  if (!open) throw new Error('nothing is open');
  const closed = outsideCampaign(open.handler, situation);
  if (closed) return { text: closed };
  const candidates = await permitted(open, situation);
  if (open.candidates.length > 0 && candidates.length === 0) return { text: await refuse(open.handler, situation) };
  const asked = { ...open, candidates };
  const said = { speaker: actor, now: message.sentAt, chat: message.chat };
  const rest = parts.map((part) => (part === open ? asked : part));
  const talk = { said, parts: rest };
  const byYes = isSettledByYes(talk, situation.world, situation.handlers);
  return askedWords(asked, await openQuestion(tx, actor.id, talk), byYes);
}

async function permitted(open: Open, situation: Situation): Promise<Open['candidates']> {
  const allowed: Open['candidates'] = [];
  for (const candidate of open.candidates) {
    const may = await Promise.all(
      candidate.orders.map(({ handler, input }) => handler.allow.permits(executionOf(situation, input))),
    );
    if (may.every(Boolean)) allowed.push(candidate);
  }
  return allowed;
}
