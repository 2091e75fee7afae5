import type { Handler } from '#bot/handler.ts';
import { doubtOf, noSuchDayIn } from './doubt.ts';
import { type Choice, cue, itemLabel, type Meaning } from './evidence.ts';
import { CueIndex, has } from './pattern.ts';
import { type Clause, type Reading, read, type Said, type World } from './reading.ts';
import { overlaps, type Span, without } from './text.ts';
import { itemsOf } from './world.ts';

/** What a message means: commands to carry out, one question back, or nothing for the bot. */
export type Understanding =
  | { outcome: 'act'; commands: Order[] }
  | { outcome: 'ask'; parts: Part[]; commands: Order[] }
  | { outcome: 'none' };

/** What can be answered to a question, and what is done then; the input of an order may still lack parts. */
export interface Candidate {
  label: string;
  orders: Order[];
}
/** A stretch of the message that is not clear yet. */
export interface Open {
  handler: Handler;
  question: string;
  candidates: Candidate[];
  /** the words it stands in, verbatim */
  said: string;
}
/** A message in the order of its words: what is clear and what has to be asked. */
export type Part = Order | Open;
export const isOpen = (part: Part): part is Open => 'question' in part;

export interface Order {
  handler: Handler;
  input: unknown;
}

/** A capability's reading of a stretch of the message. */
export interface Claim extends Meaning<unknown> {
  handler: Handler;
  /** the sentence it stands in */
  sentence: Clause;
}

/**
 * Reads a message once, lets every capability say what it makes of it, and decides between them. Pure: looks at nothing
 * but its arguments; no capability is known by name.
 */
export function understand(said: Said, world: World, handlers: readonly Handler[]): Understanding {
  const reading = read(said, world);
  return reading.unknown.length > 0 ? withoutItem(reading, handlers) : decide(reading, handlers);
}

/** An item that is not there was named: what would be meant with another in its place is asked about. */
function withoutItem({ said, unknown, world, speaker }: Reading, handlers: readonly Handler[]): Understanding {
  const near = itemsOf(world, { owner: speaker.id, department: speaker.department });
  const [standIn = world.ledger[0]] = near;
  const named = unknown.map(({ start, end }) => said.text.slice(start, end));
  const replaced = named.reduce((text, name) => text.replace(name, `${standIn?.no}号台账`), said.text);
  const meant = decide(read({ ...said, text: replaced }, world), handlers);
  const [first] = meant.outcome === 'none' ? [] : meant.outcome === 'act' ? meant.commands : meant.parts;
  if (!first) return { outcome: 'none' };
  const mine = near.length > 0 ? `您科室（单位）的有${near.slice(0, 5).map(itemLabel).join('、')}` : '';
  const hint = [mine, '发“我的台账”可查看编号'].filter(Boolean).join('；');
  const question = `台账里没有“${named.join('”“')}”。${hint}。请写明是哪一项。`;
  const words = without(said.text, unknown).trim();
  return { outcome: 'ask', parts: [{ handler: first.handler, question, candidates: [], said: words }], commands: [] };
}

/** The arbiter: of claims on the same words the weightier wins; of equals it asks; what is unsure asks. */
export function decide(
  reading: Reading,
  handlers: readonly Handler[],
  claimsOf = (handler: Handler): Claim[] => claimsBy(handler, reading),
): Understanding {
  if (isNotForUs(reading)) return { outcome: 'none' };
  const claims = claimsOn(mayBeMeant(reading, handlers), claimsOf);
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
      return either([...rivals, claim], reading);
  }
  accepted.sort((one, other) => one.start - other.start);
  const parts = once(accepted.flatMap((claim): Part[] => partsOf(claim, accepted.length > 1, reading)));
  const commands = parts.flatMap((part) => (isOpen(part) ? part.candidates.flatMap(({ orders }) => orders) : [part]));
  if (parts.some(isOpen)) return { outcome: 'ask', parts, commands };
  return commands.length > 0 ? { outcome: 'act', commands } : { outcome: 'none' };
}

/** What is ordered twice in the very same way, 「签道！打错了，签到」, is meant once. */
function once(parts: Part[]): Part[] {
  if (parts.length < 2) return parts;
  const seen = new Set<string>();
  return parts.filter((part) => {
    if (isOpen(part)) return true;
    const order = `${part.handler.name} ${JSON.stringify(part.input, (key, value) => (key === 'note' ? '' : typeof value === 'string' ? value.trim() : value))}`;
    return !seen.has(order) && seen.add(order);
  });
}

const same = (rivals: Claim[], claim: Claim): boolean =>
  rivals.some(
    ({ handler, inputs }) => handler === claim.handler && JSON.stringify(inputs) === JSON.stringify(claim.inputs),
  );

const ordersOf = ({ handler, inputs }: Claim): Order[] => inputs.map((input) => ({ handler, input }));

/** A claim's commands, or its question with what can be answered to it. */
function partsOf(claim: Claim, amongOthers: boolean, reading: Reading): Part[] {
  const { said } = reading;
  const { handler, question, sentence } = claim;
  const words = (amongOthers ? said.text.slice(sentence.start, sentence.end) : said.text).trim();
  const noDay = handler.reads ? null : noSuchDayIn(sentence);
  if (noDay) {
    const asked = { handler, question: `没有${noDay}这一天，请写明正确的日期。`, candidates: [] };
    return [{ ...asked, said: words.replace(noDay, '') }];
  }
  if (question === undefined) return doubted(claim, words, reading) ?? ordersOf(claim);
  const choices = claim.choices ?? doubtsIn(sentence, question);
  const candidates = choices.map(({ label, input }) => ({ label, orders: [{ handler, input }] }));
  return [{ handler, question, candidates, said: words }];
}

/** What would be recorded though the words cast doubt on it: asked about in private, nothing among colleagues. */
function doubted(claim: Claim, said: string, reading: Reading): Part[] | null {
  const { handler, inputs } = claim;
  if (handler.reads || inputs.length === 0) return null;
  const question = doubtOf(reading, claim, handler);
  if (question === null) return null;
  if (reading.chat === 'group') return [];
  return [{ handler, question, candidates: [{ label: `是，${handler.title}`, orders: ordersOf(claim) }], said }];
}

/** Who or what a question about a name asks for: the unit that only sounds so, those whom the words fit alike. */
function doubtsIn({ departments, people, reading }: Clause, question: string): Choice[] {
  const units = departments.filter(({ how, department }) => how === 'sound' && question.includes(department.name));
  const namesakes = /哪一位|全名/.test(question) ? people.filter((one) => one.people.length > 1) : [];
  const unitOf = (code: string) => reading.world.departments.find((one) => one.code === code)?.name ?? '';
  return [
    ...units.map(({ department }) => ({ label: department.name, input: { department: department.code } })),
    ...namesakes.flatMap((one) =>
      one.people.slice(0, 4).map(({ id, name, department }) => ({
        ...{ label: `${name}（${unitOf(department)}）`, input: { member: id } },
      })),
    ),
  ];
}

/** Several capabilities are as likely meant: whoever wrote it says which. */
function either(claims: Claim[], { said }: Reading): Understanding {
  const [first] = claims;
  if (!first) return { outcome: 'none' };
  const candidates = claims.map((claim) => ({ label: claim.handler.title, orders: ordersOf(claim) }));
  const titles = [...new Set(claims.map(({ handler }) => `“${handler.title}”`))];
  const question = `您是想${titles.join('，还是')}？`;
  return {
    outcome: 'ask',
    parts: [{ handler: first.handler, question, candidates, said: said.text }],
    commands: claims.flatMap(ordersOf),
  };
}

// What is longer says what it says, title or not.
const LONGEST_OF_TITLE = 3;
const indexes = new WeakMap<readonly Handler[], CueIndex<Handler>>();

/** The capabilities that a message may mean at all: those one of whose cues can stand in it. */
export function mayBeMeant({ raw }: Reading, handlers: readonly Handler[]): Handler[] {
  const index = indexes.get(handlers) ?? new CueIndex(handlers);
  indexes.set(handlers, index);
  return index.in(raw);
}

/** Every capability's claims, the weightiest first; of equals those that know before those that ask. */
export const claimsOn = (handlers: readonly Handler[], claimsOf: (handler: Handler) => Claim[]): Claim[] =>
  handlers
    .flatMap(claimsOf)
    .sort(
      (one, other) =>
        other.weight - one.weight ||
        Number(one.question !== undefined) - Number(other.question !== undefined) ||
        one.start - other.start,
    );

/** What one capability makes of a message. */
export function claimsBy(handler: Handler, reading: Reading): Claim[] {
  const claims: Claim[] = [];
  for (const clause of stretchesOf(reading, handler)) {
    if (clause.sentence.toAll && !handler.heedsNotices) continue;
    const meant = handler.meant(clause) ?? [];
    const meanings = Array.isArray(meant) ? meant : [meant];
    if (meanings.length === 0 || restsOnNames(clause.sentence, handler)) continue;
    for (const meaning of meanings) claims.push({ ...meaning, handler, sentence: clause.sentence });
  }
  return claims;
}

/** Names are no evidence: where all that tells of a capability lies in them, it is not meant. */
function restsOnNames(clause: Clause, { cues = [] }: Handler): boolean {
  const found = cues.flatMap((one) => cue(clause, one) ?? []);
  if (found.length === 0) return clause.text !== clause.nameless && cues.some((one) => has(one, clause.text));
  return found.every((one) => isOfTitle(clause, one));
}

/** 催 of 催缴, 参会 of 参会项目, where a work is called so: words that go on as its title does only begin one of its words. */
const isOfTitle = ({ items, reading }: Clause, { start, end }: Span): boolean =>
  items.some(({ how, items: named }) => {
    if (how !== 'gist' || end - start > LONGEST_OF_TITLE) return false;
    const words = reading.message.text.slice(start, end + 1);
    return words.length > end - start && named.every(({ title }) => title.includes(words));
  });

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
