import type { Handler } from '#bot/handler.ts';
import { read, type World, type WorldPerson } from './reading.ts';

/** What a message means: commands to carry out, one question back, or nothing for the bot. */
export type Understanding =
  | { outcome: 'act'; commands: { handler: Handler; input: unknown }[] }
  | { outcome: 'ask'; question: string; handler: Handler }
  | { outcome: 'none' };

/** The message as understanding sees it: verbatim text, who, and when it was sent. */
export interface Said {
  text: string;
  speaker: WorldPerson;
  now: Date;
}

/**
 * Reads a message once and lets every capability say whether it is meant. Two that claim the same message would mean
 * guessing, so then it asks; a wrong write is worse than a question. Pure: looks at nothing but its arguments.
 */
export function understand(said: Said, world: World, handlers: readonly Handler[]): Understanding {
  const reading = read(said.text, said.speaker, said.now, world);
  const claims = handlers.flatMap((handler) => {
    const meaning = handler.meant(reading);
    return meaning ? [{ handler, meaning }] : [];
  });
  const acts = claims.flatMap(({ handler, meaning }) =>
    meaning.kind === 'act' ? [{ handler, input: meaning.input }] : [],
  );
  if (acts.length === 1) return { outcome: 'act', commands: acts };
  const [first] = claims;
  if (!first) return { outcome: 'none' };
  if (acts.length > 1)
    return {
      outcome: 'ask',
      question: `您是想${acts.map(({ handler }) => `“${handler.title}”`).join('，还是')}？请分开说一次。`,
      handler: first.handler,
    };
  return {
    outcome: 'ask',
    question: first.meaning.kind === 'ask' ? first.meaning.question : '',
    handler: first.handler,
  };
}
