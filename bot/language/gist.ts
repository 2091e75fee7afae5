import { isHan } from './pattern.ts';
import { soundOf } from './sound.ts';
import { type Span, without } from './text.ts';

/** What words may name a thing by its gist: an item by its title, a session by its topic. */
export interface Gist {
  /** place in the list the index was made of */
  index: number;
  /** how much of what makes it different was said; about 1 for one word that nothing else has */
  score: number;
  /** the places of the text that speak for it */
  places: number[];
}

/** What has a pair of characters, and how much having it tells: 1 for what only one has, 0 for what all have. */
interface Feature {
  weight: number;
  owners: readonly number[];
}
const NOBODY: Feature = { weight: 0, owners: [] };

// Words of every plan and every report: they tell no item from another.
const EVERYDAY = new Set(
  '工作 建设 推进 开展 完成 落实 情况 组织 加强 做好 支持 实施 进行 问题 全市 全局 我市 进度 进展 台账 事项 任务 申请 验收 上报 报送 要求 今年 本月 单位 科室 会议 一个 方案 安排 学习 材料 到位 通过 项目 新建 新增 培育 认定 启动 筹备 整改 市级 县级 省级 名单 反映 群众 记录 走访 时限 期限 调整 批准 同意 办理 建成 建好 办好 举办 编制 争取 创建 设置 出台 制定 突破 协助 分解 局长 主任 领导 交办 转办 督办 市长 区长 县长'.split(
    ' ',
  ),
);
const isWord = (code: number): boolean => isHan(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
// A figure with its measure in a title is its target, not its name.
const TARGET = /\d+(?![A-Za-z])(\.\d+)?[〇㐀-鿿%]{0,2}/g;
// How far apart two characters of an abbreviation may stand in the title.
const GAPS = [2, 3, 4, 5, 6];
const MOST_REMEMBERED = 20_000;
const TOLD_NEW = /^新[增添批签认建培发引办]/;

/** Finds things by a few characters of their titles: whole words, abbreviations (高企 for 高新技术企业), likely mishearings. */
export class GistIndex {
  private readonly titles: string[];
  /** who has two characters side by side, and who has a character at all */
  private readonly pairs = new Map<string, number[]>();
  private readonly chars = new Map<number, number[]>();
  /** how many owners make a pair common: what one in twenty-five has tells little and costs much */
  private readonly common: number;
  /** who has a pair that sounds so; made when one is first not found as it is written */
  private sounding: Map<string, number[]> | null = null;
  private readonly abbreviated = new Map<string, Feature>();
  private last: { text: string; found: Gist[] } | null = null;
  private readonly seams = new Map<number, Set<string>>();

  constructor(titles: readonly string[]) {
    this.titles = titles.map((title) => title.replace(TARGET, ' '));
    this.common = Math.max(50, titles.length / 25);
    // A large ledger has hundreds of thousands of places, so each is looked at once.
    for (let index = 0; index < this.titles.length; index++) {
      const title = this.titles[index] ?? '';
      let before = '';
      for (let at = 0; at < title.length; at++) {
        const code = title.charCodeAt(at);
        if (!isWord(code)) {
          before = '';
          continue;
        }
        const char = title[at] ?? '';
        note(this.chars, code, index);
        if (before !== '') note(this.pairs, before + char, index);
        before = char;
      }
    }
  }

  /** What the text may name, best first; only what something speaks for. */
  find(text: string): readonly Gist[] {
    // One message asks for the same words several times.
    if (this.last?.text !== text) this.last = { text, found: this.search(text) };
    return this.last.found;
  }

  private search(text: string): Gist[] {
    const found = new Map<number, Gist>();
    const speak = (owner: number, weight: number, at: number) => {
      const gist = found.get(owner) ?? { index: owner, score: 0, places: [] };
      found.set(owner, gist);
      gist.score += weight;
      // Pairs come in the order of the text, so only the first of the two may be there already.
      if (gist.places.at(-1) !== at) gist.places.push(at);
      gist.places.push(at + 1);
    };
    const sound = soundOf(text);
    const counted = new Set<string>();
    for (const [pair, at] of pairsOf(text)) {
      // Said twice is not meant twice.
      if (counted.has(pair)) continue;
      counted.add(pair);
      const everyday = EVERYDAY.has(pair) ? 0.25 : 1;
      const exact = this.pairs.get(pair);
      if (exact) {
        const { owners, weight } = this.feature(exact);
        for (const owner of owners) speak(owner, weight * (this.isSeam(owner, pair) ? 0.6 : everyday), at);
        continue;
      }
      // 「示范企业新增1家」: 业新 is short for nothing, 新 belongs to what is told.
      if (pair[1] === '新' && TOLD_NEW.test(text.slice(at + 1))) continue;
      const heard = this.soundingLike(sound.slice(at, at + 2));
      const [feature, share] = heard ? [heard, 0.5] : [this.abbreviation(pair), 0.6];
      for (const owner of feature.owners) speak(owner, feature.weight * share, at);
    }
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  private feature(owners: readonly number[]): Feature {
    const total = this.titles.length;
    if (owners.length === 0 || owners.length > this.common) return NOBODY;
    return { owners, weight: total < 2 ? 1 : Math.max(0, Math.log(total / owners.length) / Math.log(total)) };
  }

  /** A pair across the border of two words of a title is said by chance more easily. */
  private isSeam(owner: number, pair: string): boolean {
    let seams = this.seams.get(owner);
    if (!seams) {
      const title = this.titles[owner] ?? '';
      const borders = bordersOf(title);
      seams = new Set([...pairsOf(title)].flatMap(([one, at]) => (borders.has(at + 1) ? [one] : [])));
      this.seams.set(owner, seams);
    }
    return seams.has(pair);
  }

  /** Who has a pair that sounds so; null if nobody has. */
  private soundingLike(sound: string): Feature | null {
    this.sounding ??= bySound(this.pairs);
    const owners = this.sounding.get(sound);
    return owners ? this.feature(owners) : null;
  }

  /** Who has the two characters in this order, a few apart. */
  private abbreviation(pair: string): Feature {
    const known = this.abbreviated.get(pair);
    if (known) return known;
    const [first = '', second = ''] = pair;
    const [some, others] = [this.chars.get(first.charCodeAt(0)) ?? [], this.chars.get(second.charCodeAt(0)) ?? []];
    const owners: number[] = [];
    for (const owner of some.length < others.length ? some : others) {
      if (owners.length > this.common) break;
      if (isApart(this.titles[owner] ?? '', first, second)) owners.push(owner);
    }
    const feature = this.feature(owners);
    remember(this.abbreviated, pair, feature);
    return feature;
  }

  /** Of things that fit equally well those that own a character, said near by, which the others lack (省 or 市). */
  tellApart(tied: readonly Gist[], text: string): Gist[] {
    if (tied.length < 2) return [...tied];
    const around = new Set(
      tied.flatMap(({ places }) => places.flatMap((at) => [at - 3, at - 2, at - 1, at, at + 1, at + 2])),
    );
    const near = new Set([...around].map((at) => text[at] ?? ''));
    const titles = tied.map(({ index }) => new Set(this.titles[index]));
    const own = tied.map(
      (_, index) =>
        [...(titles[index] ?? [])].filter(
          (char) =>
            isWord(char.charCodeAt(0)) &&
            near.has(char) &&
            titles.some((other, at) => at !== index && !other.has(char)),
        ).length,
    );
    const most = Math.max(...own);
    return tied.filter((_, index) => own[index] === most);
  }
}

/** Characters that stand side by side, and where. */
function* pairsOf(text: string): Generator<[pair: string, at: number]> {
  let before = text[0] ?? '';
  let wasWord = isWord(text.charCodeAt(0));
  for (let at = 1; at < text.length; at++) {
    const char = text[at] ?? '';
    const isOne = isWord(text.charCodeAt(at));
    if (wasWord && isOne) yield [before + char, at - 1];
    [before, wasWord] = [char, isOne];
  }
}

function isApart(title: string, first: string, second: string): boolean {
  for (let at = title.indexOf(first); at >= 0; at = title.indexOf(first, at + 1))
    if (GAPS.some((gap) => title[at + gap] === second)) return true;
  return false;
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Where one word of a title ends and the next begins; two of one character each are rather one word that the segmenter
 * does not know (危桥, 护栏).
 */
function bordersOf(title: string): Set<number> {
  const found = [...words.segment(title)];
  const border = ({ segment }: Intl.SegmentData, at: number) =>
    segment.length > 1 || (found[at - 1]?.segment.length ?? 0) > 1;
  return new Set(found.filter(border).map(({ index }) => index));
}

/** The owners of pairs by how these sound. */
function bySound(pairs: ReadonlyMap<string, number[]>): Map<string, number[]> {
  const sounding = new Map<string, number[]>();
  for (const [pair, owners] of pairs) {
    const sound = soundOf(pair);
    const others = sounding.get(sound);
    sounding.set(sound, others ? [...new Set([...others, ...owners])] : owners);
  }
  return sounding;
}

function note<Key>(features: Map<Key, number[]>, key: Key, owner: number): void {
  const owners = features.get(key);
  if (!owners) features.set(key, [owner]);
  else if (owners[owners.length - 1] !== owner) owners.push(owner);
}

/** Keeps what was worked out, as long as it does not become too much. */
function remember<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  if (kept.size >= MOST_REMEMBERED) kept.clear();
  kept.set(key, value);
}

/** Text with what a gist rests on blanked out, to look for another one. */
export const beyond = (text: string, { places }: Gist): string =>
  without(
    text,
    places.map((at): Span => ({ start: at, end: at + 1 })),
  );
