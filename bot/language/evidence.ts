import type { Day } from '#bot/calendar.ts';
import { narrowed } from './entities/items.ts';
import type { HeldSession } from './entities/sessions.ts';
import { mayMatch } from './pattern.ts';
import type { Clause } from './reading.ts';
import type { NamedDay } from './slots/day.ts';
import { type Span, without } from './text.ts';
import { itemsOf, type WorldItem, type WorldPerson } from './world.ts';

/** One thing a question offers to choose. */
export interface Choice {
  label: string;
  /** what the choice makes of the command; parts may still lack */
  input: object;
}

/**
 * What a capability makes of a clause: commands it is sure of, or a question back. The arbiter lets the weightier of two
 * win that rest on the same words; a light one counts only where nothing else is meant.
 */
export interface Meaning<Input> extends Span {
  /** 1 light: only if nothing else is meant; 2 plain; 3 said outright */
  weight: number;
  inputs: Input[];
  question?: string;
  choices?: Choice[];
}

/** Meant for sure. `span`: the words it rests on. */
export const act = <Input>({ start, end }: Span, weight: number, ...inputs: Input[]): Meaning<Input> => ({
  start,
  end,
  weight,
  inputs,
});

/** Meant, but something lacks or fits several ways. */
export const ask = ({ start, end }: Span, weight: number, question: string, choices?: Choice[]): Meaning<never> => ({
  start,
  end,
  weight,
  inputs: [],
  question,
  ...(choices && { choices }),
});

/**
 * Where the words of a pattern stand in the message; null if the clause has none. Names are no evidence: what lies in one or
 * cuts one, 催生 in 催生产力促进中心, 督查 in 督查办, is not found.
 */
export function cue(clause: Clause, pattern: RegExp): Span | null {
  const { start, text, nameless } = clause;
  const beside = mayMatch(pattern, nameless) ? pattern.exec(nameless) : null;
  if (beside || nameless === text) return beside && placed(beside, start);
  const match = mayMatch(pattern, text) ? pattern.exec(text) : null;
  const found = match && placed(match, start);
  return found && !cutsName(clause, found) ? found : null;
}

const placed = ({ index, 0: words }: RegExpExecArray, start: number): Span => ({
  start: start + index,
  end: start + index + words.length,
});

const cutsName = ({ people, departments, enterprises }: Clause, { start, end }: Span): boolean =>
  [...people, ...departments, ...enterprises].some(
    (name) =>
      (name.start <= start && end <= name.end) ||
      (name.start < start && start < name.end) ||
      (name.start < end && end < name.end),
  );

/**
 * The parts of a sentence around the one with a pattern, up to those that do something else: of 「首问制那项催一下，大会那项退回」
 * the first half urges.
 */
export function around(sentence: Clause, pattern: RegExp, other: RegExp): Clause {
  const { text } = sentence.reading.message;
  const parts = sentence.places.map((part) => ({ ...part, words: text.slice(part.start, part.end) }));
  const at = parts.findIndex(({ words }) => pattern.test(words));
  if (at < 0) return sentence;
  const foreign = (index: number): boolean => {
    const words = parts[index]?.words;
    return words === undefined || (other.test(words) && !pattern.test(words));
  };
  let [first, last] = [at, at];
  while (!foreign(first - 1)) first -= 1;
  while (!foreign(last + 1)) last += 1;
  if (first === 0 && last === parts.length - 1) return sentence;
  return sentence.within({ start: parts[first]?.start ?? sentence.start, end: parts[last]?.end ?? sentence.end });
}

/** The part between commas in which a pattern stands. */
export const partWith = (clause: Clause, pattern: RegExp): string =>
  clause.parts.find((part) => pattern.test(part)) ?? clause.text;

/** What fits: one thing, several, or nothing. */
export type Fit<Thing> = { one: Thing } | { several: Thing[] } | null;

export const fitOf = <Thing>(things: Thing[]): Fit<Thing> => {
  const [first] = things;
  return first === undefined ? null : things.length === 1 ? { one: first } : { several: things };
};

/** The item a clause speaks of: named in it, or in what was said just before and taken up again (该项). */
export function itemMeant(clause: Clause): Fit<WorldItem> {
  const [mention] = clause.items;
  if (mention) return fitOf(mention.items);
  const before = clause.before;
  if (before && before.items.length === 1) return fitOf(before.items[0]?.items ?? []);
  return null;
}

/** The item meant, a few weak words counting only for what is likely, e.g. for what awaits a decision. */
export function surelyMeant(clause: Clause, likely: (code: string) => boolean): Fit<WorldItem> {
  const [mention] = clause.items;
  const weak = mention?.how === 'gist' && mention.score < 0.85;
  return weak && !mention.items.some(({ code }) => likely(code)) ? null : itemMeant(clause);
}

/** Where nothing is named: the speaker's business among some items, if there is just one. */
export function itemUnnamed(clause: Clause, fits: (item: WorldItem) => boolean): Fit<WorldItem> {
  const { speaker, lexicon } = clause.reading;
  const near = lexicon.items
    .near(speaker)
    .filter((item) => (item.department === speaker.department || item.owner === speaker.id) && fits(item));
  const one = near.length > 1 ? narrowed(near, speaker) : null;
  return fitOf(one ?? near);
}

export const itemLabel = ({ no, title }: WorldItem): string => `${no}号《${title}》`;

export const itemChoices = (items: WorldItem[]): Choice[] =>
  items.slice(0, 4).map((item) => ({ label: itemLabel(item), input: { item: item.code } }));

const STUDY = /学习|讲座|辅导|培训|党课|报告会|集中学|那场|这场|场次|课(?!题)|会(?!风|计|议室)|活动/;

const sessionsMeant = new WeakMap<Clause, Map<boolean, Fit<HeldSession>>>();

/** The session a clause speaks of, by topic, by day and kind of event; `coming` leaves out what is over. */
export function sessionMeant(clause: Clause, coming: boolean): Fit<HeldSession> {
  const known = sessionsMeant.get(clause) ?? new Map<boolean, Fit<HeldSession>>();
  sessionsMeant.set(clause, known);
  const fit = known.has(coming) ? (known.get(coming) ?? null) : sessionNamed(clause, coming);
  known.set(coming, fit);
  return fit;
}

function sessionNamed(clause: Clause, coming: boolean): Fit<HeldSession> {
  const { reading } = clause;
  const { sessions } = reading.lexicon;
  const open = (session: HeldSession): boolean => !coming || session.to + 1_800_000 >= reading.now.getTime();
  const days = new Set(clause.days(coming ? 'ahead' : 'near').map(({ day }) => day));
  // 「知识产权科还差谁」 names a unit, 「六月十八号」 a day: no lecture and no 十八大.
  const named = [...clause.departments, ...clause.days('near')];
  const places = named.map(({ start, end }) => ({ start: start - clause.start, end: end - clause.start }));
  const about = sessions.about(without(clause.text, places)).filter(open);
  const dated = sessions.all
    .filter(({ day }) => days.has(day))
    .filter(open)
    .filter((session) => atHour(clause.text, session));
  const both = about.filter((one) => dated.includes(one));
  if (both.length > 0) return fitOf(both);
  if (about.length > 0 && (days.size === 0 || dated.length === 0))
    return days.size === 0 || about.length === 1 ? fitOf(about) : null;
  if (dated.length > 0 && STUDY.test(clause.text)) {
    const lectures = dated.filter(({ kind }) => kind !== '集中学习' && clause.text.includes(kind));
    return fitOf(lectures.length > 0 ? lectures : dated);
  }
  return null;
}

/** Said in the morning of a day with a session in the afternoon: another one. */
function atHour(text: string, { from }: HeldSession): boolean {
  const hour = (new Date(from).getUTCHours() + 8) % 24;
  if (/上午|早/.test(text)) return hour < 13;
  if (/下午/.test(text)) return hour >= 12 && hour < 18;
  return !/晚上|今晚|晚间/.test(text) || hour >= 17;
}

/** Colleagues a clause names, the speaker left out. */
export const others = (clause: Clause): WorldPerson[] =>
  clause.people.flatMap(({ people }) => people).filter(({ id }) => id !== clause.reading.speaker.id);

/** Days a stretch names: from the first to the last, e.g. 下周一至周五. */
export function stretch(clause: Clause, sense: 'ahead' | 'behind'): { from: Day; to: Day } | null {
  const days = clause.days(sense);
  const [first, second] = days;
  if (!first) return null;
  const between = second ? clause.reading.message.text.slice(first.end, second.start) : '';
  // 「从19号休到23号」, 「周四周五两天」
  const joined =
    // 「下周一开始休，休到下周五」
    /^(?:开始|起)[^。；]{0,10}[到至]$/.test(between) ||
    // 「9月3号起歇，5号止」
    (/^(?:开始|起)[^。；]{0,10}$/.test(between) &&
      /^(?:为?止|结束)/.test(clause.reading.message.text.slice(second?.end))) ||
    /^[^，,。]{0,6}(?:至|到|-|—|~)[^，,。]{0,2}$|^[^，,。]{0,2}(?:和|、|与|及)[^，,。]{0,2}$|^[ ，,]?$/.test(between) ||
    (first.end >= (second?.start ?? 0) && second !== undefined);
  if (!second || !joined) return { from: first.day, to: first.day };
  const joins = (one: NamedDay, other: NamedDay): boolean =>
    /^[^，,。]{0,2}(?:至|到|-|—|~|和|、|与|及)[^，,。]{0,2}$/.test(
      clause.reading.message.text.slice(one.end, other.start),
    );
  let last = 1;
  for (let next = days[last + 1]; next && joins(days[last] ?? second, next); next = days[last + 1]) last += 1;
  let to = (days[last] ?? second).day;
  // 「下周一至周五」: the Friday after that Monday.
  for (let weeks = 0; to < first.day && weeks < 3; weeks++)
    to = new Date(Date.parse(to) + 7 * 86_400_000).toISOString().slice(0, 10);
  return { from: first.day, to };
}

/** Gives orders at the office: the chief, a leader, the campaign office, a head of a unit. */
export const givesOrders = ({ roles }: WorldPerson): boolean => roles.some((role) => role !== 'staff');

// How much of another title may stand between the characters of a name for the name to be short for it.
const MOST_BETWEEN = 3;

// Measures that most works are counted by.
const COMMON = ['个', '家', '项', '次'];

/** Other works of the unit that the name may be short for: 优势企业 names 优势企业2家 and stands for 优势培育企业3家. */
export function likeNamed({ reading }: Clause, { start, end }: Span, item: WorldItem): WorldItem[] {
  const name = [...reading.message.text.slice(start, end)].filter((char) => /[〇㐀-鿿]/.test(char));
  // 「渠道」 with a length of 公里 may be any canal of the unit that is counted so.
  if (name.length === 2) {
    if (item.unit === null || COMMON.includes(item.unit)) return [];
    return itemsOf(reading.world, { department: item.department }).filter(
      (other) =>
        other.code !== item.code && other.unit === item.unit && name.some((char) => other.title.includes(char)),
    );
  }
  if (name.length < 3 || name.length > 4) return [];
  return itemsOf(reading.world, { department: item.department }).filter(
    (other) =>
      other.code !== item.code &&
      isShortFor(name, other.title) &&
      // What has it word for word was weighed already.
      !other.title.includes(name.join('')),
  );
}

/** The characters in their order, few others between each and the next. */
function isShortFor(name: readonly string[], title: string): boolean {
  const chars = [...title];
  let ends = chars.flatMap((char, at) => (char === name[0] ? [at] : []));
  for (const char of name.slice(1))
    ends = chars.flatMap((one, at) =>
      one === char && ends.some((end) => at > end && at - end <= MOST_BETWEEN + 1) ? [at] : [],
    );
  return ends.length > 0;
}
