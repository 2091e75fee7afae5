/** 数值设置: figures the office may change; each starts with what the requirements give. */
export const FIGURES = {
  fewestWorkdays: {
    name: '集中学习最少工作日',
    measure: '天',
    usual: 2,
    ...{ least: 1, most: 6 },
    says: (value: number): string => `一周工作日不足${value}天的免学，满${value}天的须集中学习一次`,
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
