import { NUMBER, readNumber, readPercent } from './slots/number.ts';

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
  '(?:万元|亿元|万|亿|元|个|家|所|次|份|项|件|处|座|场次|场|户|亩|人次|人|公里|千米|篇|期|台|套|条|批|名|村|宗|笔|吨|平方米|种|门|部|本|棵|株|头|辆|间|栋|点)';
const counters = new Map<string, RegExp>();

/** Numbers with their measure, the item's own measure among those looked for. */
function counterOf(unit: string | null): RegExp {
  const own = unit ?? '个';
  let counter = counters.get(own);
  if (!counter) {
    counter = new RegExp(
      `(${NUMBER}|几|半)\\s*(多|余|来)?\\s*(?:(${own.replace(/[^\p{Script=Han}\w]/gu, '.')})|(万|亿)?\\s*(${MEASURE})?)`,
      'gu',
    );
    counters.set(own, counter);
  }
  return counter;
}
const VAGUE =
  /[一两二三四五六七八][二两三四五六七八九](?=[家个项所次份万户亩场座成])|[一二三四五六七八九][一二三四五六七八九]十(?=[家个项所次份万户亩场座])|[好十]?几[十百]?(?=[家个项所次份户亩场座人])|若干|一些|一批|大半|过半|近半|多半|快一半|一半多|不少|好多|八九成|七八成|六七成|成左右?的把握/;
const ANSWERS_ITSELF = /[一二三四五六七八九][一二三四五六七八九]成/;

const TOTAL =
  /(累计|拢共|统共|合计|共计|总计|总共|一共|总数|全年|共(?!享|同|建)|已有|现有|目前|截至|截止|至今|到现在|达到?|突破|到了|有了|满|凑够|够)[^\d，,]{0,8}$/;
const ADDED =
  /(新增|新添|新批|新签|新认定|新建成|新培育|新发展|新引进|新安排|新办|又|再|增加|增了|添了|多了|多|加了|添|新来|新|本周|这周|加上?这)[^\d，,]{0,6}$/;
const LACKS = /(还差|尚差|只差|就差|仅差|差(?!不多)|还缺|尚缺|缺|还剩|只剩|剩下?|欠)[^\d，,]{0,4}$/;
const BEFORE =
  /(前面|之前|以前|原来|原先|上次|上回|上月|上个月|去年|年初|加上|由|从|连同|原有|此前|先前)[^\d，,]{0,10}$/;
const OTHERS = /(另外|其余|剩余|剩下|其他|还有|另|下一批|下一|第|余下)[^\d，,]{0,4}$/;
const WANTED = /(目标|任务数?|计划数|应完成|要求|指标|全年要|需要?|定的|年度)[^\d，,]{0,4}$/;

/**
 * Figures of one report on an item (G5): 累计 and the like give the total so far, 新增 an addition, 还差 what lacks to the
 * target, 5/7 a total. Only counts whose measure fits the item's count; 万元 reads 九百万 as 900.
 */
export function figuresIn(text: string, item: Counted): Figures {
  const percent = ANSWERS_ITSELF.test(text) ? null : readPercent(text);
  if (item.target === null)
    return { ...(percent !== null && { percent }), vague: percent === null && VAGUE.test(text) };
  const found = countsIn(text, item);
  const part = new RegExp(`(${NUMBER})\\s*/\\s*(${NUMBER})`).exec(text)?.[1];
  if (part) return { quantity: readNumber(part) ?? 0, vague: false };

  // 「仨学校，新增3场次」: what is counted in the item's own measure is meant.
  const own = found.filter(({ exact }) => exact);
  const counts = own.length > 0 ? own : found;
  const totals = counts.filter(({ role }) => role === 'total');
  const plain = counts.filter(({ role }) => role === 'plain');
  const added = counts.filter(({ role }) => role === 'added');
  const lacking = counts.find(({ role }) => role === 'lacks');
  const quantity =
    totals.at(-1)?.value ??
    (lacking
      ? item.target - lacking.value
      : new Set(plain.map(({ value }) => value)).size === 1
        ? plain[0]?.value
        : undefined);
  const increment = added.length === 1 ? added[0]?.value : undefined;
  const open = quantity === undefined && increment === undefined;
  const vague =
    (open && (counts.length > 0 || VAGUE.test(text))) ||
    counts.some(({ loose }) => loose && totals.length === 0) ||
    (VAGUE.test(text) && totals.length === 0 && percent === null);
  return {
    ...(quantity !== undefined && { quantity }),
    ...(increment !== undefined && { increment }),
    ...(percent !== null && open && { percent }),
    vague: vague && !(percent !== null && open),
  };
}

interface Count {
  value: number;
  role: 'total' | 'added' | 'lacks' | 'plain';
  /** in the item's own measure */
  exact: boolean;
  /** 30多项 */
  loose: boolean;
}

function countsIn(text: string, item: Counted): Count[] {
  const counts: Count[] = [];
  for (const match of text.matchAll(counterOf(item.unit))) {
    const [all, number = '', more, own, scale, other = ''] = match;
    const said = own ?? other;
    const measure = said || (/[俩仨]$/.test(number) ? '个' : '');
    const value = number === '半' ? null : readNumber(number);
    if (value === null || !fits(measure, scale, item)) continue;
    const before = text.slice(Math.max(0, match.index - 14), match.index).replace(/^.*[，,。；;]/, '');
    const after = text.slice(match.index + all.length, match.index + all.length + 6);
    if (/^[%成]|^分之|^数|^(?:的)?(?:目标|任务|指标)/.test(after) || /分之$|[第#]$/.test(before)) continue;
    if (measure === '' && scale === undefined && !/[累共计达到有是为]$|放了?$/.test(before.trim())) continue;
    if (BEFORE.test(before) && !/[到至]$/.test(before) && !TOTAL.test(before)) continue;
    if (
      WANTED.test(before) ||
      OTHERS.test(before) ||
      /^(?:科室|单位|部门|人|同志|工作|小时|分钟|专家|领导|县|乡|镇|村|方面|环节|阶段|问题|月|号|楼)/.test(after)
    )
      continue;
    const role = LACKS.test(before) ? 'lacks' : TOTAL.test(before) ? 'total' : ADDED.test(before) ? 'added' : 'plain';
    counts.push({
      value: inUnit(value, scale, measure, item),
      role,
      exact: measure === item.unit || measure === '',
      loose: more !== undefined,
    });
  }
  return counts;
}

/** 个 counts everything that is not money or land; else the measure is the item's own. */
function fits(measure: string, scale: string | undefined, { unit }: Counted): boolean {
  if (unit === null) return measure === '' || measure === '个';
  if (/元$/.test(unit)) return /元$/.test(measure) || measure === '' || measure === '万' || scale !== undefined;
  if (measure === unit) return true;
  // 「经费360万」 counts no projects.
  if (measure === '' || scale !== undefined) return scale === undefined;
  return (
    measure === unit ||
    measure === '个' ||
    (unit === '个' && /[家所处座项]/.test(measure)) ||
    (unit === '场次' && measure === '场') ||
    (unit === '场' && measure === '场次')
  );
}

function inUnit(value: number, scale: string | undefined, measure: string, { unit }: Counted): number {
  const factor =
    scale === '亿' || measure.startsWith('亿') ? 1e8 : scale === '万' || measure.startsWith('万') ? 1e4 : 1;
  const own = unit?.startsWith('亿') ? 1e8 : unit?.startsWith('万') ? 1e4 : 1;
  // 「620」 of an amount in 万元 is 620 万元; 「930万元」 is 930 of them.
  return factor === 1 && measure !== '元' ? value : Math.round(((value * factor) / own) * 100) / 100;
}
