import type { DepartmentMention } from './entities/departments.ts';
import type { ItemMention } from './entities/items.ts';
import type { PersonMention } from './entities/people.ts';
import { isToAll, type Mood, moodOf } from './mood.ts';
import type { Clause, Reading, WorldEnterprise, WorldItem } from './reading.ts';
import { daysIn, type NamedDay } from './slots/day.ts';
import type { Sense } from './slots/sense.ts';
import { partsOf, type Span, undated, withoutEnd } from './text.ts';

/** A message as its stretches see it: its text in several forms, all of one length, and what it names. */
interface Seen {
  reading: Reading;
  text: string;
  /** item numbers and codes blanked out */
  unnumbered: string;
  /** those and people's names blanked out: where days are looked for */
  whereDays: string;
  nameless: string;
  /** all that is named blanked out: where items are looked for by their gist */
  unnamed: string;
  numbered: readonly ItemMention[];
  people: readonly PersonMention[];
  departments: readonly DepartmentMention[];
  enterprises: readonly (Span & { enterprise: WorldEnterprise })[];
  calledAll: boolean;
  /** whose name fewer words suffice for */
  own(): readonly WorldItem[];
}

// What is asked about or headed is no word of a name: 进展 is not short for 促进……发展.
const HOW_FAR = /进[展度](?=如何|怎|咋|到哪|情况|[:：?？])/g;

/** The same, with what was looked up in it: every capability asks for the same stretches. */
export class View {
  private readonly named = new Map<string, ItemMention[]>();
  private readonly dates = new Map<string, NamedDay[]>();
  private readonly moods = new Map<string, Mood>();

  readonly seen: Seen;

  constructor(seen: Seen) {
    this.seen = seen;
  }

  itemsNamed({ start, end }: Span): ItemMention[] {
    const { lexicon, speaker } = this.seen.reading;
    const words = this.seen.unnamed.slice(start, end).replace(HOW_FAR, (word) => ' '.repeat(word.length));
    const known = this.named.get(words) ?? lexicon.items.namedIn(words, speaker);
    this.named.set(words, known);
    return known.length > 0
      ? known.map((one) => ({ ...one, start: one.start + start, end: one.end + start }))
      : lexicon.items.among(this.seen.own, words, start);
  }

  daysIn({ start: from, end: to }: Span, sense: Sense): NamedDay[] {
    const key = `${from}-${to} ${sense}`;
    const known = this.dates.get(key);
    if (known) return known;
    const found = daysIn(this.seen.whereDays.slice(from, to), this.seen.reading.today, sense);
    const placed = found.map(({ day, start, end }) => ({ day, start: start + from, end: end + from }));
    this.dates.set(key, placed);
    return placed;
  }

  moodOf(words: string): Mood {
    const known = this.moods.get(words) ?? moodOf(words);
    this.moods.set(words, known);
    return known;
  }
}

const here = <T extends Span>(all: readonly T[], { start, end }: Span): T[] =>
  all.length === 0 ? [] : all.filter((one) => one.start >= start && one.end <= end);

/** A stretch of a message; what it names is looked up when it is asked for. */
export class Stretch implements Clause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly sentence: Clause;
  readonly before: Clause | null;
  private readonly view: View;
  private readonly words: string;
  private readonly found: Partial<Pick<Clause, 'places' | 'parts' | 'counted' | 'items'>> & {
    people?: PersonMention[];
    departments?: DepartmentMention[];
    toAll?: boolean;
    nameless?: string;
    mood?: Mood;
  } = {};

  constructor(view: View, { start, end }: Span, sentence: Clause | null, before: Clause | null) {
    this.view = view;
    this.before = before;
    this.start = start;
    this.end = end;
    this.words = withoutEnd(view.seen.text.slice(start, end), '；;');
    this.text = this.words;
    this.sentence = sentence ?? this;
  }

  get reading(): Reading {
    return this.view.seen.reading;
  }
  get nameless(): string {
    this.found.nameless ??= this.view.seen.nameless.slice(this.start, this.start + this.words.length);
    return this.found.nameless;
  }
  get said(): string {
    return this.reading.said.text.slice(this.start, this.end);
  }
  get places(): readonly Span[] {
    this.found.places ??= partsOf(this.view.seen.text, this);
    return this.found.places;
  }
  get parts(): string[] {
    this.found.parts ??= this.places.map(({ start, end }) =>
      withoutEnd(this.view.seen.text.slice(start, end), '。；;'),
    );
    return this.found.parts;
  }
  get counted(): string[] {
    this.found.counted ??= this.places.map(({ start, end }) => undated(this.view.seen.unnumbered.slice(start, end)));
    return this.found.counted;
  }
  get toAll(): boolean {
    // 「另外情报所……」 after a call to everybody is said to one again.
    this.found.toAll ??=
      isToAll(this.words) || (this.view.seen.calledAll && !/^[\s，,]*(?:另外?|此外|还有)/.test(this.words));
    return this.found.toAll;
  }
  get people(): PersonMention[] {
    this.found.people ??= here(this.view.seen.people, this);
    return this.found.people;
  }
  get departments(): DepartmentMention[] {
    this.found.departments ??= here(this.view.seen.departments, this);
    return this.found.departments;
  }
  get enterprises(): (Span & { enterprise: WorldEnterprise })[] {
    return here(this.view.seen.enterprises, this);
  }
  get mood(): Mood {
    this.found.mood ??= this.view.moodOf(this.words);
    return this.found.mood;
  }
  get items(): ItemMention[] {
    if (!this.found.items) {
      const numbered = here(this.view.seen.numbered, this);
      this.found.items = numbered.length > 0 ? numbered : this.view.itemsNamed(this);
    }
    return this.found.items;
  }

  within(inner: Span): Clause {
    return new Stretch(this.view, inner, this.sentence, this.before);
  }
  days(sense: Sense): NamedDay[] {
    return this.view.daysIn(this, sense);
  }
}
