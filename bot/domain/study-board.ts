import { monthInWords } from './month.ts';
import { KINDS } from './topic.ts';

/** How a unit stood in a month: activities of each kind, and how its people came to the sessions. */
export interface BoardRow {
  unit: string;
  /** in the order of 讲谈议读写 */
  counts: number[];
  total: number;
  /** of what the month asks of it what it has not held; absent where nothing is asked of anybody */
  lacks?: string[];
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

/** 「讲1、读2，还缺写」; 「未开展」 for nothing at all. */
export function countsOf({ counts, total, lacks = [] }: Pick<BoardRow, 'counts' | 'total' | 'lacks'>): string {
  const held = KINDS.flatMap((kind, place) => (counts[place] ? [`${kind}${counts[place]}`] : [])).join('、');
  return `${total === 0 ? '未开展' : held}${lacks.length > 0 ? `，还缺${lacks.join('、')}` : ''}`;
}

/** 「已开展2个，达到要求1个，共3个科室（单位）」; what is asked is named where it is more than one of any kind. */
export function doneInWords(rows: readonly Pick<BoardRow, 'total' | 'lacks'>[]): string {
  const held = rows.filter(({ total }) => total > 0);
  const met = rows.some(({ lacks }) => lacks)
    ? `达到要求${held.filter(({ lacks = [] }) => lacks.length === 0).length}个，`
    : '';
  return `已开展${held.length}个，${met}共${rows.length}个科室（单位）`;
}

/** 「5月份“讲谈读写”：已开展1个，共3个科室（单位）」 */
export const boardInWords = ({ month, rows }: StudyBoard): string =>
  `${monthInWords(month)}“讲谈读写”：${doneInWords(rows)}`;
