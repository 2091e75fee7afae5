import { Departments } from './entities/departments.ts';
import { Enterprises } from './entities/enterprises.ts';
import { Items } from './entities/items.ts';
import { People } from './entities/people.ts';
import { Sessions } from './entities/sessions.ts';
import type { Span } from './text.ts';
import type { World, WorldPerson } from './world.ts';

/** The office's words, looked up once for a world however many messages are read in it. */
export interface Lexicon {
  people: People;
  departments: Departments;
  items: Items;
  sessions: Sessions;
  enterprises: Enterprises;
}

const lexicons = new WeakMap<World, Lexicon>();

/** The lexicon of a world; the same world gives the same one, and what two worlds share is looked up once. */
export function lexiconOf(world: World): Lexicon {
  let lexicon = lexicons.get(world);
  if (!lexicon) {
    lexicon = {
      people: kept(world.members, (members) => new People({ members })),
      departments: kept(world.departments, (departments) => new Departments({ departments })),
      items: new Items(world),
      sessions: kept(world.sessions, (sessions) => new Sessions({ sessions })),
      enterprises: kept(world.enterprises, (all) => new Enterprises(all)),
    };
    lexicons.set(world, lexicon);
  }
  return lexicon;
}

/** Names that a correction in the same breath can replace, a list a kind: people, units, codes of items. */
export function replaceableIn(text: string, speaker: WorldPerson, { people, departments, items }: Lexicon): Span[][] {
  const codes = /[A-Za-z]/.test(text) ? items.numberedIn(text, speaker).filter(({ how }) => how === 'code') : [];
  return [people.in(text), departments.in(text, speaker), codes];
}

const made = new WeakMap<object, unknown>();
function kept<List extends object, Made>(list: List, make: (list: List) => Made): Made {
  if (!made.has(list)) made.set(list, make(list));
  return made.get(list) as Made;
}
