import type { Handler } from '#bot/handler.ts';
import { lexiconOf } from './lexicon.ts';
import { read, type Said, type World } from './reading.ts';
import { readNumber } from './slots/number.ts';
import { normalise, type Span, unframed } from './text.ts';
import { type Candidate, isOpen, type Open, type Order, type Part, understand } from './understand.ts';

/** A message that is answered in pieces: how far it is understood, and when and where it was said. */
export interface Talk {
  said: Omit<Said, 'text'>;
  parts: Part[];
}
export type Resumed =
  /** `said`: all that was said for it, in one sentence; `chosen`: which candidate the words of the question turned out to mean */
  | { kind: 'going-on'; parts: Part[]; said: string; chosen?: Chosen }
  | { kind: 'dropped' }
  | { kind: 'unclear' }
  /** no answer at all: a message of its own */
  | { kind: 'else' };

export interface Chosen {
  words: string;
  candidate: Candidate;
}

const YES = /^(?:确认|是|是的|对|对的|对头|嗯+|好|好的|可以|没错|就是它?|就这个|正是)$/;
const NO = /^(?:不|不是|都不是|否|取消|算了|先不|不对|没有|不用了?|不办了?)$/;
const DENIED = /^(?:都?不是|不对|错了|不)[，。\s]*(?:我(?:说|报|指)的)?(?:应该?)?是?(?<rest>.+)$/;
const LED_IN = /^(?:我(?:说|报|指|要)的)?(?:应该?)?(?:就?是|选|要|为)(?<rest>.+)$/;
const PLACE = /^(?:选|第)?(?<place>\d{1,2}|[一二两三四五六七八九十])(?:个|条|项|件|位|场|号?选项|种)?$/;
const ENDS: [pattern: RegExp, place: (count: number) => number][] = [
  [/^(?:前|头|上)(?:面)?(?:一|那)?(?:个|条|项|件|位|场)$/, () => 1],
  [/^(?:后|下|最后|末)(?:面)?(?:一|那)?(?:个|条|项|件|位|场)$/, (count) => count],
];
const FILLER = /[\p{P}\s的那这个项件位台账是吧呢啊嗯场]/gu;
const LONGEST_ANSWER = 40;

/**
 * Takes the message as the answer to the first open part: by place (「第二个」, 「2」), by name (「K3-1」, 「张薇」), 「是的」, 「不是，
 * 是张薇」, or by what lacked, given alone (「60%」, 「28日前」). What says something of its own is no answer. Pure.
 */
export function resume(talk: Talk, answer: string, world: World, handlers: readonly Handler[]): Resumed {
  const open = talk.parts.find(isOpen);
  if (!open) return { kind: 'else' };
  const text = normalise(unframed(answer))
    .replace(/[。！!~\s]+$/u, '')
    .replace(/(?<=.)[吧呢啊呀哦哈啦]$/u, '')
    .trim();
  if (NO.test(text)) return { kind: 'dropped' };
  if (text === '' || text.length > LONGEST_ANSWER) return { kind: 'else' };
  const about = { talk, open, world, handlers };
  const picked = pick(text, about);
  if (picked === 'unclear') return { kind: 'unclear' };
  if (picked) return chosen(picked, about);
  const own = understand({ ...talk.said, text: answer }, world, handlers);
  // A name alone would else be a look at what it names.
  if (own.outcome === 'act' && !isBareName(text, about)) return { kind: 'else' };
  const rest = DENIED.exec(text)?.groups?.['rest'] ?? LED_IN.exec(text)?.groups?.['rest'] ?? text;
  const works = worksIn(text, about);
  const isOf = (part: Part): boolean =>
    !isOpen(part) && works.includes(String((part.input as { item?: unknown }).item));
  const suits = (parts: Part[]): boolean => !parts.some(isOpen) && (works.length === 0 || parts.some(isOf));
  const found = firstThat(carriersOf(open, rest), about, suits);
  if (found) return { kind: 'going-on', said: found.text, parts: replaced(talk, open, found.parts) };
  return { kind: own.outcome === 'none' && works.length === 0 ? 'unclear' : 'else' };
}

/** Works the words name outright: 「8号台账完成120%」 tells the day of no leave, though an 8号 stands in it. */
const worksIn = (words: string, { talk, world }: About): string[] =>
  read({ ...talk.said, text: words }, world).message.items.flatMap(({ how, items, start, end }) =>
    how !== 'gist' && /台账|项|#|[A-Za-z]/.test(words.slice(start, end)) ? items.map(({ code }) => code) : [],
  );

interface About {
  talk: Talk;
  open: Open;
  world: World;
  handlers: readonly Handler[];
}

function pick(text: string, about: About): Candidate | 'unclear' | null {
  const { candidates } = about.open;
  const [only, other] = candidates;
  if (YES.test(text)) return only && !other ? only : 'unclear';
  if (!only) return null;
  const place = PLACE.exec(text)?.groups?.['place'];
  const end = ENDS.find(([pattern]) => pattern.test(text))?.[1](candidates.length);
  const at = end ?? (place === undefined ? null : readNumber(place));
  // To a question that only a yes is missing, 「1」 is one; else it may be a number.
  if (at !== null && (other || only.orders.every(isWhole)) && (place === undefined || named(text, about) === null))
    return candidates[at - 1] ?? 'unclear';
  const rest = DENIED.exec(text)?.groups?.['rest'];
  return named(rest ?? LED_IN.exec(text)?.groups?.['rest'] ?? text, about);
}

/** What a few words name and nothing besides: codes and ids. */
function namesIn(words: string, { talk, world }: About): string[] {
  const reading = read({ ...talk.said, text: words }, world).message;
  const mentions = [
    ...reading.items.map(({ items, ...span }) => ({ ...span, ids: items.map(({ code }) => code) })),
    ...reading.people.map(({ people, ...span }) => ({ ...span, ids: people.map(({ id }) => id) })),
    ...reading.departments.map(({ department, ...span }) => ({ ...span, ids: [department.code] })),
  ];
  return mentions.flatMap(({ start, end, ids }) =>
    (words.slice(0, start) + words.slice(end)).replace(FILLER, '') === '' ? ids : [],
  );
}

const isBareName = (words: string, about: About): boolean => namesIn(words, about).length > 0;

/** The candidate the words name: what it stands for is mentioned, or only its label has these words. */
function named(words: string, about: About): Candidate | null {
  const { candidates } = about.open;
  const ids = namesIn(words, about);
  const fitting = candidates.filter(({ orders }) =>
    orders.some(({ input }) => Object.values(input as object).some((value) => ids.includes(value))),
  );
  if (fitting.length > 0) return fitting.length === 1 ? (fitting[0] ?? null) : null;
  const bare = words.replace(FILLER, '');
  if (bare === '' || /^\d/.test(bare)) return null;
  const labelled = candidates.filter(({ label }) => inOrder(bare, label));
  return labelled.length === 1 ? (labelled[0] ?? null) : null;
}

function inOrder(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short[at]) at += 1;
  return at === short.length;
}

/** A candidate was chosen: what it would do, read anew with the message where something still lacks. */
function chosen(candidate: Candidate, about: About): Resumed {
  const { talk, open } = about;
  const subjects = candidate.orders.flatMap((order) => subjectOf(order, about.world));
  const carriers = [
    ...candidate.orders.flatMap((order) => spelledOut(open.said, order, about)),
    ...subjects.flatMap((subject) => [`${subject}，${open.said}`, `${subject}${open.said}`]),
  ];
  const agrees = (parts: Part[]): boolean =>
    parts.every((part) => isOpen(part) || candidate.orders.some((order) => holds(order, part)));
  const goingOn = (parts: Part[], said = open.said): Resumed => ({
    ...{ kind: 'going-on', said, parts: replaced(talk, open, parts) },
    chosen: { words: open.said, candidate },
  });
  const clear = firstThat(carriers, about, (parts) => agrees(parts) && !parts.some(isOpen));
  if (candidate.orders.every(isWhole)) return goingOn(candidate.orders, clear?.text);
  if (clear) return goingOn(clear.parts, clear.text);
  const filled = candidate.orders.map((order) => withWords(order, open.said));
  // Of several the choice was what lacked; of one it was something else.
  if (open.candidates.length > 1 && filled.every(isWhole)) return goingOn(filled);
  return goingOn(firstThat(carriers, about, agrees)?.parts ?? [{ ...open, candidates: [candidate] }]);
}

export const isWhole = ({ handler, input }: Order): boolean => handler.input.safeParse(input).success;

/** Everything the candidate says is said by the order as well. */
const holds = (candidate: Order, { handler, input }: Order): boolean =>
  handler === candidate.handler &&
  Object.entries(candidate.input as object).every(
    ([slot, value]) =>
      typeof value !== 'string' || /[〇㐀-鿿\s]/.test(value) || (input as Record<string, unknown>)[slot] === value,
  );

/** Free words that the order lacks are those that were said. Figures are never filled in. */
function withWords({ handler, input }: Order, words: string): Order {
  const figures = handler.input.safeParse(input).error?.issues ?? [];
  const lacking = figures.flatMap(({ path: [slot], code }) =>
    typeof slot === 'string' && code === 'invalid_type' && ['note', 'reason', 'text', 'topic'].includes(slot)
      ? [slot]
      : [],
  );
  return { handler, input: { ...(input as object), ...Object.fromEntries(lacking.map((slot) => [slot, words])) } };
}

/** The sentence with the name that was unclear written as it should be. */
function spelledOut(said: string, { input }: Order, { talk, world }: About): string[] {
  const { message } = read({ ...talk.said, text: said }, world);
  const { member, department } = input as Record<string, unknown>;
  const unit = world.departments.find(({ code }) => code === department);
  const person = world.members.find(({ id }) => id === member);
  const spoken = message.departments.filter((one) => one.how === 'sound' && one.department === unit);
  const people = [...message.people, ...lexiconOf(world).people.heardIn(message.text)].filter((one) =>
    one.people.some(({ id }) => id === member),
  );
  const written = (one: Span, name: string) => said.slice(0, one.start) + name + said.slice(one.end);
  return [
    ...(unit ? spoken.map((one) => written(one, unit.name)) : []),
    ...(person ? people.map((one) => written(one, person.name)) : []),
  ];
}

/** True if a yes to the only candidate leaves nothing open. */
export function isSettledByYes(talk: Talk, world: World, handlers: readonly Handler[]): boolean {
  const resumed = resume(talk, '是', world, handlers);
  return resumed.kind === 'going-on' && !resumed.parts.some(isOpen);
}

/** How what a candidate stands for is called in a sentence. */
function subjectOf({ input }: Order, { ledger, members, departments }: World): string[] {
  const { item, member, department } = input as Record<string, unknown>;
  const no = ledger.find(({ code }) => code === item)?.no;
  return [
    ...(no === undefined ? [] : [`${no}号台账`]),
    ...members.flatMap(({ id, name }) => (id === member ? [name] : [])),
    ...departments.flatMap(({ code, name }) => (code === department ? [name] : [])),
  ];
}

/** Sentences the answer may be the missing part of; the first that is clear counts. */
function* carriersOf({ said, candidates }: Open, answer: string): Generator<string> {
  const number = /^(?:第)?(\d+|[一二三四五六七八九十]+)(?:号|项)?$/.exec(answer)?.[1];
  if (number) yield `${number}号台账，${said}`;
  yield `${said}，${answer}`;
  yield `${answer}，${said}`;
  yield `${said}${answer}`;
  yield `${said}到${answer}`;
  yield `${answer}${said}`;
  const [only, other] = candidates;
  const name = only && !other ? /^\d+号/.exec(only.label)?.[0] : undefined;
  if (name) {
    yield `${name}台账${answer}`;
    yield `${name}台账累计${answer}`;
  }
}

/** The first of the sentences that means nothing but what the question was about, as far as it has to be. */
function firstThat(
  sentences: Iterable<string>,
  { talk, open, world, handlers }: About,
  suits: (parts: Part[]) => boolean,
): { text: string; parts: Part[] } | null {
  const meant = new Set([open.handler, ...open.candidates.flatMap(({ orders }) => orders.map((one) => one.handler))]);
  for (const text of sentences) {
    const result = understand({ ...talk.said, text }, world, handlers);
    const parts = result.outcome === 'ask' ? result.parts : result.outcome === 'act' ? result.commands : [];
    if (parts.length > 0 && parts.every(({ handler }) => meant.has(handler)) && suits(parts)) return { text, parts };
  }
  return null;
}

const replaced = ({ parts }: Talk, open: Open, by: Part[]): Part[] =>
  parts.flatMap((part) => (part === open ? by : [part]));
