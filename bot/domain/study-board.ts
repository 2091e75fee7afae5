import { monthInWords } from './month.ts';
import { KINDS } from './topic.ts';

/** How a unit stood in a month: activities of each kind, and how its people came to the sessions. */
export interface BoardRow {
  unit: string;
  /** in the order of 讲谈议读写 */
  counts: number[];
  total: number;
  sessions: number;
  came: number;
  expected: number;
}
/** 学习看板 of a month (R27): units in establishment order, nobody's name. */
export interface StudyBoard {
  month: string;
  /** until when it counts, in words */
  until: string;
  rows: BoardRow[];
}

/** 「讲1、读2」; 「未开展」 for nothing at all. */
export const countsOf = ({ counts, total }: Pick<BoardRow, 'counts' | 'total'>): string =>
  total === 0
    ? '未开展'
    : KINDS.flatMap((kind, place) => (counts[place] ? [`${kind}${counts[place]}`] : [])).join('、');

/** 「5月份“讲谈读写”：已开展1个，共3个科室（单位）」 */
export const boardInWords = ({ month, rows }: StudyBoard): string =>
  `${monthInWords(month)}“讲谈读写”：已开展${rows.filter(({ total }) => total > 0).length}个，共${rows.length}个科室（单位）`;
