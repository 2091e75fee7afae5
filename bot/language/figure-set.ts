import { FIGURES, type FigureKey } from '#bot/domain/figures.ts';
import { NUMBER as NUMBERS, readNumber } from './slots/number.ts';

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

// 「黄灯标准改为15个百分点」, 「把红灯界线调到落后40个点」
const LAMP =
  '(?:亮)?(?<lamp>[红黄])(?:色)?灯(?:的)?(?:亮灯|进度|滞后|落后)?(?:的)?(?:标准|界线|门槛|阈值|起点|落后(?:点数|百分点))';
const POINTS = '(?:个)?(?:百分点|点|%)';
const LAMP_SET = new RegExp(
  `^\\s*(?:请)?(?:以后|今后|即日起|从今天起)?[，,]?(?:把|将)?${LAMP}(?:改|调|设|定|放宽|收紧|提高|降低|降|调整|设定|恢复|改回)(?:为|成|到|在|至|回)?(?:落后|滞后)?(?:时间进度)?(?:达到?|满|超过?)?(?<points>${NUMBERS})(?:${POINTS})?(?:以上)?[。！!\\s]*$`,
);
// 「落后20个百分点以上的亮红灯」, 「进度滞后超过15个点就算黄灯」
const LAMP_RULE = new RegExp(
  `^\\s*(?:请)?(?:以后|今后|即日起|从今天起)?[，,]?(?:事项|台账|进度)?(?:比|较)?(?:时间|序时)?(?:进度)?(?:落后|滞后|慢)(?:于)?(?:时间|序时)?(?:进度)?(?:达到?|满|超过?|大于)?(?<points>${NUMBERS})${POINTS}(?:及?以上)?(?:的)?[，,]?(?:才|就|都|一律|即)?(?:改为?|改成)?(?:亮|算|定为?|记为?|给)(?:作|成)?(?<lamp>[红黄])(?:色)?灯[。！!\\s]*$`,
);
// 「临期天数改为5天」, 「到期前5天亮黄灯」
const SOON = '(?:临期|快到期)(?:的)?(?:黄灯)?(?:天数|标准|界线|范围)';
const SOON_SET = new RegExp(
  `^\\s*(?:请)?(?:以后|今后|即日起|从今天起)?[，,]?(?:把|将)?${SOON}(?:改|调|设|定|调整|设定|恢复|改回)(?:为|成|到|在|至|回)?(?<soon>${NUMBERS})(?:个)?天(?:内|以内|之内)?[。！!\\s]*$`,
);
const SOON_RULE = new RegExp(
  `^\\s*(?:请)?(?:以后|今后|即日起|从今天起)?[，,]?(?:离|距)?(?:到期|时限)?(?:还有|不足|前|只剩)?(?<soon>${NUMBERS})(?:个)?天(?:内|以内|之内)?(?:到期)?(?:的)?(?:就|才|都|一律|开始)?(?:亮黄灯|算临期)[。！!\\s]*$`,
);
const LIGHT_USUAL = new RegExp(
  `^\\s*(?:请)?(?:把|将)?(?:${LAMP}|${SOON})(?:恢复|改回)(?:为|成)?(?:默认|原来?的?|初始)(?:值|标准|天数)?[。！!\\s]*$`,
);
const LIGHT_OPEN = new RegExp(`^\\s*(?:请)?(?:修改|调整|更改|改一下|放宽|收紧)(?:${LAMP}|${SOON})[。！!\\s]*$`);

/** What every setting of a figure is told by. */
export const FIGURES_SET = [
  ...[BELOW, FROM, SET, USUAL, OPEN, CHECKS, MARK_SET, MARK_USUAL, MARK_OPEN],
  ...[LAMP_SET, LAMP_RULE, SOON_SET, SOON_RULE, LIGHT_USUAL, LIGHT_OPEN],
];

/** Which figure of the lights is set, if that is what is said (R43). */
function lightSaid(text: string): SaidFigure | null {
  const keyOf = (lamp: string | undefined): FigureKey =>
    lamp === '红' ? 'lightFarBehind' : lamp === '黄' ? 'lightBehind' : 'lightSoon';
  const { lamp, points } = (LAMP_SET.exec(text) ?? LAMP_RULE.exec(text))?.groups ?? {};
  const { soon } = (SOON_SET.exec(text) ?? SOON_RULE.exec(text))?.groups ?? {};
  const value = readNumber(points ?? soon ?? '');
  if (value !== null) return { key: keyOf(lamp), value };
  const usual = LIGHT_USUAL.exec(text)?.groups;
  if (usual) return { key: keyOf(usual['lamp']), value: FIGURES[keyOf(usual['lamp'])].usual };
  const open = LIGHT_OPEN.exec(text)?.groups;
  return open ? { key: keyOf(open['lamp']) } : null;
}

/** When a month is closed, if that is what is set (R45). */
function markSaid(text: string): SaidFigure | null {
  const key = 'monthMark';
  const { half, value } = MARK_SET.exec(text)?.groups ?? {};
  const hour = value === undefined ? null : readNumber(value);
  if (hour !== null) return { key, value: hour + (half && half !== '上午' && hour < 12 ? 12 : 0) };
  if (MARK_USUAL.test(text)) return { key, value: FIGURES[key].usual };
  return MARK_OPEN.test(text) ? { key } : null;
}

/** Which figure of the office's is set to what (R13, R43, R45, R50); null for other words. */
export function figureSaid(text: string): SaidFigure | null {
  const told = markSaid(text) ?? lightSaid(text);
  if (told) return told;
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
