import { asMeant } from './misheard.ts';
import { matchesOf } from './pattern.ts';
import { leavesShareOpen, percentIn } from './share.ts';
import { decimalsIn, NUMBER, readNumber } from './slots/number.ts';
import { SINCE } from './slots/period.ts';
import { verbose } from './verbose.ts';

/** What the words say of how far something has come. */
export interface Figures {
  percent?: number;
  quantity?: number;
  increment?: number;
  /** a figure is there but leaves open which one is meant: 两三家, 过半, two bare numbers */
  vague: boolean;
}

interface Counted {
  target: number | null;
  unit: string | null;
}

const MEASURE =
  '(?:起|例|单|桩|趟|轮|回|位|里|亿元|万|亿|元|个|家|所|次|份|项|件|处|座|场次|场|户|亩|人次|人|公里|千米|篇|期|台|套|条|批|名|村|宗|笔|吨|平方米|种|门|部|本|棵|株|头|辆|间|栋|点)';
const counters = new Map<string, RegExp>();

/** A unit as part of a pattern: whatever stands in a ledger's cell, it is looked for and never read as a pattern of its own. */
export const literally = (unit: string): string => unit.replace(/[^〇㐀-鿿\w]/g, '.');

/** Numbers with their measure, the item's own measure among those looked for. */
function counterOf(unit: string | null): RegExp {
  const own = unit ?? '个';
  let counter = counters.get(own);
  if (!counter) {
    counter = new RegExp(
      `(${NUMBER}|几|半)\\s*(多|余|来)?\\s*(?:(${literally(own)})|(万|亿)?\\s*(${/^[万亿]./.test(own) ? `${own.slice(1)}|` : ''}${MEASURE})?)`,
      'g',
    );
    counters.set(own, counter);
  }
  return counter;
}
const VAGUE = verbose`
  [一两二三四五六七八][二两三四五六七八九](?=[家个项所次份万户亩场座成])
  | [一二三四五六七八九][一二三四五六七八九]十(?=[家个项所次份万户亩场座]) | [好十]?几[十百]?(?=[家个项所次份户亩场座人]) | 若干
  | 一些 | (?<!第)一批 | 不少 | 好多 | 成左右?的把握
`;
const TOTAL = verbose`
  (
      = | 等于 | 合成 | 应该?是 | 应为 | 实际(?:上|应该?)?是 | 合起来 | 加起来 | 累计 | 拢共 | 统共 | 合计 | 共计 | 总计 | 总共
      | 一共 | 总数 | 全年 | 共(?!享|同|建) | 已有 | 现有 | 目前 | 截至 | 截止 | 至今 | 至此 | 到现在 | (?<![下传送表])达到?
      | [增升]到 | 突破 | [到增]至 | (?<!新)到(?![货位账会场手岗期])了? | 有了 | 满 | 凑[够齐足满] | 够
    )[^\d，,]{0,8}$
`;
const ADDED = verbose`
  (
      新增 | 新添 | 新批 | 新签 | 新认定 | 新建成 | 新培育 | 新发展 | 新引进 | 新安排 | 新办 | 又 | 再 | 增加 | 增了 | 添了 | 多了
      | 多(?=\d) | 加了?(?![上起快固强大装班宽密工]) | 添 | 新来 | (?<!更)新(?=[批签认建培发引安办入立挂评获开投设出增]|$)
      | (?<![更创革翻刷重高全])新(?=(?![看谈来聊问去跑访见请约报提想说议列拟备选])[〇㐀-鿿][了好完上成出掉]+$) | 本周 | 这周
      | 加上?这
    )[^\d，,]{0,8}$
  | \+\s*$
`;
// What happened on one day adds to what was; of a month or week it stays open.
const TODAY = /(?:今[天日早晨儿]|昨[天日晚儿]|刚刚?|上午|下午|方才|这会儿)[^\d，,。]{0,12}$/;
const LATELY = /(?:本月|当月|这个月|上个?月|月份|[一二三四五六七八九十\d]月|上周|近期|最近)[^\d，,。]{0,12}$/;
const SO_FAR = /已|现|目前|截[至止]|共|达|到(?![账货位])|总|累|核[实对准查]?|清点|盘点|统计|数了|[是为]\s*$/;
const LACKS =
  /(还差|尚差|只差|就差|仅差|差(?!不多)|还缺|尚缺|缺|还剩|只剩|剩下?|欠|余下?|余|(?:离|距)[^\d，,。]{1,8}(?:有|差|还))[^\d，,]{0,4}$/;
const LACKING = /^(?:还|都|尚|仍|暂|也|一直)*(?:没|未(?!来))/;
const BEFORE =
  /(前面|之前|以前|原来|原先|上次|上回|上月|上个月|去年|年初|加上|由|从|连同|原有|此前|先前)[^\d，,]{0,10}$/;
const OTHERS = /(另外|其余|剩余|其他|还有|另|下一批|下一|(?<![到至]了?)第|余下)[^\d，,]{0,4}$/;
const WANTED = /(目标|任务数?|计划数|应完成|要求|指标|全年要|需要?|定的|年度)[^\d，,]{0,4}$/;
// Asked for and not had yet; counts only where nothing else does.
const SOUGHT =
  /(?:[上申]?报了?|推荐了?|受理了?|考察了?|摸底|储备了?|筛选|征集|入围|参评|动工|进场|立项|挂网|在[建办谈审批]|待[批验审]|开工|提交了?|有)[^\d，,]{0,3}$/;
const SEEKING = /^(?:还|都|尚|正|仍)*(?:在(?!\d)|待|等|拟|即将|准备|正)/;
const SUMMED =
  /[、和与跟及][^，。；\d]{2,10}(?:总共|一共|合计|共计|拢共|统共)|[合加](?:起来|一块|一起|在一起|到一起|在一块)|两[项个]?(?:合计|总共|一共)/;
const FRACTION = new RegExp(`(${NUMBER})\\s*(?:[〇㐀-鿿]{1,3})?\\s*/\\s*(${NUMBER})(?!\\d*(?:日|号|前|之前|以前|/))`);

// 一万三千, 12万5千: one number.
const HAN_DIGITS = '[一二两三四五六七八九十百千\\d]+';
const TEN_THOUSANDS = new RegExp(
  `(${HAN_DIGITS})万([一二两三四五六七八九\\d][千百][一二两三四五六七八九十百千\\d零]*)`,
  'g',
);
const digits = (all: string, high: string, low: string): string => {
  const [above, below] = [readNumber(high), readNumber(low.replace(/(\d)千$/, '$1000').replace(/(\d)百$/, '$100'))];
  return above === null || below === null ? all : String(above * 1e4 + below);
};

/**
 * Figures of one report on an item (G5): 累计 and the like give the total so far, 新增 an addition, 还差 what lacks to the
 * target, 5/7 a total. Only counts whose measure fits the item's count; 万元 reads 九百万 as 900.
 */
export function figuresIn(said: string, item: Counted): Figures {
  // 「摘了两块牌子，还差一块」: what is hung up counts what it stands for.
  const spoken = decimalsIn(asMeant(said))
    .replace(TEN_THOUSANDS, digits)
    .replace(/(?<=[一二两三四五六七八九十\d])个亿/g, '亿');
  const text = /牌子?|匾/.test(spoken) ? spoken.replace(/[块面](?!钱)/g, '个') : spoken;
  const percent = percentIn(text);
  const fraction = FRACTION.exec(text);
  const [part, whole] = fraction ? [readNumber(fraction[1] ?? ''), readNumber(fraction[2] ?? '')] : [null, null];
  if (item.target === null) {
    const share =
      percent === null &&
      part !== null &&
      whole &&
      part <= whole &&
      /进度|进展|完成|目前|已|[:：\s]\d|^\S{1,6}\d/.test(text)
        ? Math.round((100 * part) / whole)
        : percent;
    return {
      ...(share !== null && { percent: share }),
      vague: share === null && (VAGUE.test(text) || leavesShareOpen(text)),
    };
  }
  if (part !== null && whole === item.target) return { quantity: part, vague: false };

  const found = countsIn(text, item);
  // 「仨学校，新增3场次」: what is counted in the item's own measure is meant.
  const own = found.filter(({ exact }) => exact);
  const counts = own.length > 0 ? own : found;
  const ofRole = (role: Count['role']) => counts.filter((one) => one.role === role);
  const totals = ofRole('total');
  const added = ofRole('added');
  const [lacking] = ofRole('lacks');
  const plain = ofRole('plain').length > 0 ? ofRole('plain') : ofRole('sought');
  const quantity = soFar(
    item.target,
    totals.map(({ value }) => value),
    [...new Set(plain.map(({ value }) => value))],
    lacking?.value,
    WHOLE.test(text),
  );
  const increment = added.length === 1 ? added[0]?.value : undefined;
  const open = quantity === undefined && increment === undefined;
  const vague =
    (open && (counts.length > 0 || VAGUE.test(text) || leavesShareOpen(text))) ||
    counts.some(({ loose }) => loose && totals.length === 0) ||
    (VAGUE.test(text) && totals.length === 0 && percent === null) ||
    (SUMMED.test(text) && added.length === 0 && !counts.some(({ value }) => value === item.target)) ||
    (quantity !== undefined && totals.length === 0 && quantity > 2 * item.target);
  return {
    ...(quantity !== undefined && { quantity }),
    ...(increment !== undefined && { increment }),
    ...(percent !== null && open && { percent }),
    vague: vague && !(percent !== null && open),
  };
}

// The target alone is reached only if something says so: 「35处，一处不能少」.
const WHOLE = /全|都|均|完|齐|满|达|批|已|了|成|结|毕|\d\s*\/|办|签|认定|建|改/;

/** What there is so far: what is called the total, else the target without what lacks, else the one count that is not the target. */
function soFar(
  target: number,
  totals: number[],
  plain: number[],
  lacking: number | undefined,
  whole: boolean,
): number | undefined {
  if (lacking !== undefined && lacking <= target && totals.every((value) => value === target)) return target - lacking;
  if (totals.length > 0) return totals.at(-1);
  const others = plain.length > 1 ? plain.filter((value) => value !== target) : plain;
  return others.length === 1 && (others[0] !== target || whole) ? others[0] : undefined;
}

// What ceased or went back counts nothing that came about.
const ENDED =
  /(?:终止|撤[项销]|注销|取消|退出|流失|淘汰|摘牌|落选|作废|停[建办产]|延期|退|砍掉?|拒绝?|搬走|填错|还款)了?$/;

interface Count {
  value: number;
  role: 'total' | 'added' | 'lacks' | 'plain' | 'sought';
  /** in the item's own measure */
  exact: boolean;
  /** 30多项 */
  loose: boolean;
}

function countsIn(text: string, item: Counted): Count[] {
  const counts: Count[] = [];
  for (const match of matchesOf(text, counterOf(item.unit))) {
    const [all, number = '', more, own, scale, other = ''] = match;
    const said = own ?? other;
    const measure = said || (/[俩仨]$/.test(number) ? '个' : '');
    const value = number === '半' ? null : readNumber(number);
    if (value === null || !fits(measure, scale, item)) continue;
    const before = text
      .slice(Math.max(0, match.index - 24), match.index)
      .replace(/\u00a0+/g, '')
      .replace(/^.*[，,。；;]/, '')
      .slice(-14);
    const after = text.slice(match.index + all.length, match.index + all.length + 6);
    if (
      measure === '' &&
      /^一$/.test(number) &&
      /^(?:半|些|点|直|定|致|切|样|般|时|共|律|并|边|方|旦|向|再|起)/.test(after)
    )
      continue;
    // 「100项里头已经下达六成」 names the whole, 「报的2家少算了」 what was wrong.
    if (/^(?:里头?|里面|当中|之中|中)(?!标)|^(?:[少多漏](?:算|报|记|数)|算[少多错]|[报记]错)/.test(after)) continue;
    if (
      /^(?:不|也不|都不)/.test(after) ||
      /(?:慢|少|落后|滞后|[降减]少?|缩水|[多少漏](?:算|报|记|数|写|统计))了?$/.test(before)
    )
      continue;
    if (/^[%成]|^分之|^数|^(?:的)?(?:目标|任务|指标)/.test(after) || /分之$|(?<![到至]了?)第$|#$/.test(before))
      continue;
    if (measure === '' && scale === undefined && !/[累共计达到有是为+]$|放了?$/.test(before.trim())) continue;
    if (/[由从]\s*$/.test(before) || ENDED.test(before)) continue;
    if (BEFORE.test(before) && !SINCE.test(before) && !/[到至]$/.test(before) && !TOTAL.test(before)) continue;
    const lacks = LACKS.test(before) || LACKING.test(after);
    // 「办结，还差一份证明材料」: the work is done.
    if (lacks && /^(?:证明|佐证|验收|签字)?(?:材料|资料|手续|签字|公章|发票)/.test(after)) continue;
    if (
      (WANTED.test(before) && !lacks) ||
      /(?:最后|每|首|(?<!里)头|同|某|任|哪|这|那)$/.test(before) ||
      (OTHERS.test(before) && !lacks) ||
      /^(?:科室|单位|部门|人|同志|工作|半?(?:小时|钟头)|分钟|刻钟|课时|学时|点钟|专家|领导|县|乡|镇|村|方面|环节|阶段|问题|月|号|楼)/.test(
        after,
      )
    )
      continue;
    const role = lacks
      ? 'lacks'
      : TOTAL.test(before) || (SINCE.test(before) && !ADDED.test(before))
        ? 'total'
        : ADDED.test(before) || (TODAY.test(before) && !SO_FAR.test(before))
          ? 'added'
          : SOUGHT.test(before) || SEEKING.test(after)
            ? 'sought'
            : 'plain';
    counts.push({
      value: inUnit(value + halfBehind(measure, after), scale, measure, item),
      role,
      exact:
        measure === item.unit ||
        measure === '' ||
        (/[俩仨]$/.test(number) && /^(?:$|[了没未还都在已，。])/.test(after)),
      loose: more !== undefined || (role === 'plain' && LATELY.test(before) && !SO_FAR.test(before)),
    });
  }
  return counts;
}

// Measures that count the same things.
const ALIKE: string[][] = [
  ['件', '起', '例', '宗', '单', '桩'],
  ['个', '家', '所', '处', '座', '项'],
  ['个', '家', '户'],
  ['场', '场次', '次', '趟', '轮', '回'],
  ['人', '名', '位', '人次'],
  ['辆', '台', '部'],
  ['公里', '千米', '里'],
];

/** 个 counts everything that is not money or land; else the measure is the item's own. */
function fits(measure: string, scale: string | undefined, { unit }: Counted): boolean {
  if (unit === null) return measure === '' || measure === '个';
  if (/元$/.test(unit)) return /元$/.test(measure) || measure === '' || measure === '万' || scale !== undefined;
  if (measure === unit) return true;
  if (/^[万亿]/.test(unit) && measure !== '' && unit.slice(1) === measure) return true;
  if (/^[万亿]/.test(unit) && scale !== undefined) return measure === '' || unit.endsWith(measure);
  // 「经费360万」 counts no projects.
  if (measure === '' || scale !== undefined) return scale === undefined;
  return (
    measure === unit ||
    (measure === '个' && !/[份次届场里]$/.test(unit)) ||
    ALIKE.some((group) => group.includes(unit) && group.includes(measure))
  );
}

/** What 「半」 behind a measure adds: 「4公里半」. */
const halfBehind = (measure: string, after: string): number =>
  measure !== '' && /^半(?![年天月个小钟截成路拉夜价数途])/.test(after) ? 0.5 : 0;

function inUnit(value: number, scale: string | undefined, measure: string, { unit }: Counted): number {
  const factor =
    scale === '亿' || measure.startsWith('亿') ? 1e8 : scale === '万' || measure.startsWith('万') ? 1e4 : 1;
  const own = unit?.startsWith('亿') ? 1e8 : unit?.startsWith('万') ? 1e4 : 1;
  // 「13000剂」 of a count in 万剂 is 1.3.
  if (own > 1 && factor === 1 && measure !== '' && unit?.slice(1) === measure && !/元$/.test(unit)) return value / own;
  // 「620」 of an amount in 万元 is 620 万元; 「930万元」 is 930 of them.
  return factor === 1 && measure !== '元' ? value : Math.round(((value * factor) / own) * 100) / 100;
}
