import { dayOf } from '#bot/calendar.ts';
import type { Said } from './reading.ts';
import type { WorldPerson } from './world.ts';

/** What can be looked at besides the words: parts of the speaker, and the very instant. */
export type Facet = keyof WorldPerson | 'now';

/** A message whose speaker and instant note that they are looked at; its day is known to everybody. */
export interface Watched {
  seen: Said;
  /** Does something with `seen`; gives back what was looked at meanwhile. */
  during<T>(work: () => T): { value: T; looked: Facet[] };
  /** Notes what was looked at when that was worked out which is taken from memory now. */
  note(looked: readonly Facet[]): void;
}

export function watched({ text, chat, speaker, now }: Said): Watched {
  // What is done within something else was looked at for both.
  let noting: Set<Facet>[] = [];
  const note = (facet: string | symbol): void => {
    for (const one of typeof facet === 'string' ? [facet] : Object.keys(speaker))
      for (const looked of noting) looked.add(one as Facet);
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
      note('now');
      return now;
    },
  };
  return {
    seen,
    during(work) {
      const looked = new Set<Facet>();
      const outer = noting;
      noting = [...outer, looked];
      try {
        return { value: work(), looked: [...looked].sort() };
      } finally {
        noting = outer;
      }
    },
    note: (looked) => looked.forEach(note),
  };
}

const MOST_VALUES = 200;

/** What was worked out, by what was looked at then: it is the same for whom all of that is equal. */
export class Memory<T> {
  readonly #known: { looked: readonly Facet[]; worked: Map<string, T> }[] = [];

  find(said: Said): { looked: readonly Facet[]; value: T } | null {
    for (const { looked, worked } of this.#known) {
      const value = worked.get(valuesOf(said, looked));
      if (value !== undefined) return { looked, value };
    }
    return null;
  }

  keep(said: Said, looked: readonly Facet[], value: T): void {
    let alike = this.#known.find((one) => one.looked.join() === looked.join());
    if (!alike) {
      alike = { looked, worked: new Map() };
      this.#known.push(alike);
    }
    if (alike.worked.size >= MOST_VALUES) alike.worked.clear();
    alike.worked.set(valuesOf(said, looked), value);
  }
}

const valuesOf = (said: Said, looked: readonly Facet[]): string =>
  JSON.stringify(looked.map((facet) => (facet === 'now' ? said.now.getTime() : said.speaker[facet])));
