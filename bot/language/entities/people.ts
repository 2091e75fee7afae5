import { Dictionary } from '../dictionary.ts';
import { isHan, matchesOf } from '../pattern.ts';
import { soundOf, syllable } from '../sound.ts';
import { overlaps, type Span } from '../text.ts';
import type { World, WorldPerson } from '../world.ts';

/** Somebody the words name; several where the words fit several. */
export interface PersonMention extends Span {
  people: WorldPerson[];
  /** by name, by surname and post (程主任, 小薛), or only by its sound (雷明 for 雷鸣) */
  how: 'name' | 'address' | 'sound';
}

const POST = /(局长|主任|科长|处长|所长|站长|股长|队长|馆长|院长|校长|书记|组长|部长|主席|总工程师|调研员|园长|台长)/g;
// 小时 and 小康 are words; the people named so are called by their names.
const WORDS = new Set(['小时', '小康', '老总', '小白', '老古', '小江', '老关', '老石']);
// 余科, 孟局: a post said short.
const SHORT: Record<string, string[]> = {
  ...{ 局长: ['局'], 科长: ['科'], 处长: ['处'], 队长: ['队'], 所长: ['所'], 股长: ['股'], 总工程师: ['总', '总工'] },
};
// 高科技 and 凌科学习 name nobody.
const LONGER_WORD = /^[技学研目员室级场备罚理领伍列属有谓以得]/;
const SPELLED = /[〇㐀-鿿]{1,3}[a-z]{1,6}/g;
const allHan = (word: string): boolean => [...word].every((char) => isHan(char.charCodeAt(0)));

/** Finds the office's people in a text. */
export class People {
  private readonly names = new Dictionary<WorldPerson>();
  private readonly addresses = new Dictionary<WorldPerson>();
  private readonly members: readonly WorldPerson[];
  private sounds: Map<string, WorldPerson[]> | null = null;

  constructor({ members }: Pick<World, 'members'>) {
    this.members = members;
    const posts = new Map<string, Posts>();
    for (const person of members) {
      const known = posts.get(person.title) ?? postsOf(person.title);
      posts.set(person.title, known);
      this.names.add(person.name, person);
      for (const address of addressesOf(person, known)) this.addresses.add(address, person);
    }
  }

  /** People by the sound of their names. */
  private get heard(): Map<string, WorldPerson[]> {
    if (!this.sounds) {
      this.sounds = new Map();
      for (const person of this.members) {
        const sound = soundOf(person.name);
        this.sounds.set(sound, [...(this.sounds.get(sound) ?? []), person]);
      }
    }
    return this.sounds;
  }

  in(text: string): PersonMention[] {
    const named = this.names.in(text).map(({ values, ...span }) => ({ ...span, people: values, how: 'name' as const }));
    const addressed = this.addresses
      .in(text)
      .filter(
        (one) =>
          !WORDS.has(text.slice(one.start, one.end)) &&
          !(/[科处队所股]$/.test(text.slice(one.start, one.end)) && LONGER_WORD.test(text.slice(one.end))) &&
          !named.some((other) => overlaps(one, other)),
      )
      .map(({ values, ...span }) => ({ ...span, people: values, how: 'address' as const }));
    return [...named, ...addressed].sort((one, other) => one.start - other.start);
  }

  /** Colleagues whose names sound the same as somebody's: a dictated name may mean either. */
  soundingLike(person: WorldPerson): WorldPerson[] {
    return (this.heard.get(soundOf(person.name)) ?? []).filter(({ id }) => id !== person.id);
  }

  /** Of a few people those whose names, surname and all, sound like words of the text; for whom something waits. */
  heardOf(few: readonly WorldPerson[], text: string): PersonMention[] {
    const sound = soundOf(text);
    return few.flatMap((person) => {
      const start = sound.indexOf(soundOf(person.name));
      const end = start + person.name.length;
      const written = text.slice(start, end);
      return start >= 0 && written !== person.name && written[0] !== person.name[0] && allHan(written)
        ? [{ start, end, people: [person], how: 'sound' as const }]
        : [];
    });
  }

  /** People whose names sound like words of the text and are not written there: mistyped or misheard. */
  heardIn(text: string): PersonMention[] {
    const taken = this.in(text);
    const found: PersonMention[] = [];
    for (const match of matchesOf(text, SPELLED)) {
      const letters = /[a-z]+$/.exec(match[0])?.[0] ?? '';
      for (const length of [1, 2]) {
        const han = match[0].slice(-letters.length - length, -letters.length);
        const people = this.heard.get(soundOf(han) + syllable(letters));
        const end = match.index + match[0].length;
        if (han.length === length && people)
          found.push({ start: end - letters.length - length, end, people, how: 'sound' });
      }
    }
    const sound = soundOf(text);
    for (let start = 0; start < text.length; start++)
      for (const length of [3, 2]) {
        const word = text.slice(start, start + length);
        const span = { start, end: start + length };
        if (word.length < length || !allHan(word) || taken.some((one) => overlaps(one, span))) continue;
        const people = this.heard.get(sound.slice(start, start + length));
        // A surname is heard right more often than it is spelled wrong.
        const likely = people?.filter(({ name }) => name !== word && name[0] === word[0]);
        if (likely?.length) found.push({ ...span, people: likely, how: 'sound' });
      }
    return found;
  }
}

/** What of a title somebody is called by: 局长 and 局, 副局长. */
interface Posts {
  called: string[];
  deputy: string[];
}
function postsOf(title: string): Posts {
  const posts = [...matchesOf(title, POST)].map(([post]) => post);
  const short = posts.flatMap((post) => SHORT[post] ?? []);
  return { called: [...posts, ...short], deputy: title.startsWith('副') ? posts.map((post) => `副${post}`) : [] };
}

/** How somebody is called at the office: 程主任, 孟局, 小薛, 老程, 素芬同志. */
function addressesOf({ name, roles }: WorldPerson, { called, deputy }: Posts): string[] {
  const surname = name[0] ?? '';
  const given = name.slice(1);
  const addresses = [...called, ...deputy].map((post) => `${surname}${post}`);
  if (given.length > 1) addresses.push(...called.map((post) => `${given}${post}`), `${given}同志`, given);
  addresses.push(`老${surname}`);
  if (roles.every((role) => role === 'staff')) addresses.push(`小${surname}`);
  addresses.push(...called.map((post) => `${name}${post}`));
  return addresses;
}
