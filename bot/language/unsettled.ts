import { mayMatch } from './pattern.ts';
import { verbose } from './verbose.ts';

/** What keeps the very words of a plain report or order from being one: foreseen, not reached, owed. */
const IN_PLACE: readonly RegExp[] = [
  /[奔冲瞄]着|(?<!要求)(?:指标|目标|任务数?)(?:从|是|为|定|改|调)|得分|[条这]线|同类|平均|起来[^，。]{0,3}(?:难|慢|吃力)/,
  /(?:上月|上个月|年初|去年)[^，。]{0,3}(?:完成|是|为|达到|才)(?!了)(?!.*(?:现在|目前|眼下|合计|累计|一共))/,
  verbose`
    预[计期估测](?!算|[\d一二三四五六七八九十]+[月日号]|[上下本]?[周月年])
    | (?:计划|规划|拟|打算|力争|争取|保证|确保)(?:再|要|能)?(?:累计|完成|达到|新增|认定|培育|新?建|安排|签|批)?\s*
      [\d一二两三四五六七八九十]+(?![月日号点年])
  `,
  /照[这那]?个?(?:速度|进度|势头|节奏)|序时|摸底|意向|(?:接近|将近|逼近|不足|不到|未达到?|没到|够不到)\s*[\d一二两三四五六七八九十]/,
  /应当?(?:在|于)[^，。]{1,8}(?:完成|达到|验收|报)|(?:本该|本应|早该|早就该|昨天就该|该[^，。]{0,4}却)/,
];

/** The same, wherever it stands in the sentence: drafted, said before, to be looked at or told by somebody else, on a condition. */
const ANYWHERE: readonly RegExp[] = [
  // only on the way to it
  /(?:辅导|考察|培训|指导|摸排|座谈)了?\s*[\d一二两三四五六七八九十]+[个家项所]/,
  /候选|备选|填报|(?:网上|系统|平台)[里上中]?申?报/,
  // read somewhere, or changed by somebody
  /PPT|(?:报纸|电视|网站|新闻|公众号|文件|简报)[里上中][^，。]{0,6}(?:写|登|说|报|发|播)|写进|被[^，。]{0,4}改[成为]/i,
  // drafted, tried out, told how to say
  verbose`
    (?:帮|替|给|请)我?(?:拟|起草|草拟|润色) | (?:拟|起草|写|编)一?[句条段](?![河路街])
    | ^\s*(?:测试|试|示例|样例|例句|范例|例如|例|格式)(?:一?[条下句])?[：:，,\x20]
    | ^\s*[^，。：:]{0,8}(?:样例|样表|样式|例句|范例|示例|模板|格式)(?:如下)?[：:]
    | [照按]着?[这此]个?(?:格式|样子|模板|样式)[^，。]{0,2}[发填写报来] | 打[个好了]*(?:草稿|底稿)
  `,
  /[这那]句话|(?:要|应|得)?(?:写明|注明|写上|写成)(?!了)|(?:对外|统一)?口径|(?:就|只)说[是：:]?[^，。]*(?:号|台账|完成)/,
  // talked of and not had
  /(?:谈|商量|商谈|洽谈|协商|沟通)(?:好|妥|成|定)?了[^，。]{0,6}\d+[^，。]*[，,]?[^，。]{0,4}(?:还|尚)[没未]/,
  // said before, or wrong
  /(?<!比)(?:上次|上回|前几天|昨天|前天|之前)(?:我|你|他|咱)?们?(?:报|填|写|说|记|交)的(?!.*(?:现在|今天|应|改|少|多|漏|错|不对|有误[，,].*\d|为准))|原来是[^，。]*[，,]现在[改换]/,
  // to be looked at by somebody first
  /对不对|对不|对吧|属实|(?:请|再|需|待|要|先|没)[^，。没]{0,3}(?:核实|核对|核一下|查证)(?!完|好|过)|意见呢|怎么看|(?:没问题|可以|行|对|是)吧[？?。！!\s]*$/,
  // somebody else is to say it
  verbose`
    [你您]们?(?:先|就|再|去|来|帮忙?|给)*[批准]了?(?:吧|一下|掉)?(?=[，,。！!\s]|$)
    | (?<![给跟向和同])[你您]们?(?:再|先|也)?(?:去|来|给|帮)?(?:报|填|写|录|登)(?:一?下|上|进|个|一)
    | (?:麻烦|让|叫|由|催|等)□{2,4}(?:去|来)?(?:把|给|帮)? | 请□{2,4}(?:去|来)?(?:把|报|填|帮)
  `,
  // under a condition
  /(?:齐|补|好|完|到位|交|改)了?(?:以?后|了)?再(?:验收|通过|批|准|过|销)|(?:要|只要|如)[^，。]{0,6}就(?:通过|验收|批|准)/,
];

/** The first of them in the words that is no part of a title. */
const firstOf = (patterns: readonly RegExp[], words: string, titles: readonly string[]): string | undefined =>
  patterns
    .flatMap((pattern) => (mayMatch(pattern, words) && pattern.exec(words)?.[0].trim()) || [])
    .find((found) => !titles.some((title) => title.includes(found)));

/** 「目标是100项，完成90项」: the target does not matter where what was done is told beside it. */
function beyondTargets(parts: readonly string[]): readonly string[] {
  const others = parts.filter((part) => !/目标(?:是|为)/.test(part));
  return others.some((part) => /^(?:现在?|目前)?(?:已经?)?(?:完成|累计)了?\s*\d/.test(part.trim())) ? others : parts;
}

/** The words that keep a sentence, and those of it that something rests on, from being a plain report or order; null for none. */
export const unsettledIn = (sentence: string, resting: readonly string[], titles: readonly string[]): string | null =>
  firstOf(ANYWHERE, sentence, titles) ??
  beyondTargets(resting).flatMap((part) => firstOf(IN_PLACE, part, titles) ?? [])[0] ??
  null;
