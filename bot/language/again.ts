import { dayOf } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import type { Said } from './reading.ts';
import { type Understanding, understand } from './understand.ts';
import type { World, WorldPerson } from './world.ts';

// Short words are said alike by many within a minute, 「签到」 at the door; what is longer is nobody else's.
const LONGEST = 40;
const MOST_WORDS = 500;
const MOST_SPEAKERS = 200;

/** What an understanding looked at besides the words: parts of the speaker, and the very instant. */
type Facet = keyof WorldPerson | 'now';
/** What the same words meant, by what was looked at. */
interface Known {
  looked: readonly Facet[];
  meant: Map<string, Understanding>;
}
/** by the chat, the day and the words */
type Lately = Map<string, Known[]>;

const latelyIn = new WeakMap<World, { handlers: readonly Handler[]; lately: Lately }>();

/**
 * As `understand`, which looks at nothing but its arguments: short words are read once for all whom they mean the same
 * from. What a reading looks at of the speaker and of the time is noted while it looks; the next reads anew unless all of
 * it is equal. A world that changed is another world.
 * @param world must never change
 */
export function understandAgain(said: Said, world: World, handlers: readonly Handler[]): Understanding {
  if (said.text.length > LONGEST) return understand(said, world, handlers);
  const lately = latelyOf(world, handlers);
  const words = `${said.chat} ${dayOf(said.now)} ${said.text}`;
  const known = lately.get(words) ?? [];
  for (const { looked, meant } of known) {
    const understanding = meant.get(valuesOf(said, looked));
    if (understanding) return understanding;
  }
  const { seen, looked } = watched(said);
  const understanding = frozen(understand(seen, world, handlers));
  remember(known, [...looked].sort(), said, understanding);
  if (!lately.has(words)) {
    if (lately.size >= MOST_WORDS) lately.clear();
    lately.set(words, known);
  }
  return understanding;
}

function latelyOf(world: World, handlers: readonly Handler[]): Lately {
  const kept = latelyIn.get(world);
  if (kept?.handlers === handlers) return kept.lately;
  const lately: Lately = new Map();
  latelyIn.set(world, { handlers, lately });
  return lately;
}

const valuesOf = (said: Said, looked: readonly Facet[]): string =>
  JSON.stringify(looked.map((facet) => (facet === 'now' ? said.now.getTime() : said.speaker[facet])));

function remember(known: Known[], looked: Facet[], said: Said, understanding: Understanding): void {
  const alike = known.find((one) => one.looked.join() === looked.join());
  const { meant } = alike ?? { meant: new Map<string, Understanding>() };
  if (meant.size >= MOST_SPEAKERS) meant.clear();
  meant.set(valuesOf(said, looked), understanding);
  if (!alike) known.push({ looked, meant });
}

/** The same message, whose speaker and instant note that they are looked at; its day is known to everybody. */
function watched({ text, chat, speaker, now }: Said): { seen: Said; looked: Set<Facet> } {
  const looked = new Set<Facet>();
  const note = (facet: string | symbol): void => {
    for (const one of typeof facet === 'string' ? [facet] : Object.keys(speaker)) looked.add(one as Facet);
  };
  const seen: Said = {
    ...{ text, chat, today: dayOf(now) },
    speaker: new Proxy(speaker, {
      get(person, facet) {
        note(facet);
        return Reflect.get(person, facet);
      },
      has(person, facet) {
        note(facet);
        return Reflect.has(person, facet);
      },
      ownKeys(person) {
        for (const facet of Object.keys(person)) note(facet);
        return Reflect.ownKeys(person);
      },
    }),
    get now() {
      looked.add('now');
      return now;
    },
  };
  return { seen, looked };
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
