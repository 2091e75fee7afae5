import { dayOf } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import { Memory, type Watched, watched } from './looking.ts';
import { type Reading, read, type Said } from './reading.ts';
import { type Claim, claimsBy, decide, mayBeMeant, type Understanding, understand } from './understand.ts';
import type { World } from './world.ts';

// Short words are said alike by many within a minute, 「签到」 at the door; what is longer is nobody else's.
const LONGEST = 40;
const MOST_WORDS = 500;

/** What is known of the same words, said in the same kind of chat on the same day. */
interface Words {
  /** what they meant as a whole */
  meant: Memory<Understanding>;
  /** what each capability made of them, by what the reading itself looked at; nothing until they were said by two */
  parts: Memory<Parts> | null;
}
/** Of the few capabilities that look at who speaks or when, by what they looked at; of all others once and for all. */
interface Parts {
  settled: Map<Handler, Placed[]>;
  looking: Map<Handler, Memory<Placed[]>>;
}
/** A claim without the reading it was made in: its sentence by its place. */
type Placed = Omit<Claim, 'sentence'> & { place: number };

const latelyIn = new WeakMap<World, { handlers: readonly Handler[]; lately: Map<string, Words> }>();

/**
 * As `understand`, which looks at nothing but its arguments: short words are read once for all whom they mean the same
 * from. What a reading looks at of the speaker and of the time is noted while it looks; for whom some of it differs only
 * those capabilities read anew that looked at it. A world that changed is another world.
 * @param world must never change
 */
export function understandAgain(said: Said, world: World, handlers: readonly Handler[]): Understanding {
  if (said.text.length > LONGEST) return understand(said, world, handlers);
  const words = wordsOf(said, world, handlers);
  const known = words.meant.find(said);
  if (known) return known.value;
  const watch = watched(said);
  const { value, looked } = watch.during(() =>
    words.parts ? byParts(words.parts, said, watch, world, handlers) : understand(watch.seen, world, handlers),
  );
  words.parts ??= new Memory();
  words.meant.keep(said, looked, frozen(value));
  return value;
}

function wordsOf({ text, chat, now }: Said, world: World, handlers: readonly Handler[]): Words {
  const kept = latelyIn.get(world);
  const lately: Map<string, Words> = kept?.handlers === handlers ? kept.lately : new Map();
  if (kept?.lately !== lately) latelyIn.set(world, { handlers, lately });
  const key = `${chat} ${dayOf(now)} ${text}`;
  const words = lately.get(key) ?? { meant: new Memory(), parts: null };
  if (!lately.has(key) && lately.size >= MOST_WORDS) lately.clear();
  lately.set(key, words);
  return words;
}

function byParts(
  known: Memory<Parts>,
  said: Said,
  watch: Watched,
  world: World,
  handlers: readonly Handler[],
): Understanding {
  const { value: reading, looked } = watch.during(() => read(watch.seen, world));
  if (reading.unknown.length > 0) return understand(watch.seen, world, handlers);
  const before = known.find(said)?.value;
  const parts: Parts = before ?? { settled: new Map(), looking: new Map() };
  const claims = new Map<Handler, Claim[]>();
  // What a reading works out only when it is asked for it keeps: once a capability looked, the next gets an untouched one.
  let untouched: Reading | null = reading;
  for (const handler of before ? parts.looking.keys() : mayBeMeant(reading, handlers)) {
    const memory = parts.looking.get(handler) ?? new Memory();
    const remembered = memory.find(said);
    if (remembered) {
      watch.note(remembered.looked);
      claims.set(
        handler,
        remembered.value.map((one) => inReading(one, reading)),
      );
      continue;
    }
    untouched ??= read(watch.seen, world);
    const from: Reading = untouched;
    const made = watch.during(() => claimsBy(handler, from));
    const placed = made.value.map((one) => outOfReading(one, from));
    claims.set(
      handler,
      placed.map((one) => inReading(one, reading)),
    );
    if (made.looked.length === 0) {
      if (placed.length > 0) parts.settled.set(handler, placed);
      continue;
    }
    memory.keep(said, made.looked, placed);
    parts.looking.set(handler, memory);
    untouched = null;
  }
  if (!before) known.keep(said, looked, parts);
  return decide(
    reading,
    handlers,
    (handler) => claims.get(handler) ?? (parts.settled.get(handler) ?? []).map((one) => inReading(one, reading)),
  );
}

// The whole message stands before its sentences.
const stretches = ({ message, sentences }: Reading) => [message, ...sentences];
const inReading = ({ place, ...claim }: Placed, reading: Reading): Claim => ({
  ...claim,
  sentence: stretches(reading)[place] ?? reading.message,
});
function outOfReading({ sentence, ...claim }: Claim, reading: Reading): Placed {
  return { ...claim, place: stretches(reading).indexOf(sentence) };
}

/** Nobody changes what others are given too. */
function frozen(understanding: Understanding): Understanding {
  if (understanding.outcome === 'none') return Object.freeze(understanding);
  for (const { input } of understanding.commands) freezeDeep(input);
  if (understanding.outcome === 'ask')
    for (const part of understanding.parts)
      for (const { input } of 'question' in part ? part.candidates.flatMap(({ orders }) => orders) : [part])
        freezeDeep(input);
  return Object.freeze(understanding);
}

function freezeDeep(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeDeep(part);
}
