import { everywhere } from './asking.ts';
import type { ItemMention } from './entities/items.ts';
import type { Lexicon } from './lexicon.ts';
import type { Clause, Reading } from './reading.ts';
import { overlaps, type Span, undated, without, withoutPairsOf } from './text.ts';
import { verbose } from './verbose.ts';
import { itemsOf, type World } from './world.ts';

/**
 * What may stand beside the words a capability rests on, in the part of the sentence they stand in. Words that only frame
 * what is told, names, days, figures and what the command itself names are accounted for; of anything else, another
 * subject, another thing, a second verb, there may be so much.
 */
export interface Account {
  /** what it rests on, where that is not its cues */
  rests?: readonly RegExp[];
  /** other words of its matter */
  words?: RegExp;
  /** the most characters of anything else ahead of it; any number where absent */
  ahead?: number;
  /** and behind it */
  behind?: number;
  /** any part of the sentence that holds what it rests on may account for it, not only those about to be recorded */
  anywhere?: true;
}

/** What is about to be recorded, the words it was found in. */
interface Resting extends Span {
  inputs: readonly unknown[];
  sentence: Clause;
}

// Particles, politeness, connectives, adverbs of degree and time, the speaker; figures with their measures.
const CLOSED = verbose`
  ^(?:
      [^〇㐀-鿿]+ | 麻烦 | 劳驾 | 烦请 | 拜托 | 辛苦 | 谢谢 | [您你]好 | 好的 | 领导 | 同志 | 各位 | 大家 | [我咱俺]们?的? | 您
      | 你 | 本人 | 自己 | [这那](?:边|里|儿|块|次|回|几)?[项件条份个位]? | [项件条份个位] | [这那]天 | 一[下并起直] | 已经?
      | 刚[刚才]? | 方才 | 现在 | 目前 | 眼下 | 如今 | [今昨前明后][天日早晚儿年] | [今昨] | [上下中]午 | 早上 | 晚上 | [早晚]
      | [本这上下]周 | [本上这]?[次月年周日] | 全部 | 全 | 一共 | 总[共算] | 终于 | 左右 | 大[约概] | 差不多 | 非常 | 比较 | 特别
      | 另外 | 此外 | 还有 | 顺便 | 然后 | 接着 | 首先 | 先 | 后 | 前 | 因为? | 由于 | 所以 | 不过 | 但是? | 其中 | 包括 | 以及
      | 关于 | 第?[零〇一二两俩仨三四五六七八九十百千万半几]+(?:个半|个|项|家|份|件|次|位|天|条|小?时|钟头|分钟?|刻钟|点)? | 小时
      | 钟头 | 分钟 | 刻钟 | [号分点时] | 除了 | 等着? | 那一 | 这一 | 周末 | 清早
      | [的了啦咯喽呢吧啊呀哦嗯哈嘛地得着过和跟与及并也都就又再还才只则且而于在把将给让对向从到以按等很太更最挺正均共约请为是有个之其每各]
    )$
`;

// 「走访甲厂的照片」, 「请假三天的通告」: what it rests on only says of which thing something is told.
const ATTRIBUTE = /^[□\s\d]*的(.+)/;
// 「讲座的车取消」: the thing itself stands between.
const OWNED = /的([^的，。□]+)$/;

const segments = new Intl.Segmenter('zh', { granularity: 'word' });

/** What the commands name besides: titles, topics, rooms, the reasons of leaves that wait. */
function namedBy(lexicon: Lexicon, { world }: Reading, inputs: readonly unknown[]): string[] {
  const named = inputs as readonly { item?: string; session?: string; member?: string }[];
  // 「专利讲座」 of a lecture on 知识产权: what the works of the unit of that name say is of its matter.
  const ofUnits = (topic: string): string[] =>
    world.departments
      .map(({ code, name }) => ({ code, name: name.replace(/[科室处股所办]$/, '') }))
      .filter(({ name }) => name.length > 2 && topic.includes(name))
      .flatMap(({ code }) => itemsOf(world, { department: code }).map(({ title }) => title));
  return named.flatMap(({ item, session, member }) => [
    ...(item ? [lexicon.items.coded(item)?.title ?? ''] : []),
    ...world.sessions
      .filter(({ code }) => code === session)
      .flatMap(({ topic, venue, aliases = [] }) => [topic, venue, ...aliases, ...ofUnits(topic)]),
    ...world.pending.leaves.filter((one) => one.member === member).map(({ reason }) => reason),
  ]);
}

/** 我也, 那次: what is taken for one word may be two of them. */
const isClosed = (word: string): boolean => CLOSED.test(word) || [...word].every((char) => CLOSED.test(char));

/** What of some words nothing accounts for, word by word; characters that stand beside each other in a name go by twos. */
function left(words: string, named: readonly string[], { words: own }: Account): string[] {
  const bare = withoutPairsOf(words, named);
  const besides = own ? bare.replace(everywhere(own), (found) => ' '.repeat(found.length)) : bare;
  if (!/[〇㐀-鿿]/.test(besides)) return [];
  const unknown = [...segments.segment(besides)].filter(({ segment }) => !isClosed(segment));
  return unknown.map(({ segment }) => segment).filter((_, at) => !isShortFor(runAround(unknown, at), named));
}

/** How many characters of some words neither everyday framing nor the words given account for. */
export const unaccountedFor = (words: string, own: RegExp): number => sizeOf(left(words, [], { words: own }));

/** The words that follow each other without a gap, one of them given. */
function runAround(found: readonly { segment: string; index: number }[], at: number): string {
  const joins = (one: number): boolean =>
    (found[one - 1]?.index ?? -1) + (found[one - 1]?.segment.length ?? 0) === found[one]?.index;
  let [first, last] = [at, at];
  while (joins(first)) first -= 1;
  while (joins(last + 1)) last += 1;
  return found
    .slice(first, last + 1)
    .map(({ segment }) => segment)
    .join('');
}

/** 非遗法 for 非物质文化遗产法: its characters in their order. */
const isShortFor = (words: string, named: readonly string[]): boolean =>
  words.length > 1 &&
  named.some(
    (name) => [...words].reduce((from, char) => (from < 0 ? from : name.indexOf(char, from) + 1 || -1), 0) > 0,
  );

// 「大会用的音响」, 「实验室的空调」
const BELONGS = /^[^，。的□]{0,2}的([^，。]+)/;

/** The thing something is told of where a work is named only to say whose it is; null where the words given or its title account for it. */
export function thingOf({ items, nameless, start }: Clause, own: RegExp): string | null {
  for (const { how, end, items: named } of items) {
    const [, after] = BELONGS.exec(nameless.slice(end - start)) ?? [];
    if (how !== 'gist' || after === undefined) continue;
    const titles = named.map(({ title }) => title);
    const [thing] = left(undated(after), titles, { words: own });
    if (thing !== undefined && after.startsWith(thing)) return thing;
  }
  return null;
}

// 「信访局转的欠薪那件」: what stands between its name and what points at it calls it too.
const POINTED = /^[^，。；：:\s\d]{1,4}[那这]一?[项件个条桩]/;

const asFarAsPointed = (mention: ItemMention, text: string, world: World): Span => ({
  start: fromWhereNamed(mention, text, world),
  end: mention.end + (POINTED.exec(text.slice(mention.end))?.[0].length ?? 0),
});

/** 「专利优势培育区域」 for 知识产权优势培育区域: two characters right ahead that another work of the unit is named by. */
function fromWhereNamed({ start, how, items: [item, other] }: ItemMention, text: string, world: World): number {
  const ahead = text.slice(Math.max(0, start - 2), start);
  if (how !== 'gist' || !item || other || !/^[〇㐀-鿿]{2}$/.test(ahead)) return start;
  const near = itemsOf(world, { department: item.department });
  return near.some(({ title }) => title.includes(ahead)) ? start - 2 : start;
}

const firstOf = (patterns: readonly RegExp[], words: string): RegExpExecArray | null =>
  patterns.reduce<RegExpExecArray | null>((found, one) => found ?? one.exec(words), null);
const sizeOf = (words: readonly string[]): number => words.join('').length;

/**
 * Words that nothing accounts for, where every part that holds what a capability rests on has more of them than it
 * allows; null if there is none such.
 */
export function unaccountedIn(
  reading: Reading,
  { start, end, sentence, inputs }: Resting,
  account: Account,
  cues: readonly RegExp[],
): string | null {
  const { lexicon, message } = reading;
  const rests = account.rests ?? cues;
  const named = namedBy(lexicon, reading, inputs);
  const { nameless: unnamed } = message;
  const known = [...sentence.items.map((one) => asFarAsPointed(one, unnamed, reading.world)), ...sentence.days('near')];
  const nameless = without(unnamed, known, '□');
  let over: string | null = null;
  for (const part of sentence.places) {
    if (!account.anywhere && !overlaps(part, { start, end })) continue;
    const words = undated(nameless.slice(part.start, part.end));
    const found = firstOf(rests, words);
    if (!found) continue;
    const ahead = left(words.slice(0, found.index), named, account);
    const after = words.slice(found.index + found[0].length);
    const behind = left(after, named, account);
    const most = account.ahead ?? Number.POSITIVE_INFINITY;
    const [, owned] = most === 1 ? (OWNED.exec(words.slice(0, found.index)) ?? []) : [];
    const far = sizeOf(ahead) > most || (owned !== undefined && left(owned, named, account).length > 0);
    const [, of] = ATTRIBUTE.exec(after) ?? [];
    const [thing] = of === undefined ? [] : left(of, named, account).filter((word) => of.startsWith(word));
    if (!far && !thing && sizeOf(behind) <= (account.behind ?? Number.POSITIVE_INFINITY)) return null;
    over ??= far ? ahead.join('') : (thing ?? behind.join(''));
  }
  return over;
}
