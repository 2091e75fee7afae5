import { type Account, unaccountedIn } from './account.ts';
import type { Lexicon } from './lexicon.ts';
import { mayMatch } from './pattern.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Clause, Reading } from './reading.ts';
import { impossibleDay } from './slots/day.ts';
import { overlaps, type Span } from './text.ts';
import { unsettledIn } from './unsettled.ts';
import type { WorldItem } from './world.ts';

/** What is about to be recorded, and the words it rests on. */
export interface Resting extends Span {
  inputs: readonly unknown[];
  sentence: Clause;
}

// A denial that is a word of its own, not part of 特别, 免费, 差不多, 无线电.
const DENIAL =
  /^(?:别[给让]|(?:并|还|也|都|尚|从|决|绝|可|就)?(?:[不没别未无勿莫甭否]|(?<=[并绝决])非)(?:有|是|用|要|能|会|行|必|准|让|许|曾|再|想|敢|该|可|成|了|得|见|到)?)$/;
// What passes on others' words or doubts them.
const HEARD =
  /^(?:听说|听闻|据说|据称|据|说|说是|讲|传说|传闻|谣传|好像|似乎|大概|可能|也许|梦|梦里|梦见|做梦|梦中|瞎|骗|骗人|吹牛|假的|真假|有人|想象|假装)$/;
// What is wished, owed, nearly so, said of a rule or made up.
const WISHED =
  /^(?:差点|差一点|险些|几乎|本该|本应|应报|号称|至少|起码|最多|顶多|以为|谁|怎么|为什么|为啥|凭什么|建议|希望|但愿|盼|每周|每天|天天|编的|瞎编|虚报|谎报|注水|误报|错报|多报)$/;
const OWED =
  /(?<![只需还主])[要得会能该应想](?:有|再|先|去)?(?:完成|达到|新增|验收|签到|认定|做到|自学)|就该|才算|的话|要几|(?:原则|理论|名义|表面)上|离[^，。]{0,8}还(?:远|早)|太[长短多少难]|按[^，。]{1,6}写/;
// somebody else whose doing it may be
const OTHERS = /^(?:他们|她们|别人|旁人)$/;
const MORPHEME =
  /[不没别未无勿莫甭否听据说讲传似概可许梦瞎骗吹假他她有想差险几本该应要得会能号原理名至起最顶以谁怎为凭建希愿盼每天编虚谎注误错多才话离太按]/;
// Denials of what lacks, of exceptions and of faults: they are part of what was told.
const ACCOUNTED: RegExp[] = [
  // 「没批的不算」: what the figure leaves out
  /[没未][^，。]{1,6}的[^，。]{0,3}(?:不|没|未)[算计含报]/g,
  /(?:差(?!不多)|剩|余|缺|欠|漏|还有)[^，。]{0,10}[没未][^，。]*/g,
  /不(?:错|少|足|够|变|断|久|严|细|实|精|清|赖|缺|仅|但|光|过|及时|到位|透明|主动|规范|另算|作数)|不[^，。]{0,3}(?:算|含|包括|计)(?:在内)?/g,
  /差不多|一[个家项份处]不[少缺差落漏]|[没无](?:啥|什么)?(?:毛病|问题|意见|异议|尾巴|遗留|欠账|漏|落下|闲着?|耽误|耽搁|停|松劲|拖|掉队|几[个人])/g,
  /(?:跟|和|给|同)[^，。]{1,4}说(?:一下|一声|说)?|说(?:一下|一声|明|说|实话)|讲(?:座|课|堂|解|话|的是)/g,
  /大概[^，。]{0,4}(?=[\d一二两三四五六七八九十百])/g,
  // 「差点没赶上」, 「总算没迟到」: who says so has come in time
  /(?:差一?点儿?|险些)(?:没[^，。]{0,2}(?:赶[上到]|到|进来)|就?[^，。]{0,2}(?:迟到|误|错过|晚))|[没不](?:有)?(?:迟到|晚到|来晚|来迟|误点|误事)/g,
  // what was said wrongly before, what is not to be mixed up
  /上[回次][^，。]{0,2}说[^，。]{0,2}[快错多少早慢]了?|可?别[^，。]{0,10}(?:搞混|弄错|搞错|混淆|弄混|弄反|搞反)[^，。]*/g,
  // what a decision is asked for with
  /[盼望](?:予|准予?)?(?:验收|批[准复示]|同意)/g,
  // verdicts on several, which are weighed one by one
  /不(?:批|准|行|同意|[用必]来)/g,
  /[算让叫给]他们/g,
  /(?:可以?|(?<!就)该|能|够|应该?)(?=[^，。]{0,4}(?:验|销|核|结|办结|画|划|勾|清|收|关|批))|应(?:该是?|为|是)|应该/g,
  // what is said of the others
  /(?:别的|其[他它余])[^，。]*/g,
  /别(?:当成?|算成?|看成)[^，。]*|没有?(?:全|都|完全)|没(?:有)?自?学|没有[^，。]{1,6}的(?=[，。]|$)/g,
  // 「不是85%，是75%」 is for corrections; a figure denied behind what was said tells what was wrong before.
  /不是[^，。]{1,10}/g,
];

// How long something took is told beside what it was.
const LASTED = /[\d一二两俩三四五六七八九十半]个?(?:小时|钟头|分钟|刻钟|课时)/;

// 「本打算自学两小时，停电，只学了四十分钟」: what was meant to be does not matter where what was done is told.
const MEANT_FIRST = /本(?:来|是)?(?:想|打算|计划)/;
const DID_LESS = /(?:只|实际|才)[^，。]{0,4}[学看读完成批办][〇㐀-鿿]?了/;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of denial or hearsay in the parts it rests on that nothing accounts for; null if there are none. */
export function deniedIn({ message }: Reading, { start, end, sentence, inputs }: Resting): string | null {
  const titles = titlesOf(sentence, inputs);
  // 「人大建议那件」: a word of the name it is called by wishes nothing.
  const names = sentence.items.filter(({ items }) => items.some(({ title }) => titles.includes(title)));
  const nameless = (part: Span): string =>
    sentence.nameless.slice(part.start - sentence.start, part.end - sentence.start);
  for (const part of sentence.places) {
    const here = overlaps(part, { start, end }) || LASTED.test(message.text.slice(part.start, part.end));
    const said = nameless(part);
    if (!MORPHEME.test(said)) continue;
    let rest = said;
    if (MEANT_FIRST.test(said) && DID_LESS.test(sentence.text)) continue;
    for (const pattern of ACCOUNTED)
      if (mayMatch(pattern, said)) rest = rest.replace(pattern, (found) => '　'.repeat(found.length));
    const titled = (one: string): boolean => one.length > 1 && titles.some((title) => title.includes(one));
    const owed = here ? OWED.exec(rest) : null;
    // The 会 of 大会验收 ends a name.
    if (owed && !titled(said.slice(owed.index - 1, owed.index + 1))) return owed[0];
    for (const { segment, index } of words.segment(rest)) {
      if (!(here && (DENIAL.test(segment) || OTHERS.test(segment) || WISHED.test(segment))) && !HEARD.test(segment))
        continue;
      const [from, to] = [index, index + segment.length];
      const grown = [said.slice(Math.max(0, from - 1), to), said.slice(from, to + 1)];
      const isName = names.some(({ start, end }) => start <= part.start + from && part.start + to <= end);
      if (grown.some((one) => one.length > segment.length && titled(one)) || (isName && titled(segment))) continue;
      return segment;
    }
  }
  return null;
}

const titlesOf = ({ reading: { lexicon } }: Clause, inputs: readonly unknown[]): string[] =>
  itemsOf(lexicon, inputs).map(({ title }) => title);

const itemsOf = ({ items }: Lexicon, inputs: readonly unknown[]): WorldItem[] =>
  [...new Set(inputs.map((input) => (input as { item?: string }).item ?? ''))].flatMap(
    (code) => items.coded(code) ?? [],
  );

/** 「张三的……」, 「某科的……」 before an item that is another's: either may be wrong. */
export function anothersIn({ message, lexicon }: Reading, { sentence, inputs }: Resting): WorldItem | null {
  for (const item of itemsOf(lexicon, inputs)) {
    const mention = sentence.items.find(({ items }) => items.some(({ code }) => code === item.code));
    if (!mention) continue;
    const owners = [
      ...sentence.people.map((one) => ({
        ...one,
        holds: one.people.some(({ id, department }) => id === item.owner || department === item.department),
      })),
      ...sentence.departments.map((one) => ({ ...one, holds: one.department.code === item.department })),
    ];
    const named = owners.find(
      ({ end }) =>
        /^(?:那边?|手[里上头])?的/.test(message.text.slice(end, mention.start + 2)) &&
        end <= mention.start &&
        mention.start - end < 4,
    );
    if (named && !named.holds) return item;
  }
  return null;
}

/** A date no calendar has, 「6月31号」, as it was said. */
export const noSuchDayIn = ({ text }: Clause): string | null => impossibleDay(text);

function unsettledHere({ start, end, sentence, inputs }: Resting): string | null {
  const parts = sentence.places.filter((part) => overlaps(part, { start, end }));
  const words = parts.map((part) => sentence.nameless.slice(part.start - sentence.start, part.end - sentence.start));
  return unsettledIn(sentence.nameless, words, titlesOf(sentence, inputs));
}

/** A text to be kept that is still to be written, 「点评高新科四月：这条先空着」. */
const emptyIn = (inputs: readonly unknown[]): string | undefined =>
  (inputs as readonly { text?: unknown }[]).flatMap(({ text }) => {
    const body = typeof text === 'string' ? text.replace(/^[^：:]{0,24}[：:]/, '').trim() : '';
    return isPlaceholder(body) ? body : [];
  })[0];

/** Why what the words seem to mean is better asked than done, as a question; null if nothing speaks against it. */
export function doubtOf(
  reading: Reading,
  resting: Resting,
  { title, plain, account, cues = [] }: { title: string; plain?: true; account?: Account; cues?: readonly RegExp[] },
): string | null {
  const item = anothersIn(reading, resting);
  if (item) return `${item.no}号《${item.title}》不由所写的人或科室承办，是要${title}这一项吗？`;
  const denied =
    emptyIn(resting.inputs) ??
    (plain ? (deniedIn(reading, resting) ?? unsettledHere(resting)) : null) ??
    (account ? unaccountedIn(reading, resting, account, cues) : null);
  return denied ? `话里有“${denied}”，是要${title}吗？` : null;
}
