import { dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';

/** What of a session is settled one by one, so that each says who settled it (R12). */
export const STEP_FIELDS = ['topic', 'material', 'speaker', 'host', 'scope', 'venue', 'time'] as const;
export type StepField = (typeof STEP_FIELDS)[number];

/** 来源: who settled something of a session, when, and by what. */
export interface Source {
  field: StepField;
  /** whoever said it; empty where a file brought it */
  by: string;
  at: Date;
  /** arranged, said, moved, library or import */
  how: string;
}

const HOW: Record<string, string> = { arranged: '安排', said: '补充', moved: '改期', import: '表格导入' };

/** 「温静5月13日09:20安排」, 「5月13日09:20由学习内容库带入」 */
export function sourceInWords(source: Source | undefined): string {
  if (!source) return '来源未记';
  const { by, at, how } = source;
  const when = `${monthDayInWords(dayOf(at))}${timeOf(at)}`;
  if (how === 'library') return `${when}由学习内容库带入`;
  return how === 'import' ? `${monthDayInWords(dayOf(at))}${HOW['import']}` : `${by}${when}${HOW[how] ?? how}`;
}

/** Of several what was settled last. */
export const latestOf = (sources: readonly Source[], ...fields: StepField[]): Source | undefined =>
  sources
    .filter(({ field }) => fields.includes(field))
    .reduce<Source | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
