import type { Clause } from './reading.ts';
import { without } from './text.ts';
import { verbose } from './verbose.ts';

/**
 * Whether words want to be told something. Wider than what keeps words from being a report (mood.ts): a look that nobody
 * wanted costs little, so here every form of a question counts, the doubtful ones too.
 */
const QUESTION = verbose`
  [?？] | [吗么嘛呢](?=[，。!！\s]|$) | 没有?[啊呀呢哪]*都?(?=[，。?？!！\s]|$) | 几(?!乎|天前|年|[〇㐀-鿿]{1,8}(?:都|均)) | 多少
  | 谁 | 哪(?!怕) | 什么 | 啥 | 怎(?:么(?!还|又|老|才|这么)|样) | 若何 | 几何 | 不[呀啊]?(?=[。?？\s]*$) | 咋 | 如何 | 何[时人处]
  | 是否 | 有无 | 能否 | 可否 | 多[久长] | 到底 | 究竟 | 有没有 | ([〇㐀-鿿])不\1 | ([〇㐀-鿿])没\2
`;
/** 看、查、列、报来、发我、给我念念: an order to be shown something. */
const LOOK = verbose`
  请[^，。]{0,3}提供 | (?:^|[，,：:\s给我想先再请您你帮])看(?!了|到|完|见|病|护|牙|医|展|现场|房|球|书|电影) | 看[看下]
  | 看一[看下眼] | 看(?=[。!！\s]*$) | 查看 | 瞧 | 瞅 | 瞄 | 瞟 | 过目 | (?<![检排普抽核督调审自巡勘复])查(?!处|封|新|重)
  | 翻(?!新|修) | 调(?:[出取阅]|一[下份]|来) | 列(?!入|为|车|席) | (?<![上未没已再申填呈重])报(?=一|给|来|我|[。\s]*$)
  | 转(?=我|来|给|一份) | 发(?=我|来|给|一份|一下) | 给我(?=看|列|发|调|拉|报|念|讲|说|查|来|找|打开|瞧|瞅|一份|[。!！\s]*$)
  | 拿[来给] | 拉(?=[出个一给]) | 念念 | 念一 | 康一眼 | 康康 | 示知 | 示下 | 蹲一?个 | 求一?[个份] | 讲讲 | 说说 | [说讲]一[下说讲]
  | 汇报一?下 | 告知 | 汇总 | 统计 | 清单 | 名单 | 一览 | 总览 | 明细 | 列表 | 找[出来] | 打开 | 传(?=我|来|给) | 要一?份 | 索取
  | 盘一[下盘] | 捋一[下捋] | 过一遍
`;

export const questioned = (text: string): boolean => QUESTION.test(text);
export const looked = (text: string): boolean => LOOK.test(text);
export const wants = (text: string): boolean => QUESTION.test(text) || LOOK.test(text);

const IDLE =
  /[^〇㐀-鿿\w]|请|麻烦|劳驾|帮忙?|一下|目前|现在|眼下|如今|当前|截至|[的了呢吧啊呀哈哦嘛吗么都还有是在这那个我俺咱们你您给把里边儿中上全各]|哪些|哪几|几[个家项件]?|多少|谁|什么|啥/g;

const global = new WeakMap<RegExp, RegExp>();
export function everywhere(pattern: RegExp): RegExp {
  const known = global.get(pattern) ?? new RegExp(pattern, `${pattern.flags}g`);
  global.set(pattern, known);
  return known;
}

/** How many characters of a clause nothing explains: neither what it names nor the `known` words. A bare 「全局逾期」 leaves none. */
export function unexplained(clause: Clause, known: RegExp): number {
  const { start, nameless: text } = clause;
  const named = clause.days('near').map((one) => ({
    start: one.start - start,
    end: one.end - start,
  }));
  return without(text, named).replace(everywhere(known), '').replace(IDLE, '').length;
}

const FIRST_PART = /^[^，。；：\n]*[，。；：\n]\s*/;

/** What a clause says, verbatim, without the parts ahead that say nothing but what is understood: whole if there is no more. */
export function saidBesides(clause: Clause, known: RegExp): string {
  for (let rest = clause; ; ) {
    const [part] = FIRST_PART.exec(rest.text) ?? [];
    if (part === undefined || rest.said.slice(part.length).trim() === '') return rest.said.trim();
    const middle = rest.start + part.length;
    if (unexplained(rest.within({ start: rest.start, end: middle }), known) > 0) return rest.said.trim();
    rest = rest.within({ start: middle, end: rest.end });
  }
}
