import { type Day, dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { monthInWords } from './month.ts';
import { TAKE_BACK } from './take-back.ts';

/** What a unit can say of a matter in a round (R60). */
export const CHECK_ANSWERS = ['done', 'on_track', 'behind', 'needs_help'] as const;
export type CheckAnswer = (typeof CHECK_ANSWERS)[number];
export const CHECK_WORDS: Record<CheckAnswer, string> = {
  done: '已办结',
  on_track: '按期推进',
  behind: '滞后',
  needs_help: '需协调',
};

/** A unit's self-check as it was handed in, or could not be. */
export interface CheckedIn {
  month: string;
  unit: string;
  count: number;
  /** the day it was due, if that is past */
  late: Day | null;
  left: { code: string; title: string }[];
  at: Date;
  /** handed in by 受托人 while the head is on leave */
  standsIn: boolean;
}

/** What keeps a self-check from being handed in, and what to write instead. */
export const uncheckedInWords = ({ month, left }: CheckedIn): string =>
  `没有提交：${monthInWords(month)}自检还有${left.length}件未填：${mattersInWords(left)}。请发“${monthInWords(month)}自检${left[0]?.code}按期推进”这样的话。`;

/** 「已提交：……5月份自检，共2件，5月21日（星期二）10:00，按时提交。」 */
export function checkedInWords({ month, unit, count, late, at, standsIn }: CheckedIn): string {
  const parts = [
    ...[`${unit}${monthInWords(month)}自检`, `共${count}件`],
    ...(standsIn ? ['负责人请假期间由受托人代报'] : []),
    `${dayInWords(dayOf(at))}${timeOf(at)}`,
    late ? `逾期提交（应于${dayInWords(late)}前）` : '按时提交',
  ];
  return `已提交：${parts.join('，')}。${TAKE_BACK}`;
}

/** 「JB2013-001《……》」, the first few of them. */
export function mattersInWords(matters: readonly { code: string; title: string }[]): string {
  const named = matters.slice(0, 8).map(({ code, title }) => `${code}《${title}》`);
  return `${named.join('、')}${matters.length > named.length ? `等${matters.length}件` : ''}`;
}
