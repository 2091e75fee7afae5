import { lexiconOf } from '#bot/language/lexicon.ts';
import type { Chosen } from '#bot/language/resume.ts';
import type { Outgoing } from '#bot/message.ts';
import { executionOf, type Situation } from './carry-out.ts';
import { keepRequest } from './request.ts';

/** Tells the capabilities that learn which of several a word turned out to mean; what they ask goes to whoever decides. */
export async function learn(situation: Situation, { words, candidate }: Chosen): Promise<Outgoing[]> {
  const { actor, message, handlers, tx } = situation;
  const [order] = candidate.orders;
  const slots = (order?.input ?? {}) as Record<string, unknown>;
  const word = wordFor(words, slots['item'], situation);
  if (word === null) return [];
  const letters: Outgoing[] = [];
  for (const { learn } of handlers)
    for (const request of (await learn?.({ word, slots }, executionOf(situation, undefined))) ?? []) {
      const asked = await keepRequest(tx, actor.id, request, message.sentAt);
      letters.push({ ...asked, kind: 'user', address: request.to });
    }
  return letters;
}

/** The characters by which several items seemed meant, if they make a word. */
function wordFor(words: string, item: unknown, { actor, world }: Situation): string | null {
  const mention = lexiconOf(world)
    .items.namedIn(words, actor)
    .find(({ items }) => items.length > 1 && items.some(({ code }) => code === item));
  const word = mention ? words.slice(mention.start, mention.end) : '';
  return /^[〇㐀-鿿]{2,12}$/.test(word) ? word : null;
}
