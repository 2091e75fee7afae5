import { moodOf } from './mood.ts';
import type { Clause } from './reading.ts';
import { tellsOfOthers } from './subject.ts';
import { verbose } from './verbose.ts';

/** Said outright: 走访, 回访, 走企记录. */
export const VISITED_OUTRIGHT =
  /走访|拜访|回访|登门|上门(?:服务|走访|了解|对接)|联络员|[走访入进联]企(?!业)|(?:入|进|访|走进|深入|联系|服务)企业/;
// 「去了」, 「在……蹲了」, 「从……出来」 before the name; 「……跑过了」, 「……见了面」 behind it.
const TOWARDS = verbose`
  (?:
      走访 | 拜访 | 看望 | 回访 | 慰问 | 调研 | 考察 | 察看 | 查看 | 走进 | 深入 | 前往 | 去往 | 来到 | 去 | 到 | 赴 | 往
      | (?<![会网线场路早晚以])上 | 下 | 进 | 登 | 跑 | 奔 | 对接 | 联系 | 在 | 从 | 打 | 转 | 看 | 和 | 跟 | 同 | 与 | 会同
    )(?:了|过)?(?:一?[趟次圈])?(?:的|咱|我们?|联系|包联|挂钩|市|区|县)*[〇㐀-鿿]{0,2}$
`;
const THERE = verbose`
  ^[^，。；]{0,10}?(?:
      走访 | 回访 | 拜访 | 登门 | 去[过了] | 去了?一?趟 | 跑[过了] | 走了 | 走一走 | 看了 | 看[过看] | 转[了过转] | 蹲 | 泡了
      | 待了 | 坐了 | 聊了 | 谈了 | 出来 | 回来 | 见了?个?面 | 座谈 | 开了 | 了解(?:了|到|一下)? | 调研 | 考察 | 察看 | 查看 | 问了
      | 现场办公 | 上门 | [的]?门
    )
`;
const FOUND =
  /了|过|趟|主要|反映|提出|了解|帮|看|出来|回来|完毕|察看|协调|问题|诉求|需求|缺|盼|要求|希望|不足|困难|记录|登记|[:：，]/;
const NOT_YET = verbose`
  打算 | 准备(?:去|走访|到) | 计划(?:去|走访|到) | 还没[去到] | 没去 | 没走访 | 没顾上 | [下明后][周天][^，。]{0,4}(?:去|走访|到)
  | 要去 | 想去 | 该去 | 改天 | 回头(?:去|再) | 请[^，。]{0,6}走访 | 安排走访 | 先不记 | 别记 | 预约 | 约好 | 约了 | 约[在定]
  | (?:走访|拜访|去|到)[^，。]{0,8}的(?:是|人是)(?!我|咱|俺) | 本来[^，。]{0,4}(?:要|想|打算)
  | (?:走访|拜访)的(?:照片|材料|录音|视频|通知|计划|方案) | ^\s*要不 | 因[^，。]{1,6}取消 | 路过 | 没(?:能|有)?进[去门厂]
  | 没见[着到]人? | ^\s*下一?步 | 吧[。！!\s]*$
`;
// They came, they called: nobody visited them.
const CAME = verbose`
  (?:
      来(?:局|电|我|单位|办|科|咱|找|访|了[^，。]{0,2}(?:人|电话)) | 打来 | 来信 | 致电 | 寄来 | 送(?:来|了|给) | 送面 | 报来
      | 发来 | 转来 | (?:走访|拜访|回访|看望|考察)(?:了|过)?(?:我们?|咱们?|俺们?|本)(?:局|单位|办|科|处|所|中心)
      | (?:走访|拜访|回访|看望|考察)(?:了|过)?(?:我们|咱们?|俺们?)(?:来|了|[，。！!]|$) | 投诉 | 转办 | 交办 | 催
    )
`;

// What those who were visited say is no rumour, what weather was feared no doubt.
const VISITED_SAY =
  /(?:他们?|她们?|对方|企业|老板|负责人|人家|[校院厂园社村]长|董事长|经理)(?:都|也|还)?(?:[说讲]|提出|反映|要求)/g;
const WEATHER = /怕[^，。]{0,3}(?:[下刮]|雨|雪|堵|热)/g;

// A whole saying, to its end or that of the sentence: 「网站上登的：“昨日市领导到我公司走访。”」.
const SAYING = /[“「"][^”」"]{5,}(?:[”」"]|$)/g;
const withoutSayings = (text: string): string => text.replace(SAYING, (found) => '　'.repeat(found.length));

// 「看甲厂公众号」 goes nowhere.
const READ_OF = /^的?(?:微信)?(?:公众号|网站|官网|网页|微博|朋友圈|简报|报纸|视频号)/;

/** Whether the clause tells that somebody of the office was at the enterprises it names. */
export function visitsIn(clause: Clause): boolean {
  const { enterprises, reading } = clause;
  const text = withoutSayings(clause.text);
  const mood = moodOf(text.replace(VISITED_SAY, '').replace(WEATHER, ''));
  if (enterprises.length === 0 || mood.supposes || mood.hears || mood.asks || notYet(clause) || CAME.test(text))
    return false;
  if (enterprises.every(({ end }) => READ_OF.test(reading.message.text.slice(end)))) return false;
  if (tellsOfOthers(text) || goesAnother(clause)) return false;
  if (VISITED_OUTRIGHT.test(text)) return true;
  if (reading.chat === 'group' || !FOUND.test(text)) return false;
  const whole = withoutSayings(reading.message.text);
  return enterprises.some(
    ({ start, end }) =>
      TOWARDS.test(whole.slice(Math.max(clause.start, start - 14), start).replace(/^.*[，。；]/s, '')) ||
      THERE.test(whole.slice(end, clause.end)),
  );
}

/** Planned, and nothing else told of: 「今天陪科长走访甲厂，下周三还要去乙厂」 tells of one that was. */
const notYet = ({ parts }: Clause): boolean =>
  parts.some((part) => NOT_YET.test(part)) &&
  !parts.some((part) => VISITED_OUTRIGHT.test(part) && !NOT_YET.test(part) && !/[下明后][周天个]/.test(part));

/** 「某某昨天去了……」: a colleague's visit is the colleague's to record. */
function goesAnother({ people, reading: { message, speaker }, text, start }: Clause): boolean {
  const [first] = people;
  if (!first || first.people.some(({ id }) => id === speaker.id) || /我|咱/.test(text)) return false;
  const before = message.text.slice(start, first.start);
  return (
    !/[陪和跟同与带由随]$/.test(before) && /^[^，。]{0,8}(?:去|到|赴|走访|跑|下)/.test(message.text.slice(first.end))
  );
}
