import type { Fit } from './evidence.ts';
import { HEARSAY, type Mood, moodBeside } from './mood.ts';
import { has } from './pattern.ts';
import { placeAt } from './places.ts';
import type { Clause, World, WorldItem } from './reading.ts';
import { isOfTime, type Span, undated, without } from './text.ts';
import { verbose } from './verbose.ts';

const ELSEWHERE = verbose`
  我(?:自己)?(?:这边)?记(?:的是|得) | 印象[里中]
  | (?:[〇㐀-鿿]{2}|外|邻|兄弟|别的|隔壁)(?:市|县|局|单位|地区)?(?:那边|那儿|他们|人家) | 人家 | 隔壁 | 邻[县区市镇局]
  | 兄弟(?:市|单位|县区) | 外[地市省] | [别其]他?(?:的)?(?:市|县|区|局|单位|地方) | 全[省国] | [去前]年(?!底) | 往年 | 同期
`;
const OURS = /[咱我本]/;
const DISOWNED =
  /[跟和与][咱我]们?[^，。]{0,3}(?:不相干|没关系|无关|不沾边)|不(?:归|算)[咱我]们?|不是[咱我]们?(?:的|报的|这边)/;
const OTHER_ACT =
  /催(?!化|生)|退回|打回|延期|延到|延至|延长|宽限|顺延|交办|转办|点评|互评|走访|拜访|签到|请[^，。]{0,4}假|自学|撤[销回了掉]|作废|排名|月报/;
const COMPLAINS = /为什么|为啥|怎么(?:还|会)|显示/;
const URGES = /拧[^，。]{0,2}发条|敲打|督促|提个醒/;
/** What has come about, whatever it is: 已印发, 上线了, 完成初稿. */
export const HAPPENED = verbose`
  进展 | 动静 | 眉目 | 起色 | 突破 | 正常 | 有序 | 见效 | 清零 | 见底 | 归零 | 了 | 已 | 正在 | 开始 | 启动 | 印发 | 下发 | 发布
  | 出台 | 顺利 | 就位 | 到货 | 到位 | 完成 | 通过 | 签订 | 签约 | 开工 | 召开 | 成立 | 落实 | 结束 | 进场 | 动工 | 立项 | 提交
  | 上报 | 报送 | 征求意见 | 初稿 | 定稿 | 成稿 | 出了 | 上线 | 运行 | 挂牌 | 接待 | 接听 | 受理 | 办理 | 调试 | 安装 | 铺设 | 采购
  | 招标 | 中标 | 公示 | 评审 | 论证 | 封顶 | 验完 | 推进 | 开展 | 举办 | 组织 | 培训 | 摸排 | 排查 | 整理 | 更换 | 加固 | 搬 | 建成
  | 投用 | 试运行 | 对接
`;
const COUNTED =
  /[\d一二两三四五六七八九十百千]+(?:\.\d+)?\s*(?:多|余)?\s*(?:万|亿)?(?:人次|[家个项所次份件户亩场座条人件册页篇处辆台套张吨组期批公米字本块名])|\d+(?:\.\d+)?%/;
const CERTAIN = /了|已|累计|完成|新增|共|达|到|批|签|认定|建成|\d\s*%|成$/;
const COMING = /才能|才够|才行|就[能够]|[能会]够|够[了吗]?$/;

// Nobody reports one work in more parts than this.
const MOST_PARTS = 60;

export interface Told {
  /** the parts that tell of something that happened here */
  parts: Span[];
  /** their words, dates and item numbers left out */
  words: string;
  /** the same without the names of works: 转办 may stand in one */
  beside: string;
  /** nothing around them is planned or heard of */
  alone: boolean;
}

/** What of a clause tells of work that has come on here and now; null where nothing does. */
export function toldIn(clause: Clause, named: Fit<WorldItem>): Told | null {
  // 「为什么显示19所？我报的是21所啊」 complains of what was reported.
  if (has(COMPLAINS, clause.reading.message.text)) return null;
  // 「那是县里的账，跟咱不相干」 disowns what was told, 「听同学讲……」 only passes it on.
  if (disownsAll(clause.sentence) || has(HEARSAY, clause.sentence.text)) return null;
  if (has(URGES, clause.text)) return null;
  const textWithout = (items: Clause['items']): string =>
    without(
      clause.text,
      items.map(({ start, end }) => ({ start: start - clause.start, end: end - clause.start })),
    );
  const bare = textWithout(clause.items);
  const unnumbered = textWithout(clause.items.filter(({ how }) => how !== 'gist'));
  const title = named && 'one' in named ? named.one.title : '';
  const unit = named && 'one' in named ? named.one.unit : null;
  let at = 0;
  let heard = -1;
  let away = false;
  const told = clause.parts.slice(0, MOST_PARTS).map((part, index) => {
    const start = clause.text.indexOf(part, at);
    at = start + part.length;
    const mood = moodBeside(part, title);
    if (heard < 0 && (mood.supposes || mood.hears)) heard = index;
    // 「看人家安阳，今年都12个了」: what follows is theirs until one's own is named.
    const place = foreign(part, clause.reading.world);
    const disowned = has(DISOWNED, part);
    away = !disowned && OURS.test(part) ? false : away || disowned || isNoMoreThan(place, part);
    const tells = heard < 0 && !away && isTold(part, mood, title, place) && !has(OTHER_ACT, bare.slice(start, at));
    return { index, span: { start: clause.start + start, end: clause.start + at }, mood, tells };
  });
  const telling = told.filter(({ tells }) => tells);
  if (telling.length === 0) return null;
  const counted = telling.map(({ index, span }) =>
    unit && isOfTime(unit)
      ? undated(unnumbered.slice(span.start - clause.start, span.end - clause.start), unit)
      : clause.counted[index],
  );
  const words = counted.join('，');
  const beside = telling.map(({ span }) => bare.slice(span.start - clause.start, span.end - clause.start)).join('，');
  const alone = told.every(({ tells, mood }) => tells || !(mood.asks || mood.plans || mood.supposes || mood.hears));
  const hangs = heard >= 0 && COMING.test(clause.parts.slice(heard).join('，'));
  return hangs && !CERTAIN.test(words) ? null : { parts: telling.map(({ span }) => span), words, beside, alone };
}

// 「市里那5家不归我报」: a few that are pointed at, told apart from what was told before.
const POINTED_AT = /[那这][\d一二两俩三四五六七八九十]+[〇㐀-鿿]/;

/** 「那是县里的账，跟咱不相干」 disowns what was told before; what names its own few disowns no more than these. */
const disownsAll = ({ text, parts }: Clause): boolean =>
  has(DISOWNED, text) && !parts.every((part) => !has(DISOWNED, part) || POINTED_AT.test(part));

/** Whether the words report anything: a happening, a figure. */
export const happened = (words: string): boolean => HAPPENED.test(words) || COUNTED.test(words);

function isTold(part: string, { asks, denies, plans }: Mood, title: string, elsewhere: string | null): boolean {
  if (asks) return false;
  const place = (has(ELSEWHERE, part) ? ELSEWHERE.exec(part)?.[0].slice(0, 2) : null) ?? elsewhere;
  if (place && !title.includes(place)) return false;
  // 「还差1家没批」 tells of what lacks; 「不含下半年」 limits a figure.
  return (
    !(plans && !/(?<!(?:预计|计划|争取|力争|有望|将|拟)[^，。]{0,6})累计|已经?/.test(part)) &&
    !(denies && !/[差剩余缺欠]|不算|不含|不包括|不错|不少|还有[^，。]{0,3}[\d一二两俩三仨四五六七八九十]/.test(part))
  );
}

/** 看人家安阳, 瞧瞧新乡那边: a part that points to another place and says nothing of it yet. */
const isNoMoreThan = (place: string | null, part: string): boolean =>
  place !== null &&
  /^(?:市|县|区|局)?(?:那边|那儿|他们|人家)?\s*$/.test(part.slice(part.indexOf(place) + place.length));

/** Another city or county that a part is about: it stands at the head and is none of the office's own. */
function foreign(part: string, { departments, enterprises, ledger }: World): string | null {
  const [head = ''] = /^\s*(?:(?:你们?)?[看瞧]{1,2}|听说|像|比如|学学|[〇㐀-鿿]{0,2}转)?(?:人家)?/.exec(part) ?? [];
  let place = placeAt(part, head.length);
  // Further in only with its suffix: 「看到某某区……」
  for (let at = 1; !place && at <= 8; at++) {
    const found = placeAt(part, at);
    if (found && /[市区县省]$/.test(found)) place = found;
  }
  if (!place) return null;
  const home = [...departments, ...enterprises].some(({ name }) => name.includes(place));
  return home || ledger.some(({ title }) => title.includes(place)) ? null : place;
}
