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
} as const;
export type FigureKey = keyof typeof FIGURES;
export const FIGURE_KEYS = Object.keys(FIGURES) as [FigureKey, ...FigureKey[]];

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
