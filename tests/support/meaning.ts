import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from './score.ts';

const world = bureau('fixture.json');

/** What a sentence means to the bot: the intents it acts on, 「ask」 or 「none」; said by a member of the sample bureau. */
export function meaning(
  text: string,
  { from = 'U0101', now = '2013-05-28T10:00:00+08:00', chat = 'direct' as 'direct' | 'group' } = {},
): string {
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`nobody is called ${from}`);
  const found = understand({ text, speaker, now: new Date(now), chat }, world, capabilities);
  return found.outcome === 'act' ? found.commands.map(({ handler }) => handler.name).join('+') : found.outcome;
}
