import { type Day, dayOf } from '#bot/calendar.ts';
import { LACKS } from './acts.ts';
import { Stretch, View } from './clause.ts';
import type { DepartmentMention } from './entities/departments.ts';
import { type ItemMention, isNear } from './entities/items.ts';
import type { PersonMention } from './entities/people.ts';
import { type Lexicon, lexiconOf, replaceableIn } from './lexicon.ts';
import { type Bearing, bearingOf, callsAll, corrected, type Mood, unquoted } from './mood.ts';
import { placeAt } from './places.ts';
import type { NamedDay } from './slots/day.ts';
import type { Sense } from './slots/sense.ts';
import { isLonger, isSame, listMarks, normalise, overlaps, type Span, sentencesOf, unframed, without } from './text.ts';
import type { World, WorldEnterprise, WorldItem, WorldPerson } from './world.ts';

export type * from './world.ts';

/** A message as understanding sees it. */
export interface Said {
  /** verbatim */
  text: string;
  speaker: WorldPerson;
  /** when it was sent */
  now: Date;
  /** the day that is in the office, where it is known */
  today?: Day;
  chat: 'direct' | 'group';
}

/** A message read once: what every capability's evidence looks at. */
export interface Reading {
  said: Said;
  speaker: WorldPerson;
  now: Date;
  today: Day;
  chat: 'direct' | 'group';
  world: World;
  lexicon: Lexicon;
  /** the message as it was written and in one shape, nothing blanked out: every character that anything may be read in */
  raw: string;
  bearing: Bearing;
  /** numbers and codes of items that are not in the ledger */
  unknown: Span[];
  /** what introduces a list, 「逐一提醒：」; empty where there is none */
  lead: string;
  /** the whole message */
  message: Clause;
  sentences: Clause[];
  /** parts of sentences that speak of one thing */
  clauses: Clause[];
}

/** A stretch of a message with what it names. Places are those of the whole message. */
export interface Clause extends Span {
  reading: Reading;
  /** brought into one shape, without what the speaker took back or quoted */
  text: string;
  /** the text with the names of units, people and enterprises as □: what is looked for in it is no part of a name */
  nameless: string;
  /** verbatim */
  said: string;
  /** where its parts between commas stand */
  places: readonly Span[];
  parts: string[];
  /** the parts with item numbers, codes and dates blanked out: what is left of figures counts something */
  counted: string[];
  mood: Mood;
  /** said to everybody, so no order to the bot */
  toAll: boolean;
  items: ItemMention[];
  people: PersonMention[];
  departments: DepartmentMention[];
  enterprises: (Span & { enterprise: WorldEnterprise })[];
  /** the sentence it is part of; a sentence or the message itself for those */
  sentence: Clause;
  /** what was said before it in the message */
  before: Clause | null;
  /** a stretch of it as a clause of its own */
  within(span: Span): Clause;
  /** days the words name, those of item numbers left out */
  days(sense: Sense): NamedDay[];
}

// The platform delivers no text longer than 2,048 bytes; what comes another way is read as far as that.
const LONGEST = 2048;
// A part that counts something of its own.
const COUNTS = /[\d一二两俩三仨四五六七八九十](?:[家个项所次份件户亩场座支块处条篇本%成]|人次|万)/;

// What stands in the place of words that are left out of sight.
const BLANKS = ' \u00a0□';

/** Reads one message of a known speaker. Pure; never fails, whatever the text. */
export function read(message: Said, world: World): Reading {
  const { speaker, chat, today = dayOf(message.now) } = message;
  // The very instant matters to few capabilities, and only they look at it.
  const said: Said = {
    ...{ text: unframed(message.text), speaker, chat, today },
    get now() {
      return message.now;
    },
  };
  const normal = normalise(said.text.slice(0, LONGEST));
  const lexicon = lexiconOf(world);
  const spoken = unquoted(normal);
  const text = corrected(spoken, () => replaceableIn(spoken, speaker, lexicon));
  const reading = {
    said,
    speaker,
    get now() {
      return message.now;
    },
    today,
    chat,
    world,
    lexicon,
    raw: `${said.text}${normal}${BLANKS}`,
    bearing: bearingOf(normal),
    unknown: lexicon.items.unknownIn(text),
  } as Reading;

  const marks = listMarks(text);
  const numbered = lexicon.items.numberedIn(without(text, marks), speaker);
  const units = lexicon.departments.in(text, speaker);
  // 「成科」 in 职成科 is nobody.
  const people = lexicon.people
    .in(text)
    .filter((one) => one.how !== 'address' || !units.some((unit) => unit.how === 'name' && isLonger(unit, one)));
  const departments = units.filter((one) => !people.some((other) => overlaps(one, other)));
  const enterprises = lexicon.enterprises.in(text);
  const known = [...numbered, ...departments, ...people, ...enterprises];
  // 「某某局：……」 is told by somebody outside the office.
  const teller = /^\s*([〇㐀-鿿]{2,14}(?:[局厅委台网县市]|(?<![上申汇填呈通])报|电视台))[:：]/.exec(text);
  // 「古月15号前」: no month ends in 月 of a name.
  const byName = people.filter(({ how }) => how === 'name');
  const unnumbered = without(text, numbered);
  // Fewer words name what is one's own.
  const overAll = (): boolean =>
    chat === 'direct' && speaker.roles.some((role) => role === 'chief' || role === 'office');
  const isOwn = (item: WorldItem): boolean => overAll() || isNear(item, speaker);
  const view = new View({
    ...{ reading, text, unnumbered, numbered, people, departments, enterprises },
    whereDays: without(unnumbered, byName, '□'),
    nameless: without(text, [...departments, ...people, ...enterprises], '□'),
    unnamed: without(text, known),
    calledAll: callsAll(text),
    own: () => (overAll() ? world.ledger : lexicon.items.near(speaker)),
  });
  // 「共享平台：……」 is headed by the name of one's own work.
  const tells = (head: string): boolean =>
    placeAt(head.trimStart(), 0) !== null ||
    !view.itemsNamed({ start: 0, end: head.length }).some(({ score, items }) => score >= 1 && items.some(isOwn));
  if (teller && !known.some(({ start }) => start < teller[0].length)) reading.bearing.forwarded ||= tells(teller[0]);
  const clauseOf = (span: Span, sentence: Clause | null, before: Clause | null): Clause =>
    new Stretch(view, span, sentence, before);

  const [mark] = marks;
  reading.lead = mark ? (/^[^。；;]{2,30}[:：，,\s]+$/.exec(text.slice(0, mark.start))?.[0] ?? '') : '';
  const whole = { start: 0, end: text.length };
  reading.message = clauseOf(whole, null, null);
  reading.sentences = [];
  reading.clauses = [];
  // A bare heading of a list, 「自学登记：」, means nothing by itself.
  const heads = ({ end }: Span): boolean =>
    reading.lead !== '' &&
    !/总结|小结|月报|心得|体会|汇总|成绩单|盘点|回顾|述职|汇报/.test(reading.lead) &&
    end <= reading.lead.length &&
    !known.some(({ start }) => start < reading.lead.length);
  for (const span of sentencesOf(text, marks).filter((one) => !heads(one))) {
    const before = reading.clauses.at(-1) ?? null;
    // A message of one sentence is read once.
    const sentence = before === null && isSame(span, whole) ? reading.message : clauseOf(span, null, before);
    reading.sentences.push(sentence);
    for (const scene of scenesOf(sentence))
      reading.clauses.push(
        isSame(scene, sentence) ? sentence : clauseOf(scene, sentence, reading.clauses.at(-1) ?? null),
      );
  }
  return reading;

  /** Parts between commas stay together until one names another item. */
  function scenesOf(sentence: Clause): Span[] {
    const scenes: (Span & { codes: string[]; mine: boolean; bySpeaker: boolean })[] = [];
    for (const part of sentence.places) {
      const named = clauseOf(part, sentence, null).items.filter(
        ({ how, score }) => how !== 'gist' || score >= 1 || COUNTS.test(text.slice(part.start, part.end)),
      );
      const codes = named.flatMap(({ items }) => items.map(({ code }) => code));
      const last = scenes.at(-1);
      const words = text.slice(part.start, part.end);
      // What others do, named by two characters, is no turn from one's own work: 「文书整改：培训做了」; nor what a colleague of the
      // unit does, where nothing is counted of it: 「门户网站改版完成，新版今天上线」.
      const ofOthers = (item: WorldItem): boolean =>
        last?.bySpeaker && !COUNTS.test(words) ? item.owner !== speaker.id && !overAll() : !isOwn(item);
      if (
        last?.mine &&
        named.every(({ how, score, items }) => how === 'gist' && score < 1.5 && items.every(ofOthers))
      ) {
        last.end = part.end;
        continue;
      }
      // 「养老金调整发放：人员数据核完了」: what heads a text need not be named so fully.
      const sureFrom = /[:：]/.test(text[part.end] ?? '') ? 1 : 1.5;
      const surely = named.filter(({ how, score }) => how !== 'gist' || score >= sureFrom);
      const mine = surely.some(({ items }) => items.some(isOwn));
      const bySpeaker = surely.some(({ items }) => items.some(({ owner }) => owner === speaker.id));
      const sure = named.every(({ how }) => how !== 'gist');
      // One of several named just before is a matter of its own: 「5号和8号一块报：5号累计1家，8号累计2个」.
      const other =
        last &&
        codes.length > 0 &&
        last.codes.length > 0 &&
        (!codes.some((code) => last.codes.includes(code)) || (last.codes.length > 1 && codes.length === 1 && sure));
      // 「先别通过，满意度表没交」: what lacks is a reason, no matter of its own.
      const reason =
        !sure && LACKS.test(words) && !/[退催延验报]|通过|\d|[一二两俩三仨四五六七八九十][家个项所]/.test(words);
      if (!last || (other && !reason)) scenes.push({ ...part, codes, mine, bySpeaker });
      else
        Object.assign(last, {
          end: part.end,
          codes: codes.length > 0 ? codes : last.codes,
          ...{ mine: last.mine || mine, bySpeaker: last.bySpeaker || bySpeaker },
        });
    }
    const [first] = scenes;
    if (first) first.start = sentence.start;
    return scenes;
  }
}
