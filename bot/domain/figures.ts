const FROM_NOW_ON = '即时起适用，已过日期的亮灯和报表不变';

/** 数值设置: figures the office may change; each starts with what the requirements give. */
export const FIGURES = {
  fewestWorkdays: {
    name: '集中学习最少工作日',
    measure: '天',
    usual: 2,
    ...{ least: 1, most: 6 },
    example: '免学标准改为3天',
    from: '本周起适用，以往各周不变',
    says: (value: number): string => `一周工作日不足${value}天的免学，满${value}天的须集中学习一次`,
  },
  monthMark: {
    name: '月度上报截止时间',
    measure: '时',
    usual: 24,
    ...{ least: 12, most: 24 },
    example: '月度上报截止时间改为18时',
    from: '未截止的月份起适用，已截止的不变',
    says: (value: number): string => `每月28日${value}时前报送的为按时，之后照收，记逾期`,
  },
  inspections: {
    name: '每季督查次数',
    measure: '次',
    usual: 1,
    ...{ least: 0, most: 3 },
    example: '每季督查每个科室2次',
    from: '从本季起按此安排',
    says: (value: number): string =>
      value === 0 ? '不排督查计划' : `每个科室（单位）每季督查${value}次，按编制顺序分到各月`,
  },
  lightBehind: {
    name: '黄灯标准',
    measure: '个百分点',
    usual: 10,
    ...{ least: 1, most: 60 },
    example: '黄灯标准改为15个百分点',
    from: FROM_NOW_ON,
    says: (value: number): string => `落后时间进度满${value}个百分点的亮黄灯`,
  },
  lightFarBehind: {
    name: '红灯标准',
    measure: '个百分点',
    usual: 30,
    ...{ least: 2, most: 90 },
    example: '红灯标准改为40个百分点',
    from: FROM_NOW_ON,
    says: (value: number): string => `落后时间进度超过${value}个百分点的亮红灯`,
  },
  lightSoon: {
    name: '临期天数',
    measure: '天',
    usual: 7,
    ...{ least: 1, most: 30 },
    example: '临期天数改为5天',
    from: FROM_NOW_ON,
    says: (value: number): string => `${value}天内到期、还未申请验收的亮黄灯`,
  },
} as const;
/** The figures of 亮灯 (R43). */
export const LIGHT_KEYS = ['lightBehind', 'lightFarBehind', 'lightSoon'] as const;
export type FigureKey = keyof typeof FIGURES;
export const FIGURE_KEYS = Object.keys(FIGURES) as [FigureKey, ...FigureKey[]];

/** Why a figure does not go with another one, in words; null if it does: what is far behind is behind as well (R43). */
export function clashOf(key: FigureKey, value: number, now: (other: FigureKey) => number): string | null {
  const [yellow, red] = [
    key === 'lightBehind' ? value : now('lightBehind'),
    key === 'lightFarBehind' ? value : now('lightFarBehind'),
  ];
  const touched = key === 'lightBehind' || key === 'lightFarBehind';
  if (!touched || yellow < red) return null;
  return key === 'lightBehind'
    ? `黄灯标准应小于红灯标准（现在是${red}个百分点），请先改红灯标准`
    : `红灯标准应大于黄灯标准（现在是${yellow}个百分点），请先改黄灯标准`;
}

/** A figure as it was changed. */
export interface FigureChange {
  id: number;
  value: string;
  at: Date;
  closedAt: Date | null;
}

/** What a figure was at an instant: the newest change by then that was not taken back, else what it starts with (R13). */
export function figureAt(key: FigureKey, changes: readonly FigureChange[], at: Date): number {
  const last = changes
    .filter((one) => one.closedAt === null && one.at <= at)
    .reduce<FigureChange | null>((newest, one) => (newest && newest.id > one.id ? newest : one), null);
  return last ? Number(last.value) : FIGURES[key].usual;
}
