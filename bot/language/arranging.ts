import { questioned } from './asking.ts';
import { cue, givesOrders } from './evidence.ts';
import type { Clause } from './reading.ts';
import { readTime } from './slots/number.ts';
import { daysSaid } from './slots/slash.ts';
import { partsOfTopic } from './study.ts';
import { tellsOfOthers } from './subject.ts';
import type { Span } from './text.ts';
import { verbose } from './verbose.ts';

/** Moving a session to another time: 改到, 推迟至, 改期：, → */
export const MOVES = verbose`
  (?:往后|向后|往前)([挪推延调])(?:一?\1|一下) | 改(?=\d|[一二三四五六七八九十]+月|下?个?周|下?星期|明|后天)
  | (?:往后|向后|往前|提前|推迟|顺延|延后|后)(?:挪|延|推|移|调)?(?=[一两二三四五六七\d]+(?:天|日|周|个?星期))
  | (?:改|挪|调|推迟|提前|延|换|顺延|推|移|往后放|往前提)(?:期|整|后|迟)?(?:到|至|为|在|成)(?!岗|场|会|达|位|齐)
  | (?:改期|调整时间|时间调整|延期)(?=[:：，\s]?\s*(?:\d|[一二三四五六七八九十]|下?周|下个?月|明|后)) | → | ->
`;

const ARRANGES = verbose`
  安排 | 组织(?!部|实施|验收) | 定于 | 拟于 | 兹定 | 定在 | [给帮]我定个? | (?:^|[，,])\s*(?:先)?定[:：] | 登记为 | 登个 | 排上
  | 录入课程 | [增加新]开一 | 增开 | 加开 | 开课 | 排课 | 排学习 | 课表 | 排个 | 排一[场次下个堂节] | 排到 | 举办 | 召开
  | [办搞开加弄]一?[场次个堂节期](?!人) | 上一?堂 | 新增(?:场次|一?[场次]|学习|课) | 增补 | 召集 | 叫[到上] | 通知学习 | 通知下去
  | 发个?学习通知 | 集中学习[:：] | 学习安排 | 排进 | 列入(?:学习|日程|计划) | 登记为学习 | [请给]?排一下 | 记入日程 | 学习计划
`;
/** What people gather to learn. */
export const EVENT = verbose`
  学习(?!室) | 讲座 | 培训 | 党课 | 辅导 | 观看 | 心得交流 | 交流会 | 报告会 | 研讨 | 宣讲
  | (?<!同|大|中|小|上|放|开|自|科|文|数|医|药|农|哲|美)学(?!校|生|院|会(?!儿)|历|位|员|费|科|术|时|期|者|堂|问)(?:一[学下])?
    [〇㐀-鿿《“]{2}
  | 学[法规纪](?=[，。\s]|$) | 场次 | [讲上]一?[堂节]?(?:[〇㐀-鿿]{0,4})课 | 讲(?=[〇㐀-鿿]{2}) | 教育 | 课程 | 课(?!题|件|时)
  | 讲堂 | 党日 | 座谈 | 读书会 | 专题 | 测试 | 演练 | 演讲 | 警示 | 片 | 听一听 | (?:过|读|学)一遍 | 条例 | 准则 | 纪律
`;

// What somebody will do as one of the audience, or in an affair of one's own.
const OWN_PART = verbose`
  我(?:们?(?!科|股|局|处|所|站|馆|队|中心|单位))?(?:[^，。]{0,8}(?:要?去|要到|要参加|参加|得|有事|有课|有会|想去|自己|一个人)|也)
  | 自学 | 自己[学看] | 参加(?:省|市|县|区|部|厅|培训|学习) | 陪 | 接送 | 请[^，。]{0,4}假 | 告假 | 缺席 | 来不了 | 到不了 | 赶不
  | 没空 | 别忘 | 记得 | 提醒我 | 准时 | 迟到
`;
const ELSEWHERE =
  /(?:省|市|县|区|部|厅|州|上级|总局|总队|集团|学校|公司|党校)(?:里|上)?(?!长)[^，。]{0,16}(?:通知|要求|组织|召开|举办|开|安排|要开|有个?)/;
const FOREIGN = verbose`
  检查 | 督查 | 汇报 | 来[^，。]{0,4}(?:学习|调研|考察) | 跟班 | 挂职 | 轮训 | 调训 | 党校 | 报名 | 材料 | 情况 | 结束 | 几点
  | 采访 | 接站 | 给我 | 我[^，。]{0,4}(?:到|在|去)[^，。]{1,8}(?:讲课|上课|授课|讲座)
  | 学习(?:强国|代表|积分|计划|方案|任务|资料|笔记|心得) | 去[〇㐀-鿿]{1,6}(?:学习|培训|上课|听课|开会)
  | (?:给|为|到|去|在)[^，。]{0,6}(?:企业|学校|社区|村|镇|县)[^，。]{0,6}(?:讲|上课|培训|宣讲)
`;
// Day, hour and room taken out, one part says who learns what: 「全体学党章」, 「保密知识培训」.
const SAYS_WHAT = verbose`
  ^(?:请|由|对|给|带|让|叫)?(?:
      [我咱]们?[科股局处所站馆队]? | 全体[〇㐀-鿿]{0,4} | 全局 | 全[科所队馆] | 大家伙?儿? | 班子[^学听看讲]{0,12} | 党组 | 中心组
      | [^学听看讲]{0,4}支部 | 各?[科股][^学听看讲]{0,8} | [^学听看讲]{0,4}[大支]队 | 本[科股]
    )*(?:要|来|都|再|就|一起|一块儿?|集合|集中|集体|统一|组织|专题|例行|理论|政治|业务)*
    (?:学|看|听|讲|上一?|开展|进行|培训|收看|观看|座谈|研讨|集中学)
  | (?:
      学习 | 培训 | 讲座 | 教育 | 课 | 辅导 | (?:过|读|学)一遍 | [习书训讨习讲]会 | 研讨 | 演练 | 片 | 条例 | 准则 | 法 | 》
      | 讲堂 | 党日 | 精神 | 路线 | 专题 | 规定 | 办法 | 纲要 | 知识 | 实务 | 讲[〇㐀-鿿]{2,12}
    )$
`;
const NOT_NOW = verbose`
  ^[^，。]{0,24}(?:地点|会场|场地|主讲人?|材料)(?:改|换|挪|调)(?:到|为|成|在) | 没安排 | 不安排 | 别安排 | 打算 | 考虑 | 琢磨
  | 建议 | 申请 | 时限 | 期限 | 已经?安排了 | 安排了\d | 安排的[^，。]{0,8}[去来到开讲]了 | [学讲开看听](?:了|过) | 没[学讲开]
  | 要(?:学|讲|开|上|搞)[^，。]{0,12}吧[。!！\s]*$ | 点(?:半|钟|整)?(?:之?前|以前) | (?:之|以)前 | 材料 | 手册 | 签到表 | 欢迎
  | 报名 | 安排(?:人|车|专人) | 把[^，。]{0,10}(?:发(?!展)|送|交(?!通|流|易|接|际)|报(?!告)|打印|准备)
`;

/** Whether words tell of a gathering at all that somebody may be arranging, and no plan, question, rumour or other people's. */
function tellsOfGathering(clause: Clause): boolean {
  const { mood, text, reading } = clause;
  if (mood.asks || mood.supposes || mood.hears || NOT_NOW.test(text) || tellsOfOthers(text)) return false;
  if (/自学|自习|请假|告假|签到(?!码)(?<![须需要]签到)/.test(text)) return false;
  return EVENT.test(text) && !(reading.chat === 'group' && /带|准时|参加[。!！]?$/.test(text));
}

/** `outright`: by a word that arranges. */
export interface Arranged extends Span {
  outright: boolean;
}

/**
 * What arranges a session: the word for it, or day and hour and what is learnt out of the mouth of somebody who gives orders
 * (「周四下午三点，全体学党章」, 「5.22 9:00 三楼 学习民法典」).
 */
export function arrangedIn(clause: Clause): Arranged | null {
  if (!tellsOfGathering(clause)) return null;
  const { reading, text } = clause;
  const said = cue(clause, ARRANGES);
  const orders = givesOrders(reading.speaker);
  const elsewhere = ELSEWHERE.test(text);
  if (said) {
    const others = elsewhere && !/我局|本局/.test(text) && /通知|听说/.test(text);
    return others || (!orders && (OWN_PART.test(text) || elsewhere)) ? null : { ...said, outright: true };
  }
  if (reading.chat === 'group' || !orders || OWN_PART.test(text) || elsewhere) return null;
  if (FOREIGN.test(text)) return null;
  const ahead = daysSaid(clause, 'ahead');
  if (ahead.length === 0 || ahead.some(({ day }) => day < reading.today) || readTime(text) === null) return null;
  return partsOfTopic(text, reading.today).some((part) => SAYS_WHAT.test(part))
    ? { start: clause.start, end: clause.end, outright: false }
    : null;
}

const NO = '(?:不|别|甭|暂不|不再|先不|先别|莫|无需|不用|不必)(?:用|再|要)?';
const ENDS = new RegExp(
  `取消|撤(?:销|了|掉|下|场|课|[。，！\\s]|$)|cancel|${NO}(?:搞|弄|整|[开办学上听讲](?!会[。，]|始|展|放|心)|举行|安排|进行|组织|召开|[来去](?=[。，！!\\s了啦]|$))(?!(?:到|得)?(?:了)?(?:吗|么|[?？]))|停(?=[。!！，\\s]|$)|停[办开课了一掉上讲止]|先停|暂停|免(?=[。!！，\\s]|$|了|掉)|砍|删|[拿划去抹剔勾][掉除]|拉倒|黄了|泡汤|叫停|作罢|作废|暂缓|搁置|推掉|往后放`,
  'i',
);
const STAYS = verbose`
  不(?:能|会|要|可|许|得|该|用|必)[^，。]{0,10}(?:停|取消|撤|改) | [别没甭]有?取消 | 不取消 | 该不会 | 照常 | 取消过 | 会不会
  | 又要?取消 | (?:不会|又|该)[^，。]{0,6}吧[。!！?？\s]*$ | 假 | 申请 | 打算 | 考虑 | 建议 | 刚才 | 时限 | 期限 | 验收
  | 带(?:本|笔|材料)
`;
const NOT_THE_TIME = /(?:地点|会场|场地|主讲人?|材料)(?:改|换|挪|调)(?:到|为|成|在)/;
/** Somebody stays away; the session is held. */
const STAYS_AWAY = /我(?!看|觉得|们?[科局股处])[^，。]{0,6}(?:不|没)(?:听|去|来|上|学|参加)|自学|自己学/;

/** A work of the ledger, by its number or by a word that no session's topic holds as well. */
const namesWork = ({ items, text, reading }: Clause): boolean =>
  items.some(({ how, score }) => how !== 'gist' || score >= 1.5) &&
  !/学习|讲座|培训|党课|辅导|[那这]场/.test(text) &&
  reading.lexicon.sessions.about(text).every(({ kind }) => !text.includes(kind));

/** What a session is called off or moved by. */
export const CALLING_OFF = [ENDS, MOVES];

/** What calls a session off, or moves it; null where it is held, asked about or only missed by the speaker. */
export function calledOffIn(clause: Clause): Span | null {
  const { mood, text, reading } = clause;
  const span = cue(clause, ENDS) ?? cue(clause, MOVES);
  if (!span || questioned(text) || mood.supposes || mood.hears || STAYS.test(text) || NOT_THE_TIME.test(text))
    return null;
  if (STAYS_AWAY.test(text) || tellsOfOthers(text)) return null;
  // 「调研报告延到6月10号」 moves the work's term, no session.
  if (cue(clause, ENDS) === null && namesWork(clause)) return null;
  const words = text.slice(span.start - clause.start, span.end - clause.start);
  // 「明天学习不去了」: whoever says so stays away, and even a head only speaks for the others by saying it.
  const isOwn = /[听去来]/.test(words) || (/[上学]/.test(words) && !givesOrders(reading.speaker));
  return isOwn && !/大家|全体|都/.test(text) ? null : span;
}
