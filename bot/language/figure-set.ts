import { FIGURES, type FigureKey } from '#bot/domain/figures.ts';
import { readNumber } from './slots/number.ts';

export interface SaidFigure {
  key: FigureKey;
  /** absent where it is named without one */
  value?: number;
}

const NUMBER = '(?<value>\\d{1,3}|[一二两三四五六七八九十]{1,3})';
const DAYS = '(?:个)?(?:工作日|天)';
// 「每周工作日不足3天免学」, 「一周不满三个工作日的可以免学」
const BELOW = new RegExp(
  `^\\s*(?:以后|今后|从下周起|从本周起)?[，,]?(?:把)?(?:每|一|凡)?周(?:的)?(?:工作日)?(?:如果)?(?:少于|不足|不满|不到|低于)${NUMBER}${DAYS}(?:的)?[，,]?(?:(?:就|都|一律|可以?|可)?免学|(?:就|都|一律)?(?:可以?)?不(?:要求|必|用|须)?(?:组织|安排)?(?:集中)?学习)[。！!\\s]*$`,
);
// 「每周满3个工作日就要集中学习」
const FROM = new RegExp(
  `^\\s*(?:以后|今后|从下周起|从本周起)?[，,]?(?:每|一|凡)?周(?:的)?(?:工作日)?(?:有|满|达到|只要有)${NUMBER}${DAYS}(?:以上|及以上)?(?:的)?[，,]?(?:就|都|即|也)(?:必须|须|要|得)(?:组织)?(?:集中)?学习(?:一次)?[。！!\\s]*$`,
);
// 「免学标准改为3天」, 「集中学习最少工作日设为2天」
const NAMED =
  '(?:免学(?:的)?(?:工作日)?(?:标准|天数|界线)|(?:每周)?集中学习(?:的)?最少工作日(?:数|天数)?|最少工作日(?:数)?)';
const SET = new RegExp(
  `^\\s*(?:请)?(?:把|将)?${NAMED}(?:改|调|设|定|调整|设定|恢复|改回)(?:为|成|到|在|回)?${NUMBER}(?:${DAYS})?[。！!\\s]*$`,
);
const USUAL = new RegExp(
  `^\\s*(?:请)?(?:把|将)?${NAMED}(?:恢复|改回)(?:为|成)?(?:默认|原来?的?|初始)(?:值|标准)?[。！!\\s]*$`,
);
const OPEN = new RegExp(`^\\s*(?:请)?(?:修改|调整|更改|改一下)${NAMED}[。！!\\s]*$`);

// 「每季督查每个科室2次」, 「督查次数改为每季两次」
const CHECKS = new RegExp(
  `^\\s*(?:以后|今后|从本季起|从下季起)?[，,]?(?:每个?季度?(?:对)?(?:每个?(?:科室|单位|科室（单位）))?(?:都)?督查(?:每个?(?:科室|单位|科室（单位）))?|(?:把|将)?(?:每季)?(?:每个?(?:科室|单位))?督查(?:计划)?次数(?:改|调|设|定)(?:为|成|到)?(?:每季)?)${NUMBER}次[。！!\\s]*$`,
);

// 「月度上报截止时间改为18时」, 「台账上报截止改到每月28日下午6点」
const MARK = '(?:月度|每月)?(?:工作)?(?:台账|总结|月报)?(?:的)?(?:上报|报送|填报)(?:的)?截止(?:时间|时刻|点)?';
const MARK_SET = new RegExp(
  `^\\s*(?:请)?(?:以后|今后|从本月起)?[，,]?(?:把|将)?${MARK}(?:改|调|设|定|提前|推迟|延|调整|设定|恢复|改回)(?:为|成|到|在|至|回)?(?:每月)?(?:28[日号])?(?:的)?(?<half>上午|下午|晚上?)?${NUMBER}(?:时|点钟?|[:：]00)(?:整)?[。！!\\s]*$`,
);
const MARK_USUAL = new RegExp(
  `^\\s*(?:请)?(?:把|将)?${MARK}(?:恢复|改回)(?:为|成)?(?:默认|原来?的?|初始)(?:值|标准|时间)?[。！!\\s]*$`,
);
const MARK_OPEN = new RegExp(`^\\s*(?:请)?(?:修改|调整|更改|改一下)${MARK}[。！!\\s]*$`);

/** What every setting of a figure is told by. */
export const FIGURES_SET = [BELOW, FROM, SET, USUAL, OPEN, CHECKS, MARK_SET, MARK_USUAL, MARK_OPEN];

/** When a month is closed, if that is what is set (R45). */
function markSaid(text: string): SaidFigure | null {
  const key = 'monthMark';
  const { half, value } = MARK_SET.exec(text)?.groups ?? {};
  const hour = value === undefined ? null : readNumber(value);
  if (hour !== null) return { key, value: hour + (half && half !== '上午' && hour < 12 ? 12 : 0) };
  if (MARK_USUAL.test(text)) return { key, value: FIGURES[key].usual };
  return MARK_OPEN.test(text) ? { key } : null;
}

/** Which figure of the office's is set to what (R13, R45, R50); null for other words. */
export function figureSaid(text: string): SaidFigure | null {
  const mark = markSaid(text);
  if (mark) return mark;
  const times = CHECKS.exec(text)?.groups?.['value'];
  const checks = times === undefined ? null : readNumber(times);
  if (checks !== null) return { key: 'inspections', value: checks };
  const key = 'fewestWorkdays';
  for (const pattern of [BELOW, FROM, SET]) {
    const said = pattern.exec(text)?.groups?.['value'];
    const value = said === undefined ? null : readNumber(said);
    if (value !== null) return { key, value };
  }
  if (USUAL.test(text)) return { key, value: FIGURES[key].usual };
  return OPEN.test(text) ? { key } : null;
}
