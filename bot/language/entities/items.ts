import { Dictionary } from '../dictionary.ts';
import { beyond, type Gist, type GistIndex } from '../gist.ts';
import { matchesOf } from '../pattern.ts';
import { NUMBER, readNumber } from '../slots/number.ts';
import type { Span } from '../text.ts';
import { type ItemSynonym, itemsOf, type World, type WorldItem, type WorldPerson } from '../world.ts';
import { type ItemIndex, indexOf, shapeOf } from './item-index.ts';

/** A ledger item the words name; several where they fit several equally well. */
export interface ItemMention extends Span {
  items: WorldItem[];
  how: 'number' | 'code' | 'gist';
  /** of a gist: how much of the title was said; the rest is sure */
  score: number;
}

// How much of a title must be said before it counts as named: about one word that no other title has.
const NAMED = 0.85;
// Of two that fit, the second is in question if it comes so near to the first.
const AS_GOOD = 0.8;

// 「会风那项」: what is pointed at as an item needs less of its title.
const POINTED_AT = /^.{0,2}[这那该]一?[项件个条桩档块]/;
const POINTED = 0.5;
// The words that point at it are none of its name.
const POINTING = /[这那该]一?[项件个条桩档块]/g;

// 「我那项」 is never what others do, whatever words stand beside it.
const OWN = /我(?:的|手[上里]的?|负责的?)?[那这]一?[项件]/;

const N = `(${NUMBER})`;
const NUMBERED: RegExp[] = [
  new RegExp(`${N}号(?:台账|工作任务|任务|(?:这|那)?一?(?:个)?(?:事项|项|件))`, 'g'),
  new RegExp(`(?:台账|事项)(?:第)?${N}(?:号|项)?(?![\\d.%家个项所次份万天月日/成])`, 'g'),
  new RegExp(`第${N}(?:号|项|件)(?!工作日)`, 'g'),
  /#(\d+)/g,
  /(?:编号|序号)(?:为|是)?(\d+)/g,
];
// 督办单 and 督查 have numbers of their own, which no item has (R50, R58).
const OTHER_LISTS = /^D[BC]\d{4}-\d{3,}$/i;
const SURELY_NUMBERED: RegExp[] = [
  new RegExp(`${N}号(?:台账|工作任务|任务|事项)`, 'g'),
  new RegExp(`台账(?:第)?${N}(?:号|项)(?![\\d.%])`, 'g'),
  /#(\d{1,4})(?!\d)/g,
];
const NEXT = '(?=[都均全也]|一[块起并]|同意|验收|完成|申请|已|退|通过|催)';
const LISTED = new RegExp(
  `(?<numbers>${NUMBER}(?:号)?(?:[、,，和跟与及](?:第)?${NUMBER}(?:号)?)+)(?:(?:号|项)?(?:台账|(?:这|那)?${N}(?:个)?项|项)|号?${NEXT})`,
  'g',
);
const LISTED_NO = new RegExp(NUMBER, 'g');
const TOKEN = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/g;
const CODE = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+/g;
// 「9号」 alone is a date as often as an item: what stands around it decides.
const NOT_DATE =
  '(?=[^日\\d]|\\d+(?:\\.\\d+)?[个家项所次份件座条%万]|$)(?!\\s*(?:之?前|以前|上午|下午|晚|早|那天|当天|的?(?:学习|讲座|会|假|课)|那[场次天]|这[场次]|[到至](?!(?:百分之)?[一二三四五六七八九十\\d.]+(?:成|[%％]|$)|百分)|缺|出勤|考勤|迟到|签到|没[来到]|未到|谁|请|实到|参加|走访|自学|窗口|楼|食堂|车间|开|去|来))';
const BARE = new RegExp(`(?:^|[，,。；;:：、\\s和])${N}号${NOT_DATE}`, 'g');
const NAMED_BY = new RegExp(`(?:把|催办?|看看?|查一?下?|报的?|关于|将|问一?下?)${N}号${NOT_DATE}(?!之前)`, 'g');

/** Finds the ledger's items in a text. */
export class Items {
  private readonly all: WorldItem[];
  private readonly index: ItemIndex;
  private readonly sets = new WeakMap<readonly WorldItem[], Set<WorldItem>>();
  private readonly concerns: Map<string, readonly WorldItem[]>;
  private readonly gists: GistIndex;
  private readonly byNo = { get: (no: number) => this.all[this.index.byNo.get(no) ?? -1] };
  private readonly byCode = { get: (code: string) => this.all[this.index.byCode.get(code) ?? -1] };

  /** 叫法 the office added */
  private readonly called = new Dictionary<ItemSynonym>();

  constructor({ ledger, synonyms = [] }: World) {
    this.all = ledger;
    this.concerns = concernsIn(ledger);
    for (const synonym of synonyms) this.called.add(synonym.word, synonym);
    this.index = indexOf(ledger);
    this.gists = this.index.gists;
  }

  coded(code: string): WorldItem | undefined {
    return this.byCode.get(code.toUpperCase());
  }

  /** Whose items the speaker's own words are most likely about: own ones, the unit's, one's line. */
  near(speaker: WorldPerson): readonly WorldItem[] {
    const who = `${speaker.id} ${speaker.department}`;
    const known = this.concerns.get(who);
    if (known) return known;
    const { id, department } = speaker;
    const own = itemsOf({ ledger: this.all }, { owner: id, department, leader: id });
    const near = own.sort((one, other) => one.no - other.no);
    this.concerns.set(who, near);
    return near;
  }

  /** The same list comes again with every clause. */
  private setOf(few: readonly WorldItem[]): ReadonlySet<WorldItem> {
    const set = this.sets.get(few) ?? new Set(few);
    this.sets.set(few, set);
    return set;
  }

  /** Items named by number, code or what the office calls them. */
  numberedIn(text: string, speaker: WorldPerson): ItemMention[] {
    const found: ItemMention[] = [];
    const add = (item: WorldItem | undefined, start: number, end: number, how: 'number' | 'code') => {
      if (item && !found.some((one) => one.start < end && start < one.end && one.items[0]?.code === item.code))
        found.push({ start, end, items: [item], how, score: 9 });
    };
    for (const match of matchesOf(text, TOKEN)) {
      const item = this.byCode.get(match[0].toUpperCase());
      if (item && !/^\d+$/.test(match[0])) add(item, match.index, match.index + match[0].length, 'code');
    }
    for (const { start, end, values } of this.called.in(text)) {
      const known = values.find(({ by }) => by === speaker.department) ?? values.find(({ by }) => by === '');
      if (known) add(this.byCode.get(known.item.toUpperCase()), start, end, 'code');
    }
    for (const match of matchesOf(text, LISTED)) {
      const numbers = matchesOf(match.groups?.['numbers'] ?? '', LISTED_NO);
      for (const [word] of numbers)
        add(this.byNo.get(readNumber(word) ?? -1), match.index, match.index + match[0].length, 'number');
    }
    for (const pattern of NUMBERED)
      for (const match of matchesOf(text, pattern)) {
        const end = match.index + match[0].length;
        if (!found.some((one) => one.start < end && match.index < one.end))
          add(this.byNo.get(readNumber(match[1] ?? '') ?? -1), match.index, end, 'number');
      }
    for (const match of matchesOf(text, NAMED_BY)) {
      const end = match.index + match[0].length;
      const start = end - (match[1] ?? '').length - 1;
      if (!found.some((one) => one.start < end && start < one.end))
        add(this.byNo.get(readNumber(match[1] ?? '') ?? -1), start, end, 'number');
    }
    // Where items are told by number, a bare 「9号」 is one too.
    if (
      found.some(({ how }) => how === 'number') ||
      /^\s*(?:\d+|[一二三四五六七八九十]+)号(?!.*(?:前|假|学习|讲座|会|上午|下午))/.test(text)
    )
      for (const match of matchesOf(text, BARE)) {
        const end = match.index + match[0].length;
        const start = end - (match[1] ?? '').length - 1;
        if (!found.some((one) => one.start < end && start < one.end))
          add(this.byNo.get(readNumber(match[1] ?? '') ?? -1), start, end, 'number');
      }
    return found.sort((one, other) => one.start - other.start);
  }

  /** Where a number or a code stands that no item has. */
  unknownIn(text: string): Span[] {
    const unknown: Span[] = [];
    for (const { index, 0: token } of matchesOf(text, CODE))
      if (
        !OTHER_LISTS.test(token) &&
        !this.byCode.get(token.toUpperCase()) &&
        /[A-Za-z]/.test(token) &&
        this.index.shapes.has(shapeOf(token))
      )
        unknown.push({ start: index, end: index + token.length });
    for (const pattern of SURELY_NUMBERED)
      for (const { index, 0: words, 1: number = '' } of matchesOf(text, pattern)) {
        const no = readNumber(number);
        if (no !== null && !this.byNo.get(no)) unknown.push({ start: index, end: index + words.length });
      }
    return unknown;
  }

  /** Items named by words of their titles, at most three; each with those that fit as well. */
  namedIn(text: string, speaker: WorldPerson): ItemMention[] {
    const found: ItemMention[] = [];
    let rest = text;
    for (let round = 0; round < 3; round++) {
      const gists = this.gists.find(rest);
      const [best] = gists;
      const enough = best && POINTED_AT.test(text.slice(Math.max(...best.places) + 1)) ? POINTED : NAMED;
      if (!best || best.score < enough || best.places.length < 2) break;
      const { places } = best;
      const alike = gists.filter(({ score }) => score >= best.score * AS_GOOD);
      const tied = this.gists.tellApart(
        alike,
        text.replace(POINTING, (words) => ' '.repeat(words.length)),
      );
      const apart = alike.filter((one) => !tied.includes(one)).map(({ index }) => this.all[index]);
      const items = this.withRivals(nearest(tied, best.score, this.all, speaker), gists, speaker).filter(
        (item) => !apart.includes(item),
      );
      if (!OWN.test(text) || items.some((item) => isNear(item, speaker)))
        found.push({ start: Math.min(...places), end: Math.max(...places) + 1, items, how: 'gist', score: best.score });
      rest = beyond(rest, best);
      for (const other of tied) rest = beyond(rest, other);
    }
    return found;
  }

  /** With others as near to the speaker for which all the words speak that speak for the one found: they may be meant as well. */
  private withRivals(items: WorldItem[], gists: readonly Gist[], speaker: WorldPerson): WorldItem[] {
    const [item] = items;
    const own = gists.find(({ index }) => this.all[index] === item);
    if (!item || !own || items.length > 1) return items;
    const rank = nearness(item, speaker);
    const rivals = gists.flatMap(({ index, places }) => {
      const other = this.all[index];
      const fits = other && other !== item && own.places.every((at) => places.includes(at));
      return fits && nearness(other, speaker) <= rank ? [other] : [];
    });
    return [item, ...rivals];
  }

  /** Of a few items the one that a weak gist suffices to tell, e.g. among those of a person named beside it. */
  among(few: () => readonly WorldItem[], text: string, offset: number): ItemMention[] {
    const told = this.gists.find(text).filter(({ score }) => score >= 0.55);
    // Whose they are is looked at only where the words fit any.
    if (told.length === 0) return [];
    const some = few();
    const set = some === this.all ? null : this.setOf(some);
    const gists = set ? told.filter(({ index }) => set.has(this.all[index] as WorldItem)) : told;
    const [best, next] = gists;
    const item = best && this.all[best.index];
    if (!best || !item || (next && next.score > best.score * AS_GOOD)) return [];
    const places = best.places.map((at) => at + offset);
    return [
      { start: Math.min(...places), end: Math.max(...places) + 1, items: [item], how: 'gist', score: best.score },
    ];
  }
}

/** What was looked up for speakers, as long as the ledger is the same. */
function concernsIn(ledger: readonly WorldItem[]): Map<string, readonly WorldItem[]> {
  const known = concerns.get(ledger) ?? new Map<string, readonly WorldItem[]>();
  concerns.set(ledger, known);
  return known;
}
const concerns = new WeakMap<readonly WorldItem[], Map<string, readonly WorldItem[]>>();

/** Own items first, then the unit's, then one's own line: but only one that no other of the unit equals. */
function nearest(tied: Gist[], best: number, all: WorldItem[], speaker: WorldPerson): WorldItem[] {
  const items = tied.flatMap(({ index }) => all[index] ?? []);
  if (items.length < 2) return items;
  const [top] = tied;
  const clear = tied.filter(({ score }) => score >= best * 0.95);
  const fitting = clear.length === 1 && top ? items.filter((item) => item === all[clear[0]?.index ?? -1]) : [];
  return narrowed(items, speaker) ?? (fitting.length === 1 && isNear(fitting[0], speaker) ? fitting : items);
}

/** 0 for what the unit does, 1 for what stands in one's line, 2 for the rest; the whole bureau is the chief's line. */
const nearness = (item: WorldItem, { id, department, roles }: WorldPerson): number =>
  item.owner === id || (item.department === department && !roles.includes('chief'))
    ? 0
    : item.leader === id && !roles.includes('chief')
      ? 1
      : 2;

export const isNear = (item: WorldItem | undefined, speaker: WorldPerson): boolean =>
  item !== undefined &&
  (item.owner === speaker.id || item.department === speaker.department || item.leader === speaker.id);

/** The one of several that is the speaker's own business, if there is just one. */
export function narrowed(items: WorldItem[], speaker: WorldPerson): WorldItem[] | null {
  const unit = items.filter(({ department }) => department === speaker.department);
  if (unit.length === 1) return unit;
  if (unit.length > 1) return null;
  const own = items.filter(({ owner }) => owner === speaker.id);
  if (own.length === 1) return own;
  // The whole bureau is the chief's line.
  if (speaker.roles.includes('chief')) return null;
  const line = items.filter(({ leader }) => leader === speaker.id);
  return line.length === 1 ? line : null;
}
