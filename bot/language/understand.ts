import type { Handler } from '#bot/handler.ts';
import type { Choice, Meaning } from './evidence.ts';
import { type Clause, type Reading, read, type Said, type World } from './reading.ts';
import { overlaps, type Span } from './text.ts';

/** What a message means: commands to carry out, one question back, or nothing for the bot. */
export type Understanding =
  | { outcome: 'act'; commands: Order[] }
  | { outcome: 'ask'; question: string; handler: Handler; choices: Choice[]; commands: Order[] }
  | { outcome: 'none' };

export interface Order {
  handler: Handler;
  input: unknown;
}

/** A capability's reading of a stretch of the message. */
export interface Claim extends Meaning<unknown> {
  handler: Handler;
  /** the sentence it stands in */
  sentence: Span;
}

/**
 * Reads a message once, lets every capability say what it makes of it, and decides between them. Pure: looks at nothing
 * but its arguments; no capability is known by name.
 */
export function understand(said: Said, world: World, handlers: readonly Handler[]): Understanding {
  return decide(read(said, world), handlers);
}

/** The arbiter: of claims on the same words the weightier wins; of equals it asks; what is unsure asks. */
export function decide(reading: Reading, handlers: readonly Handler[]): Understanding {
  if (isNotForUs(reading)) return { outcome: 'none' };
  const claims = claimsOn(reading, handlers);
  const accepted: Claim[] = [];
  for (const claim of claims) {
    const rivals = accepted.filter(
      (one) => overlaps(one, claim) || (claim.weight < 2 && overlaps(one.sentence, claim.sentence)),
    );
    if (rivals.length === 0) accepted.push(claim);
    else if (
      rivals.every((one) => one.weight === claim.weight && one.inputs.length > 0) &&
      claim.inputs.length > 0 &&
      !same(rivals, claim)
    )
      return either([...rivals, claim]);
  }
  accepted.sort((one, other) => one.start - other.start);
  const commands = accepted.flatMap(({ handler, inputs }) => inputs.map((input) => ({ handler, input })));
  const open = accepted.find(({ question }) => question !== undefined);
  if (open)
    return {
      outcome: 'ask',
      question: open.question ?? '',
      handler: open.handler,
      choices: open.choices ?? [],
      commands,
    };
  return commands.length > 0 ? { outcome: 'act', commands } : { outcome: 'none' };
}

const same = (rivals: Claim[], claim: Claim): boolean =>
  rivals.some(
    ({ handler, inputs }) => handler === claim.handler && JSON.stringify(inputs) === JSON.stringify(claim.inputs),
  );

function either(claims: Claim[]): Understanding {
  const [first] = claims;
  if (!first) return { outcome: 'none' };
  const titles = [...new Set(claims.map(({ handler }) => `“${handler.title}”`))];
  return {
    outcome: 'ask',
    question: `您是想${titles.join('，还是')}？请分开说一次。`,
    handler: first.handler,
    choices: [],
    commands: claims.flatMap(({ handler, inputs }) => inputs.map((input) => ({ handler, input }))),
  };
}

/** Every capability's claims, the weightiest first; of equals those that know before those that ask. */
export function claimsOn(reading: Reading, handlers: readonly Handler[]): Claim[] {
  const claims: Claim[] = [];
  for (const handler of handlers) {
    for (const clause of stretchesOf(reading, handler)) {
      if (clause.sentence.toAll && !handler.heedsNotices) continue;
      const meanings = handler.meant(clause) ?? [];
      for (const meaning of Array.isArray(meanings) ? meanings : [meanings])
        claims.push({ ...meaning, handler, sentence: clause.sentence });
    }
  }
  return claims.sort(
    (one, other) =>
      other.weight - one.weight ||
      Number(one.question !== undefined) - Number(other.question !== undefined) ||
      one.start - other.start,
  );
}

const stretchesOf = (reading: Reading, { over }: Handler): Clause[] =>
  over === 'message' ? [reading.message] : over === 'sentence' ? reading.sentences : reading.clauses;

// In a group a name at the head of a message says whom it is for.
function isNotForUs({ bearing, chat, message, speaker }: Reading): boolean {
  if (bearing.forwarded || bearing.orders || bearing.withdrawn) return true;
  if (chat !== 'group') return false;
  const [first] = message.people;
  const called =
    /^\s*@/.test(message.text) ||
    (first !== undefined &&
      message.text.slice(0, first.start).trim() === '' &&
      /^[，,:：、 ]/.test(message.text.slice(first.end)));
  return called && !(first?.people.some(({ id }) => id === speaker.id) ?? false);
}
