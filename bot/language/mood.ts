import { has, matchesOf, mayMatch } from './pattern.ts';
import type { Span } from './text.ts';
import { verbose } from './verbose.ts';

/** What the words do to what they tell: asked, denied, planned, supposed, heard; such words report nothing. */
export interface Mood {
  asks: boolean;
  denies: boolean;
  plans: boolean;
  supposes: boolean;
  hears: boolean;
}

const ASKS = verbose`
  [?？] | [吗么](?=[。!！\s]|$) | [是行好成能以干了]嘛(?=[。!！\s]|$) | [没未]有?(?=[。?？\s]|$)
  | [了过]没[有呢]?(?=[。，,?？\s]|$) | 怎么样 | 怎样 | 咋样 | 咋回事 | 如何 | 哪一?步 | 到哪 | 多少
  | (?<![十百好])几[个家项所次份名人位件](?!了|[〇㐀-鿿]{1,8}(?:都|均)|[〇㐀-鿿]{1,8}的[〇㐀-鿿]{1,6}没[〇㐀-鿿]) | 第几
  | 几(?:个)?小时 | ([来到去])没\1 | 谁 | 哪[些个位家几项件里一] | (?<!没)(?:什么|啥) | 有没有 | 是不是 | 是否 | 能否 | 能不能
  | 行不行 | 可不可以 | 好不好 | 可否 | (?<!着|(?:在|正)[^，。]{1,10})呢(?=[。\s]|$) | 有吗 | 多久 | 多长
`;
const DENIES =
  /还?没(?!问题|落下|闲着?|耽误|耽搁|停[过下]?|松劲|拖|掉队)|尚未|未(?!报|交|到)|[并还]不|不是|没有|别|勿|不用|不要|不必|无须|无需|莫/;
const PLANS = verbose`
  (?<!本来|原来?|原先|当初)打算 | 准备(?!工作|会|好|完|就绪|充分|干|得|了|已|进|情|材|阶|到|[，。\d]|$)
  | 计划(?=[在于到去下明今用把报开搞再本明后自学]|安排(?!了|\d)|\d+[月号日]|[一二三四五六七八九十]+[月号日])
  | 拟(?!定|写|稿|完|好|出|就|成|订|了) | 预计 | 争取 | 力争 | 将(?!近) | 下(?:周|月|个月|一?步)[^，,。]{0,6}(?:要|去|再|会|能)
  | 到时候? | 届时 | 改天 | 回头(?!看) | 过几天
  | (?:明[天早晚日]|后天|下周|待会|(?<![昨前]天?)晚[点些上]|回头)[^，。了]{0,6}(?:[交送弄办写补发]|报(?!告)) | 明天再
  | 是[^，。]{0,4}(?:任务|目标|指标|要求|底线) | 想(?!要?请|申请|请) | 琢磨 | 考虑 | 有望 | 快要 | 即将 | 马上
  | (?:月底|年底|[0-9一二三四五六七八九十]+[号日])前[^，,。]{0,4}(?:能|要|弄|搞|完成|办|交|凑|达到|拿下|建成|全部) | 能完成 | 会完成
  | 保证 | 一定 | 指定 | 肯定能? | 保准 | 放心 | 尽快 | 争着 | 抓紧(?:弄|办|做)
`;
const SUPPOSES =
  /如果|假设|假使|要不是|若不是|本来能|早就(?:能|该|到)|早(?:能|该)|(?<![主需重还只])要是|假如|倘若|万一|一旦|等[^，,。]{1,12}(?:再|才|后|了就)|就算(?!过)|的话|只要|除非|才能|才算/;
const HEARS = verbose`
  听说 | 听[^，。了完过]{1,6}(?:说|讲(?=[，,]|过)|意思) | 据说 | 据[^，,。]{1,6}(?:说|讲|报) | 好像 | 似乎 | 可能 | 也许
  | 大概(?![^，。]{0,3}[\d一二两三四五六七八九十]) | 估摸 | 打赌 | ^\s*[^，。我咱俺]{1,6}(?<![来实话接理照虽])说(?![明法服一道])
  | (?:老板|领导|上[面级头]|[局处科]长)要(?![不的]) | 约莫 | 说不定 | 兴许 | 核实[了后]?再
  | (?<![跟和给同向对][一-龥]{0,4})[一-龥](?:工|总|姐|哥|师傅|主任|科长|局长?|所长|站长)(?:说|讲(?![课党话座])) | 朋友圈 | 抖音
  | 网上(?=[说看传有讲都]|的?消息|报道) | 估计 | 怕(?!是) | 说是 | 他们说 | 有人[说讲] | 瞎[说讲传编] | 胡[说扯诌] | 吹牛 | 传说
  | 应该(?!是) | 八九成(?:能|会|把握|是) | 没准 | (?:同学|朋友|邻居|来电|电话[里中]?|有人|专家|他|她|人家)[^，。]{0,6}说 | ^\s*说
  | 担心 | 悬了? | 够呛 | 做梦 | 梦[见到里] | 梦中 | 幻想 | 但愿 | 巴不得 | 恨不得
  | (?:省|市(?![场容政])|县|区(?![域划])|上级|上面|文件|会议|通知|方案|[厅部局长导])[^，。]{0,4}(?:
      要求 | 规定(?!\s*[\d一二两俩三四五六七八九十半]+个?(?:半?小时|半?钟头|分钟|刻钟)) | 明确 | 提出 | 强调 | 原话
    )
  | (?:经验|做法|先进)(?:介绍|交流|材料) | 介绍经验
`;

/** What one only heard of, whatever one makes of it: no ground for a record. */
export const HEARSAY =
  /听[^，。了完过]{0,5}(?:说|讲(?=[，,]|过)|意思)|据说|真的假的|真假|瞎[说讲传编]|口头(?:答应|同意|说)|传言|小道消息/;

/** Few capabilities ask for all of it, so each is looked for when it is asked for. */
class MoodOf implements Mood {
  private readonly found: Partial<Mood> = {};
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  get asks(): boolean {
    this.found.asks ??= has(ASKS, this.text);
    return this.found.asks;
  }
  get denies(): boolean {
    this.found.denies ??= has(DENIES, this.text);
    return this.found.denies;
  }
  get plans(): boolean {
    this.found.plans ??= has(PLANS, this.text);
    return this.found.plans;
  }
  get supposes(): boolean {
    this.found.supposes ??= has(SUPPOSES, this.text);
    return this.found.supposes;
  }
  get hears(): boolean {
    this.found.hears ??= has(HEARS, this.text);
    return this.found.hears;
  }
}
export const moodOf = (text: string): Mood => new MoodOf(text);

/** The same, with words that belong to a title left out: 计划 of 科技计划项目 plans nothing. */
export function moodBeside(text: string, title: string): Mood {
  let words = text;
  for (const pattern of [PLANS, DENIES]) {
    const found = mayMatch(pattern, words) ? pattern.exec(words) : null;
    if (!found) continue;
    const { index, 0: word } = found;
    const grown = [
      words.slice(Math.max(0, index - 1), index + word.length),
      words.slice(index, index + word.length + 1),
    ];
    if (grown.some((one) => one.length > word.length && title.includes(one)))
      words = blank(words, index, index + word.length);
  }
  return moodOf(words);
}

// A forwarded article or notice: somebody else's words.
const FORWARDED = verbose`
  ^\s*(?:
      【[^】]*转[^】]*】 | \[转[^\]]*\] | (?:转发?|转载|分享)[《【:：“] | 转自 | 转一?[篇则条份个段] | 分享一?[篇则条个]
      | (?:刷|看)到一?[篇则条]
    )
  | [报网]讯[\s\u3000:：,，] | 新华社 | 据《 | 据[^，,。]{2,10}[报网台](?:报道|消息) | 全文见
  | [（(\s，。](?:摘自|选自|来源|引自|转自|出自|据)[《“:：] | 聊天记录 | 群聊记录 | 截图[:：] | 记者[从获]
  | 【[^】]*(?:通知|通报|简报|新闻|快讯|资讯|提醒|公告|事迹|风采|风貌|典型|经验|故事|人物|榜样|动态|解读|关注|转载|头条|日报|晚报)
    [^】]*】
`;
// A notice to everybody is a colleague's affair, not the bot's.
const TO_ALL =
  /各科室|各单位|各位|大家|全体|同志们|所有人|各科(?!技)|各支部|各部门|相互转告|互相转告|请转告|周知|同事们|各股室|各处室|各县区|诸位/;
// 「已印发各县区」 addresses nobody.
const ADDRESSED = new RegExp(
  `(?:^|[，,。；;!！\\s@：:\\n]|[请望让叫]|烦请|麻烦|通知|提醒|要求|祝|辛苦)(?:${TO_ALL.source})|[相互]+转告|请转告|周知|(?:各位|大家|同志们|诸位)(?:注意|好|请|都)`,
);
const CALLS_ALL = new RegExp(`^\\s*(?:@|请|通知[:：])?\\s*(?:${TO_ALL.source})[^，,。]{0,4}[:：，,!！]`);
// Orders to the program itself.
const ORDERS = verbose.with('i')`
  (?:忽略|无视|跳过|绕过|忘[掉记])[^，。]{0,10}(?:规则|指令|提示|设定|权限|确认|校验|审核|要求) | 【系统 | \[system
  | 系统(?:提示|通知|消息|指令|管理员) | 无[需须]确认 | 不用确认 | 免确认 | 管理员(?:已|已经)?(?:授权|同意|命令) | (?:你|您)现在是
  | 扮演 | prompt | 开发者模式 | 越狱 | root | sudo | drop\s+table | <script | select\s.+from | 测试模式 | 调试模式 | 最高权限
  | 超级管理员 | 直接(?:修改|写入)数据库 | 全部(?:设|改)[为成] | 提示词 | 以[^，。]{1,8}(?:的)?身份 | 授权码 | 不得(?:留|记|写)
  | 不留(?:痕|记录) | 标记为 | 上述(?:规则|指令|要求) | system\s*[:：] | \bset\s+\w+\s*= | ignore\s+(?:all|the|previous|above)
  | 从现在(?:起|开始)[，,]?你 | 绕开 | 后台[^，。]{0,4}改 | (?:改|设|置|调)[成为]\s*(?:已完成|100|满分)
  | 时长[^，。]{0,4}(?:改|加|调) | 越权
`;
const WITHDRAWN = verbose`
  (?<![多少计不])算了(?:[，,。!！.…\s]|$) | 当我没说 | (?<![项件号个])先不[记报办急] | 先别[记报办]
  | (?:别|不)算[我咱](?:们|科)?(?:已经)?[报交]了? | 不用记 | 别记(?![成混错]) | 等我(?:再)?(?:通知|消息|电话) | 先放[着一]
  | 先别(?=[，,。！!…\s]|$) | 等我[^，。]{1,12}再(?:说|定|讲|议|看|批) | 开玩笑 | 逗你 | 试一下 | 测试(?:一下)?$
  | ^\s*测试(?:测试|一下)?[，,：:。] | 先别动 | 再看一遍 | 再想想 | 等等[，,] | 举个例
  | (?:填|写|举|打)个?(?:例子|样子|示例|模板|样本) | 原样转 | 比如说 | (?:别|不要|不用|勿|请勿)(?:真的?)?执行
  | (?:这|那|上面|下面)[句段][^，。]{0,8}(?:不算数|不作数) | 别当真 | (?:示范|演示)(?:一下|格式|用|给)
  | (?:这|那|上面|下面)[句段条是]?[^，。]{0,6}(?:例子|示例|样例|模板|范本|范例) | 写着玩 | 打个样 | 随便(?:打|试|说) | 假装
  | 模拟一下 | 打个比方 | 例如说
`;

// 「其余的我再想想」 holds back no more than the rest.
const OF_THE_REST = /(?:其[余他它]|别的|剩下|余下)[^，,。；;]*/g;
// What was sent before is taken back, and not these words.
const EARLIER = /(?:刚才|刚刚|方才|上一?条|前一?条)[^，。]{0,6}(?:别|不用|不要|勿)记/;

/** Words to everybody, or in the wake of a call to everybody. */
export const isToAll = (text: string): boolean => has(ADDRESSED, text);
export const callsAll = (text: string): boolean => has(CALLS_ALL, text);

export interface Bearing {
  forwarded: boolean;
  orders: boolean;
  withdrawn: boolean;
}

/** What the message as a whole is to the bot. */
export const bearingOf = (text: string): Bearing => ({
  forwarded: has(FORWARDED, text),
  orders: has(ORDERS, text),
  withdrawn:
    has(WITHDRAWN, text) && has(WITHDRAWN, text.replace(OF_THE_REST, '').replace(SET_ASIDE, '')) && !EARLIER.test(text),
});

const FIGURE = '(?:\\d+(?:\\.\\d+)?|[一二两俩三仨四五六七八九十百零]+)';
// What a correction can replace: of two of one kind around it the earlier one no longer counts.
const KINDS = [
  new RegExp(`${FIGURE}月${FIGURE}[日号]?`, 'g'),
  new RegExp(`${FIGURE}月份?(?!${FIGURE})`, 'g'),
  new RegExp(`${FIGURE}号台账`, 'g'),
  new RegExp(`(?<![月\\d一二三四五六七八九十])${FIGURE}号(?!台账)`, 'g'),
  new RegExp(`(?:百分之${FIGURE}|${FIGURE}(?:%|成))`, 'g'),
  new RegExp(`${FIGURE}(?:个?半?(?:小时|钟头)|分钟|刻钟)`, 'g'),
  new RegExp(`${FIGURE}(?:[:：点]\\d*半?)`, 'g'),
  new RegExp(`${FIGURE}(?:[家个项所次份件户亩场座支块处条篇本辆间人名剂台部吨起例位]|公里|万元|万)`, 'g'),
  // a mark, 「台账95，哦不，93」
  /(?<![\d.月年第-])\d{2,3}(?:\.\d)?(?![\d.:]|\s*[〇㐀-鿿%/-])/g,
  /(?:下|上|本|这)?(?:周|星期|礼拜)[一二三四五六日天]/g,
  /[大前昨今明后]+天/g,
  /(?:[一二三四]|上|本)季度/g,
].map((every) => ({ every, once: new RegExp(every.source, every.flags.replace('g', '')) }));
const DENIED = /(?:哦|噢|可)?不是([^，,。；;!！是]{1,10})[，,]\s*(?:而|应该)?是?/g;
// 「二季度的不看，把一季度排名给我」: what is not asked for, ahead of what is.
const SET_ASIDE =
  /[^，,。；;!！\s]{1,14}(?:不[看查]了?|不[用要必][看查]了?|先放一?放|先不[看查管])[，,]\s*(?=我[问看查要]|只?[看查问要列]|就[看查要]|把|给我)/g;
const MISTAKEN = verbose.with('g')`
  不对不?对?(?=[，,。!！…\s]|$) | (?:说|打|报|写|记|看|听|算|念)(?:错|岔|串|反)了?(?:行|数)? | 数(?:错|重|多|少|漏)了?
  | [多少]算了(?![一二两三四五六七八九十\d]) | 错了[，,]\s*(?:应?该?)是 | 更正(?:一下)?[：:，,]?
  | (?:哦|噢|喔|呃|啊|哎)不(?:对|是)?(?=[，,]) | (?:哦|噢|喔)是 | [，,…]\s*不(?:是)?[，,] | 改一下[，,] | 应该是 | 应为
  | 漏(?:数|算|报)了?
`;

/**
 * Corrections inside a message: what was taken back is blanked out (「6所……不对，是7所」, 「不是两个，是一个」, 「催社发科……说错了，是
 * 农村科」). `named`: places of people and units, a list a kind, which a correction can replace as well.
 */
export function corrected(text: string, named: () => readonly (readonly Span[])[]): string {
  let words = text.replace(/不是没[^，,。]{1,8}[，,]\s*(?=是)/g, gone);
  for (const denial of matchesOf(words, DENIED)) {
    const [all, wrong = ''] = denial;
    const after = words.slice(denial.index + all.length);
    if (!KINDS.some(({ once }) => once.test(wrong) && once.test(after))) continue;
    words = words.slice(0, denial.index).replaceAll(wrong.trim(), gone) + gone(all) + after;
  }
  for (const { index, 0: found } of matchesOf(words, SET_ASIDE)) words = blank(words, index, index + found.length);
  for (const found of matchesOf(words, MISTAKEN)) {
    const from = found.index;
    const to = from + found[0].length;
    let replaced = false;
    for (const { once, every } of KINDS) {
      if (replaced || !once.test(words.slice(to))) continue;
      const said = matchesOf(words.slice(0, from), every).at(-1);
      if (!said) continue;
      const between = words.slice(said.index + said[0].length, from);
      const gap = /^[\s，,、…。.！!哦噢喔呃啊哎]*$/.test(between);
      words = blank(
        words,
        said.index,
        gap ? to + (/^[\s，,、…]*/.exec(words.slice(to))?.[0].length ?? 0) : said.index + said[0].length,
      );
      replaced = true;
    }
    for (const spans of named()) {
      const said = spans.filter(({ end }) => end <= from).at(-1);
      if (!said || !spans.some(({ start }) => start >= to && start - to < 12)) continue;
      words = blank(words, said.start, said.end);
      replaced = true;
    }
    if (replaced) words = blank(words, from, to);
  }
  return words;
}

// No plain blank: that would part a sentence where nothing was said, 「新增了不是三个，是四个」 an addition from its figure.
const gone = (words: string): string => '\u00a0'.repeat(words.length);

const blank = (text: string, start: number, end: number): string =>
  `${text.slice(0, start)}${gone(text.slice(start, end))}${text.slice(end)}`;

// Words between quotation marks that somebody else said.
const QUOTED =
  /(?:批示|指示|强调|要求|通知|说|讲|问|喊|道|那句|这句|一句|写着?|回(?:复|了)?|念|标题|原话|短信|微信)[^“「"，,。]{0,6}[:：]?\s*[“「"]([^”」"]*)[”」"]/g;

// A whole saying between quotation marks is no name; nobody gives it as one's own word.
const SPOKEN = /[“「"][^”」"]{4,}[”」"]/g;
const SAYS_SOMETHING =
  /完成|验收|签到|通过|准假|请假|同意|催[一办促]|退回|延期|撤销|累计|新增|取消|谁|[\d一二两三四五六七八九十](?:[家个项所次号份%成])/;

/** What is quoted as another's words is blanked out; titles in 《》 and names in quotation marks stay. */
export function unquoted(text: string): string {
  let words = text;
  for (const match of matchesOf(text, QUOTED)) words = blank(words, match.index, match.index + match[0].length);
  for (const match of matchesOf(words, SPOKEN))
    if (SAYS_SOMETHING.test(match[0])) words = blank(words, match.index, match.index + match[0].length);
  return words;
}
