import type { ItemMention } from './entities/items.ts';
import { overlaps, type Span, without } from './text.ts';
import type { WorldItem } from './world.ts';

// A word or construction that says something came about, or how far it is by now.
const CAME =
  /已|了|过(?!程|关|期|度|多|高|大)|完|毕|竣|成(?!本|员|果|效|绩|都|长|人|分|交价)|达|累计|累加|新(?=[增添批签认建培育发引安办挂开投招入获评立出]|$)|又|再|增|添|加(?![班油强快大])|共|合计|总[计数共]|目前|现[有在为]|截[至止]|至今|有(?!望|关|点|些|人|限|效|意|误)|到(?![会场场位])|是|为(?!了|什么)|[:：=＝+/]|进[度展]|差|剩|欠|获|中标|挂牌|落[地实户成]|拿下|报(?:一下|个|上|到)|上报|汇报|登记|记(?:一下|上|录)|更新|照旧|仍|[批签认评建办发放招聘演查改治装投收孵通做弄考查]好?定?[上到出下成]?(?=\s*[\d一二两俩三仨四五六七八九十百])/;
const FILLERS =
  /[^〇㐀-鿿]|[的啊呢吧哈呀嘛就还这那块边头项都里咱我俺们科台账号嗯哦另外一下]|进度|情况|任务|工作|指标完成|本?[周月季年]度?|今[天日]|昨[天日]|上午|下午|早上|晚上/g;
const NUMBER = /[\d一二两俩三仨四五六七八九十百半壹贰叁肆伍陆柒捌玖拾]/;
const FIGURES =
  /(?:百分之)?[\d零一二两俩三仨四五六七八九十百千万亿点.壹贰叁肆伍陆柒捌玖拾佰仟]+(?:%|成[一二三四五六七八九半]?|分之[一二三四五六七八九十]+|人次|场次|平方米|亩|公里|[〇㐀-鿿])?/g;

/** The words without what the title says, two characters at a time: 计 in 累计 is none of 计划. */
function withoutTitle(words: string, { title }: WorldItem): string {
  const chars = [...words];
  const says = (pair: string): boolean => pair.length > 1 && title.includes(pair);
  return chars
    .map((char, at) => (says((chars[at - 1] ?? '') + char) || says(char + (chars[at + 1] ?? '')) ? ' ' : char))
    .join('');
}

function endOf(text: string, { start, end, how }: ItemMention): number {
  const figure = how === 'gist' ? text.slice(start, end).search(NUMBER) : -1;
  return figure < 0 ? end : start + figure;
}

/**
 * Whether the words say that a figure came about: by a word for it, or in the bare form of a report, the name of the work
 * and its figure and nothing else. What a figure that stands beside other matters belongs to is better asked.
 * @param named places of the works' names in the words' own message
 */
export function cameAbout(
  text: string,
  parts: readonly Span[],
  named: readonly ItemMention[],
  item: WorldItem,
): boolean {
  return parts.some(({ start, end }) => {
    // A name put together from words far apart may hold the figure; it ends before that.
    const inside = named
      .filter((one) => overlaps(one, { start, end }))
      .map((one) => ({ start: Math.max(0, one.start - start), end: endOf(text, one) - start }));
    const words = without(text.slice(start, end), inside);
    return (
      NUMBER.test(words) &&
      (CAME.test(withoutTitle(text.slice(start, end), item)) ||
        withoutTitle(words.replace(FIGURES, ' '), item).replace(FILLERS, '') === '')
    );
  });
}
