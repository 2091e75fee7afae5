import type { ItemMention } from './entities/items.ts';
import { asMeant } from './misheard.ts';
import type { Clause } from './reading.ts';
import { SINCE } from './slots/period.ts';
import { overlaps, type Span, without, withoutPairsOf } from './text.ts';
import { verbose } from './verbose.ts';
import type { WorldItem } from './world.ts';

// A word or construction that says something came about, or how far it is by now.
const CAME = verbose`
  已 | 了 | 过(?!程|关|期|度|多|高|大) | 完 | 毕 | 竣 | 成(?!本|员|果|效|绩|都|长|人|分|交价) | 达 | 累计 | 累加
  | 新(?=[增添批签认建培育发引安办挂开投招入获评立出]|$) | 又[〇㐀-鿿]{1,3}[来回下] | 又 | 再 | 增 | 添 | 加(?![班油强快大]) | 共
  | 合计 | 总[计数共] | 目前 | 按\s*(?=报) | 现[有在为] | 截[至止] | 至今
  | 有(?!望|关|点|些|人|限|效|意|误) | 到(?![会场场位]) | 是 | 为(?!了|什么) | [:：=＝+/] | 进[度展] | 差(?!不多) | 剩 | 欠 | 获
  | 中标 | 挂牌 | 落[地实户成] | 拿下 | 报(?:一下|个|上|到) | 上报 | 汇报 | 登记 | 记(?:一下|上|录) | 更新 | 照旧 | 仍
  | [批签认评建办发放招聘演查改治装投收孵通做弄考查]好?定?[上到出下成]?(?=\s*[\d一二两俩三仨四五六七八九十百])
`;
const FILLERS =
  /[^〇㐀-鿿]|[的啦咯喽啊呢吧哈呀嘛就还这那块边头项都里咱我俺们科台账号嗯哦另外一下]|进度|情况|任务|工作|指标完成|本?[周月季年]度?|今[天日]|昨[天日]|上午|下午|早上|晚上/g;
const NUMBER = /[\d一二两俩三仨四五六七八九十百半壹贰叁肆伍陆柒捌玖拾]/;
const FIGURES =
  /(?:百分之)?[\d零一二两俩三仨四五六七八九十百千万亿点.壹贰叁肆伍陆柒捌玖拾佰仟]+(?:%|成[一二三四五六七八九半]?|分之[一二三四五六七八九十]+|人次|场次|平方米|亩|公里|[〇㐀-鿿])?/g;

function endOf(text: string, { start, end, how }: ItemMention): number {
  const figure = how === 'gist' ? text.slice(start, end).search(NUMBER) : -1;
  return figure < 0 ? end : start + figure;
}

// What a report is made of besides: verbs of getting things, how far up, how nearly, how one reckons.
const REPORTING = new RegExp(
  `${SINCE.source}|(?<![更创革翻刷重高全])新(?![看谈来聊问去跑访见请约报提想说议列拟备选])[〇㐀-鿿](?=[了好完上成出掉])|[贷借]款|到手|到位(?= )|批复|敲定|通车|(?:入库|上路|开工|对接|认定|孵化|收尾|封顶|确定|选定|放款|投用|启用|安排|下达|检测|发展|引进|组建|招录|[批签评认建办招孵编写审选筛立铺装发放挂投干弄做搞攒拢凑收查治改演巡清栽派进])(?:下来|出来|起来|上去|下去|[来好定到妥成足上下起出])?|国家级?|[省市县区](?:级|里|厅|局)?|老师|院校|材料|准备|牌子|活儿?|总算|请|给你?|记[到上]*|前面|之前|上月|上周|次数|数|[〇㐀-鿿]{0,3}(?:银行|商行|信用社)|[交建中工农]行|开展|提高|提升|上升|增加|目标|眼下|全部|终于|核[实对]|统计|清点|提[到至]|拉到|当中|验收合格|觉[着得]|资料|全|倒|差不多|大[约概]|左右|刚[好刚]?|整[个体]?|总|算|至此|应[该当]|离|由|从|经|[上下]半|[底初旬上下来出起]|几天|${CAME.source}`,
  'g',
);

// Said of works and of little else.
const OUTRIGHT =
  /进度|完成|完工|竣工|累计|共计|合计|一共|总共|新增|[又已][^，。]{0,4}[批签认建敲办]|又[放拿跑][来下出回]|还差/;

// 「新看了2家」, 「谈了3家」: looked at or talked to is not had.
const ONLY_TALKED = /[看谈聊问访见约提议]/;

/**
 * Whether the words say that a figure came about: by a word for it, or in the bare form of a report, the name of the work
 * and its figure. What the figure stands for may be something else where other words stand in its part, 「预算砍了30%」.
 * @param places parts that tell of something
 */
export function cameAbout(
  { nameless, start: from, items, reading }: Clause,
  places: readonly Span[],
  item: WorldItem,
): boolean {
  return places.some(({ start, end }) => {
    // A name put together from words far apart may hold the figure; it ends before that.
    const named = items
      .filter((one) => overlaps(one, { start, end }))
      .map((one) => ({ start: Math.max(0, one.start - start), end: endOf(reading.message.text, one) - start }));
    const words = asMeant(nameless.slice(start - from, end - from));
    const beside = without(words, named);
    if (!NUMBER.test(beside)) return false;
    // What lacks tells of what lacks; what stands in brackets only explains.
    const told = beside.replace(/[（(][^）)]*[）)]?|(?<=[差剩欠][^，。]{0,8}[家个项所处公里场人套])[^，。]*/g, ' ');
    const rest = withoutPairsOf(told.replace(FIGURES, ' '), [item.title]).replace(REPORTING, '').replace(FILLERS, '');
    if (rest === '') return true;
    const said = withoutPairsOf(words, [item.title]);
    return (
      (rest.length === 1 && !ONLY_TALKED.test(rest) && CAME.test(said)) || (rest.length < 4 && OUTRIGHT.test(said))
    );
  });
}
