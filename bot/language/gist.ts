import { soundOf } from './sound.ts';
import { type Span, without } from './text.ts';

/** What words may name a thing by its gist: an item by its title, a session by its topic. */
export interface Gist {
  /** place in the list the index was made of */
  index: number;
  /** how much of what makes it different was said; about 1 for one word that nothing else has */
  score: number;
  /** the places of the text that speak for it */
  places: Set<number>;
}

interface Feature {
  weight: number;
  owners: number[];
}

// Words of every plan and every report: they tell no item from another.
const EVERYDAY = new Set(
  '工作 建设 推进 开展 完成 落实 情况 组织 加强 做好 支持 实施 进行 问题 全市 全局 我市 进度 进展 台账 事项 任务 申请 验收 上报 报送 要求 今年 本月 单位 科室 会议 一个 方案 安排 学习 材料 到位 通过 项目 新建 新增 培育 认定 启动 筹备 整改 市级 县级 省级 名单 反映 群众 记录 走访'.split(
    ' ',
  ),
);
const isWord = (char: string): boolean => /[\p{Script=Han}A-Za-z0-9]/u.test(char);
// A figure with its measure in a title is its target, not its name.
const TARGET = /\d+(\.\d+)?[\p{Script=Han}%]{0,2}/gu;

/** Finds things by a few characters of their titles: whole words, abbreviations (高企 for 高新技术企业), likely mishearings. */
export class GistIndex {
  private readonly pairs = new Map<string, Feature>();
  private readonly skips = new Map<string, Feature>();
  private readonly heard = new Map<string, Feature>();
  /** pairs that stand across the border of two words, by owner: they are said by chance more easily */
  private readonly seams = new Set<string>();
  private readonly titles: string[];

  constructor(titles: readonly string[]) {
    this.titles = titles.map((title) => title.replace(TARGET, ' '));
    for (const [index, title] of this.titles.entries()) {
      const seams = seamsOf(title);
      for (const [pair, at] of pairsOf(title)) {
        note(this.pairs, pair, index);
        if (seams.has(at + 1)) this.seams.add(`${index}:${pair}`);
      }
      for (const [pair] of pairsOf(title)) note(this.heard, heardAs(pair), index);
      for (const gap of [2, 3, 4, 5, 6]) for (const [pair] of pairsOf(title, gap)) note(this.skips, pair, index);
    }
    // What one in twenty-five has tells little and costs much.
    const common = Math.max(50, titles.length / 25);
    for (const features of [this.pairs, this.skips, this.heard]) weigh(features, titles.length, common);
  }

  /** What the text may name, best first; only what something speaks for. */
  find(text: string): Gist[] {
    const found = new Map<number, Gist>();
    const speak = (owner: number, weight: number, at: number, width: number) => {
      const gist = found.get(owner) ?? { index: owner, score: 0, places: new Set<number>() };
      found.set(owner, gist);
      gist.score += weight;
      for (let place = at; place < at + width; place++) gist.places.add(place);
    };
    const counted = new Set<string>();
    for (const [pair, at] of pairsOf(text)) {
      // Said twice is not meant twice.
      if (counted.has(pair)) continue;
      counted.add(pair);
      const exact = this.pairs.get(pair);
      const everyday = EVERYDAY.has(pair) ? 0.25 : 1;
      if (exact)
        for (const owner of exact.owners)
          speak(owner, exact.weight * (this.seams.has(`${owner}:${pair}`) ? 0.6 : everyday), at, 2);
      else {
        const heard = this.heard.get(heardAs(pair));
        if (heard) for (const owner of heard.owners) speak(owner, heard.weight * 0.5, at, 2);
        else
          for (const owner of this.skips.get(pair)?.owners ?? [])
            speak(owner, 0.6 * (this.skips.get(pair)?.weight ?? 0), at, 2);
      }
    }
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  /** Of things that fit equally well those that own a character, said near by, which the others lack (省 or 市). */
  tellApart(tied: readonly Gist[], text: string): Gist[] {
    if (tied.length < 2) return [...tied];
    const around = new Set(
      tied.flatMap(({ places }) => [...places].flatMap((at) => [at - 3, at - 2, at - 1, at, at + 1, at + 2])),
    );
    const near = new Set([...around].map((at) => text[at] ?? ''));
    const titles = tied.map(({ index }) => new Set(this.titles[index]));
    const own = tied.map(
      (_, index) =>
        [...(titles[index] ?? [])].filter(
          (char) => isWord(char) && near.has(char) && titles.some((other, at) => at !== index && !other.has(char)),
        ).length,
    );
    const most = Math.max(...own);
    return tied.filter((_, index) => own[index] === most);
  }
}

function* pairsOf(text: string, gap = 1): Generator<[pair: string, at: number]> {
  for (let at = 0; at + gap < text.length; at++) {
    const first = text[at] ?? '';
    const second = text[at + gap] ?? '';
    if (isWord(first) && isWord(second) && !/\d/.test(first + second)) yield [first + second, at];
  }
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Where one word of a title ends and the next begins. */
const seamsOf = (title: string): Set<number> => new Set([...words.segment(title)].map(({ index }) => index));

const heardAs = (pair: string): string => `${soundOf(pair[0] ?? '')}-${soundOf(pair[1] ?? '')}`;

function note(features: Map<string, Feature>, key: string, owner: number): void {
  const feature = features.get(key) ?? { weight: 0, owners: [] };
  if (feature.owners.at(-1) !== owner) feature.owners.push(owner);
  features.set(key, feature);
}

/** The rarer, the more it says: 1 for what only one has, 0 for what all have. */
function weigh(features: Map<string, Feature>, total: number, common: number): void {
  for (const feature of features.values()) {
    if (feature.owners.length > common) feature.owners = [];
    else feature.weight = total < 2 ? 1 : Math.max(0, Math.log(total / feature.owners.length) / Math.log(total));
  }
}

/** Text with what a gist rests on blanked out, to look for another one. */
export const beyond = (text: string, { places }: Gist): string =>
  without(
    text,
    [...places].map((at): Span => ({ start: at, end: at + 1 })),
  );
