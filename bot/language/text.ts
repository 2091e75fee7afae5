import { matchesOf } from './pattern.ts';
import { verbose } from './verbose.ts';

// What frames a message and says nothing: the bot's name, greetings, thanks, smileys.
const BEFORE = verbose.with('u')`
  ^(?:
      \s | \p{Extended_Pictographic} | \ufe0f | @?创优助手[\s，,:：]*
      | (?:
          您好 | 你好 | 领导好 | [〇㐀-鿿]{1,2}(?:[局科处所站院校馆队部]长|主任|书记|主席)您?好(?=[，,。!！~\s]) | 早上好 | 上午好
          | 下午好 | 晚上好 | 大家好
        )[\s，,。!！~]*(?=.{2})
    )+
`;
const AFTER =
  /(?:[\s，,~～]|\p{Extended_Pictographic}|\ufe0f|\u200d|\[[〇㐀-鿿A-Za-z]{1,4}\]|[，,。！!\s](?:谢谢|多谢|感谢|拜托|辛苦|麻烦|有劳)(?:您|你|了|啦|领导|各位|支持)*[。！!~]*)+$/u;

/** A message without what only frames it: greetings, thanks, smileys, the bot's name. */
export function unframed(text: string): string {
  const words = text.replace(BEFORE, '');
  return words.slice(0, -LONGEST_FRAME) + words.slice(-LONGEST_FRAME).replace(AFTER, '');
}
// Nobody thanks at greater length; a pattern that looks for an end would try every place of a long text.
const LONGEST_FRAME = 160;

// Nobody writes so long a number; a pattern that looks for numbers would try it from every place.
const ENDLESS_NUMBER = /[\d零〇一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿]{32,}/g;
const FULL_WIDTH = /[！-～]/g;
// The platform's own faces, which arrive as words in brackets; at the end of a message any short bracket is one (AFTER).
const FACES = verbose.with('g')`
  \[(?:
      微笑 | 撇嘴 | 色 | 发呆 | 得意 | 流泪 | 害羞 | 闭嘴 | 睡 | 大哭 | 尴尬 | 发怒 | 调皮 | 呲牙 | 惊讶 | 难过 | 囧 | 抓狂 | 吐
      | 偷笑 | 愉快 | 白眼 | 傲慢 | 饥饿 | 困 | 惊恐 | 流汗 | 憨笑 | 大兵 | 悠闲 | 奋斗 | 咒骂 | 疑问 | 嘘 | 晕 | 衰 | 骷髅 | 敲打
      | 再见 | 擦汗 | 抠鼻 | 鼓掌 | 坏笑 | [左右]哼哼 | 哈欠 | 鄙视 | 委屈 | 快哭了 | 阴险 | 亲亲 | 吓 | 可怜 | 笑脸 | 生病 | 脸红
      | 破涕为笑 | 恐惧 | 失望 | 无语 | 嘿哈 | 捂脸 | 奸笑 | 机智 | 皱眉 | 耶 | 吃瓜 | 加油 | 汗 | 天啊 | 社会社会 | 旺柴 | 好的
      | 打脸 | 哇 | 翻白眼 | 让我看看 | 叹气 | 苦涩 | 裂开 | 嘴唇 | 爱心 | 心碎 | 拥抱 | 强 | 弱 | 握手 | 胜利 | 抱拳 | 勾引 | 拳头
      | 啤酒 | 咖啡 | 蛋糕 | 玫瑰 | 凋谢 | 月亮 | 太阳 | 庆祝 | 礼物 | 红包 | 烟花 | 爆竹 | 跳跳 | 发抖 | 转圈 | OK | Emm
    )\]
`;
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';

/**
 * Brings what people type into one shape, character for character, so that every place in the result is the same place
 * in what was said: half-width figures and letters, Chinese punctuation, one kind of blank, 台帐 as 台账, no control characters.
 */
export function normalise(text: string): string {
  return (
    text
      .replace(FULL_WIDTH, halfWidth)
      .replace(ENDLESS_NUMBER, (number) => '#'.repeat(number.length))
      .replace(FACES, (face) => ' '.repeat(face.length))
      .replace(/[\s\p{Cc}\p{Cf}]/gu, (char) => (char === '\n' ? '\n' : ' '))
      .replace(/[,;:?!](?!\d)|(?<!\d)[,;:?!]/g, (sign) => '，；：？！'[',;:?!'.indexOf(sign)] ?? sign)
      // A dictated 嗯 is where somebody drew breath: 「一共是六十一件嗯别的下周再说」.
      .replace(/(?<=[〇㐀-鿿\d])嗯+(?=[〇㐀-鿿])(?!不)/g, (pause) => '，'.repeat(pause.length))
      .replaceAll('台帐', '台账')
      .replaceAll('慵懒散', '庸懒散')
      .replace(/～/g, '~')
      // A table's strokes part what stands between them.
      .replace(/\|/g, '，')
      .replace(/(?<=\d)[–—−](?=\d)/g, '-')
  );
}

/** Chinese punctuation keeps its width: it splits sentences and is part of what people wrote. */
function halfWidth(char: string): string {
  if ('，。；：！？（）'.includes(char)) return char;
  return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
}

/** A stretch of the text. */
export interface Span {
  start: number;
  end: number;
}

export const isSame = (one: Span, other: Span): boolean => one.start === other.start && one.end === other.end;
/** The one holds the other and more. */
export const isLonger = (one: Span, other: Span): boolean =>
  one.start <= other.start && one.end >= other.end && !isSame(one, other);
export const overlaps = (one: Span, other: Span): boolean => one.start < other.end && other.start < one.end;

/** Words without what names say, two characters at a time, place for place: 计 in 累计 is none of 计划. */
export function withoutPairsOf(words: string, names: readonly string[]): string {
  const says = (pair: string): boolean => pair.length > 1 && names.some((name) => name.includes(pair));
  return [...words]
    .map((char, at, chars) => (says((chars[at - 1] ?? '') + char) || says(char + (chars[at + 1] ?? '')) ? ' ' : char))
    .join('');
}

/** The text with some stretches blanked out; places stay the same. */
export function without(text: string, spans: readonly Span[], by = ' '): string {
  let rest = text;
  for (const { start, end } of spans) {
    const from = Math.max(start, 0);
    const to = Math.min(end, text.length);
    if (from < to) rest = rest.slice(0, from) + by.repeat(to - from) + rest.slice(to);
  }
  return rest;
}

// Spoken lists: 第一个……第二个……
const SPOKEN_MARK =
  /第[一二三四五六](?:个|件(?:事儿?)?|条)?(?=[〇㐀-鿿A-Z，、：])(?!季度|批|名|次|版|届|稿|步|责任|时间|天|项)/g;

// A mark of a list: ①, 1、 2. (3) 一、 at the start of a line or after a full stop or blank.
const MARK = new RegExp(
  `[${CIRCLED}]|(?:^|(?<=[\\n。；;:：! ?？!，,]|\\s))(?:[（(][1-9一二三四五六七八九十][)）]|[1-9一二三四五六七八九十]{1,2}(?:、|[.．](?!\\d)|[)）]))`,
  'g',
);

/** The marks of a list. A lone 三、 in the middle of a sentence is an enumeration of words and no list. */
export function listMarks(text: string): Span[] {
  const marks = matchesOf(text, MARK).map(({ index, 0: mark }) => ({ start: index, end: index + mark.length }));
  const spoken = matchesOf(text, SPOKEN_MARK).map(({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }));
  const numbered = ['一', '二'].every((no, index) =>
    text.slice(spoken[index]?.start, spoken[index]?.end).includes(`第${no}`),
  );
  if (marks.length < 2 && spoken.length > 1 && numbered) return spoken;
  const [first] = marks;
  // 「5、8、9号」 enumerates items and lists nothing.
  return marks.length > 1 ||
    /[:：]\s*\n\s*$/.test(text.slice(0, first?.start ?? 0)) ||
    (first?.start === 0 && !/^\s*\d+(?:[、号])/.test(text.slice(first.end)))
    ? marks
    : [];
}

// Words that turn from one matter to the next, and what a new matter is told by: 「，顺便看看排名」, 「先看月报再列逾期的」.
const TURNS = verbose.with('g')`
  (?<=[〇㐀-鿿])(?=还有(?:我|[^，。\d]{0,6}(?:看看|查查|催))) | (?<=[^，,。；;\s])(?=顺便|顺带|然后(?:再?[让叫请把催看查给]))
  | (?<=[了吗呢啊吧呀])(?=(?:另外|还有|顺便|然后|再就是)(?![\d一二两三]))
  | [，,\x20](?=
      (?:
        顺便 | 顺带 | 顺手 | 另外 | 另(?=[把将请报催查看附]) | 此外 | 还有(?![\d一二两俩三仨四五六七八九十几谁]|哪[些个几家]|多少)
        | 同时 | 对了 | 然后 | 接着 | 最后 | 再有 | 再就是 | 再(?=[看查催列调把给帮发请报]) | 并(?=[催看查把请将])
      )
    )
  | (?<=[\d一二两三四五六七八九十百%家个项所次份件户亩场座条篇成了])(?=(?:今|昨|前)[天晚早日](?:上午|中午|下午|晚上|早上)?自学)
  | (?<![等待够满齐凑先][^，,。；;]{0,16})(?<=
      [\d一二两三四五六七八九十百](?:[家个项所次份件户亩场座条篇%成]|分钟|个?小时|个?钟头)了?
    )(?=再[帮给]我(?:看|查|列))
  | (?<=先[^，。；]{2,24})(?=再(?:看|查|催|列|调|打开|给我|把))
`;
const MATTER = verbose`
  ^[，,\s]?[^，,。；;]*(?:
      请[^，。]{0,3}假 | 签到 | 自学 | 走访 | 心得 | 催 | 看 | 查 | 列 | 调 | 撤 | 验收 | 延 | 交办 | 转办 | 点评 | 互评 | 打分
      | 取消 | 安排 | 总结 | [准批] | 台账 | 进度 | 进展 | 累计 | 新增 | 退 | 给我 | 提醒 | 报 | 快点 | 抓紧 | 赶紧 | 学了 | 学时
      | 弄 | 办 | \d%
    )
`;

const STOPS = /[。；;!！?？\n]+/g;

/** Sentences of a text: cut at full stops, semicolons, line ends, the marks of its list and where it turns to another matter. */
export function sentencesOf(text: string, marks: readonly Span[]): Span[] {
  const cuts = new Set<number>([0, text.length, ...marks.map(({ start }) => start)]);
  for (const { index, 0: stop } of matchesOf(text, STOPS)) cuts.add(index + stop.length);
  for (const { index, 0: comma } of matchesOf(text, TURNS))
    if (MATTER.test(text.slice(index, index + 40))) cuts.add(index + comma.length);
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(1).flatMap((end, index) => {
    const from = places[index] ?? 0;
    const start = marks.find((one) => one.start === from)?.end ?? from;
    return /[^\s。；;!！?？，,、]/.test(text.slice(start, end)) ? [{ start, end }] : [];
  });
}

/** A comma, a colon after no figure, a blank after no letter or figure. */
function isPartEnd(text: string, at: number): boolean {
  const char = text[at];
  if (char === '，' || char === ',' || char === '…') return true;
  if (char === ':' || char === '：') return !/\d/.test(text[at - 1] ?? '');
  return char === ' ' && /[^\w.]/.test(text[at - 1] ?? '');
}

/** The parts of a sentence between commas. */
export function partsOf(text: string, sentence: Span): Span[] {
  const parts: Span[] = [];
  let start = sentence.start;
  let says = false;
  for (let at = sentence.start; at <= sentence.end; at++) {
    const cut = at === sentence.end || isPartEnd(text, at);
    if (!cut) {
      says ||= at < text.length && text[at] !== '、' && !BLANKS.has(text[at] as string);
      continue;
    }
    if (says) parts.push({ start, end: at });
    start = at + 1;
    says = false;
  }
  return parts;
}

// The only ones in a normalised text; the last stands for what was taken back.
const BLANKS = new Set([' ', '\n', '\u00a0']);

/** Words without some characters, and blanks, at their end. */
export function withoutEnd(words: string, chars: string): string {
  let end = words.length;
  while (end > 0 && (BLANKS.has(words[end - 1] as string) || chars.includes(words[end - 1] as string))) end -= 1;
  return words.slice(0, end);
}

// Dates, impossible ones too, times and spans of days are no counts.
const DATES = verbose.with('g')`
  [\d一二两三四五六七八九十]+个半(?:小时|钟头)
  | (?:\d{4}年)?(?:\d+|[一二三四五六七八九十]+)月(?:份|底|初|中旬|上旬|下旬|(?:\d+|[一二三四五六七八九十]+)[日号]?)?
  | (?:\d+|[一二三四五六七八九十]+)(?:
      [日号](?!台账) | 点(?![零一二三四五六七八九]+(?:[^十分刻半点零一二三四五六七八九]|$))(?:半|\d+分?)? | 个?工作日 | 天
      | 周(?!年) | 个?星期 | 个月 | 小时 | 年
    )
`;
/**
 * Words with dates and times blanked out, place for place: what is left of figures counts something. Of a work that is counted
 * in days its own measure stays, 「优良天数86天」.
 */
export const undated = (part: string, measure?: string): string =>
  part.replace(DATES, (found) => (measure && found.endsWith(measure) ? found : ' '.repeat(found.length)));

/** Whether a measure is one of time. */
export const isOfTime = (measure: string): boolean => undated(`3${measure}`).trim() === '';
