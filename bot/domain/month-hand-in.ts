import { type Day, dayInWords, dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { type ItemInWords, progressInWords } from './item-words.ts';
import { monthBefore, monthInWords, monthOf } from './month.ts';
import { TAKE_BACK } from './take-back.ts';

interface Handed {
  item: ItemInWords;
  told: { at: Date; note: string }[];
  said: { done: string; problems: string; plans: string } | null;
  /** how many months in a row it is unfinished, this one counted; absent where it is new */
  months: number;
}

const LONGEST = 80;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}……` : text);

/** The month that words about an item count for: in its first days still the month before (R45). */
export const monthSpokenOf = (day: Day): string =>
  Number(day.slice(8)) > 10 ? monthOf(day) : monthBefore(monthOf(day));

/** Whether a month can still be filled in by its name on a day: the present one and the one before (R45, G9). */
export const isFillable = (month: string, today: Day): boolean =>
  month === monthOf(today) || month === monthBefore(monthOf(today));

/** How an item is filled in as unchanged; of a month that words no longer count for, with its name. */
export const unchangedInWords = ({ no }: { no: number }, month: string, today: Day): string =>
  month === monthSpokenOf(today) ? `${no}号台账本月无变化` : `${monthInWords(month)}${no}号台账无变化`;

/** 「8号《……》1/3个（33.3%）：5月14日累计1个；存在问题：……；下一步：……」 */
export function handedInWords({ item, told, said, months }: Handed): string {
  const last = told.at(-1);
  const parts = [
    ...(last ? [`${monthDayInWords(dayOf(last.at))}${short(last.note)}`] : []),
    ...(said?.done ? [said.done] : []),
    ...(said?.problems ? [`存在问题：${said.problems}`] : []),
    ...(said?.plans ? [`下一步：${said.plans}`] : []),
  ];
  const carried = carriedOverInWords(months);
  return `${item.no}号《${item.title}》${progressInWords(item)}${carried ? `（${carried}）` : ''}：${parts.length > 0 ? parts.join('；') : '未填'}`;
}

/** 「3号、8号等12项」 */
export function numbersInWords(items: readonly { no: number }[]): string {
  const named = items.slice(0, 8).map(({ no }) => `${no}号`);
  return `${named.join('、')}${items.length > 8 ? `等${items.length}项` : ''}`;
}

/** A unit's month as it was handed in, or could not be. */
export interface HandedIn {
  month: string;
  unit: string;
  count: number;
  left: { no: number }[];
  lacking: string[];
  /** 局属单位: 活动情况回顾 is a part of it */
  reviewed: boolean;
  late: boolean;
  at: Date;
  earlier: Date | null;
  /** handed in by 受托人 while the head is on leave */
  standsIn: boolean;
}

/** What keeps a month from being handed in, and what to write instead. */
export function unfinishedInWords({ month, unit, left, lacking, at }: HandedIn): string {
  const [first] = left;
  const items =
    first === undefined
      ? ''
      : `还有${left.length}项未填：${numbersInWords(left)}。请逐项填写（如“${unchangedInWords(first, month, dayOf(at))}”），或发“提交台账，其余未报”。`;
  const review =
    lacking.length === 0
      ? ''
      : `${items === '' ? '还缺' : '局属单位另缺'}${lacking.join('、')}。请写成“${lacking.map((part) => `${part}：……`).join('；')}”。`;
  return `没有提交：${unit}${monthInWords(month)}台账${items}${review}`;
}

/** 「已提交：……5月份台账4项，其中未报1项：5号，含活动情况回顾，5月21日（星期二）10:00，按时报送。」 */
export function submittedInWords({
  month,
  unit,
  count,
  left,
  reviewed,
  late,
  at,
  earlier,
  standsIn,
}: HandedIn): string {
  const parts = [
    `${unit}${monthInWords(month)}台账${count}项`,
    ...(left.length > 0 ? [`其中未报${left.length}项：${numbersInWords(left)}`] : []),
    ...(reviewed ? ['含活动情况回顾、经验、下月安排'] : []),
    ...(standsIn ? ['负责人请假期间由受托人代报'] : []),
    `${dayInWords(dayOf(at))}${timeOf(at)}`,
    late ? '逾期报送' : '按时报送',
  ];
  return `已提交：${parts.join('，')}。${earlier ? '代替先前的一份，原稿保留。' : ''}${TAKE_BACK}`;
}

/** 「上月遗留」 of what was unfinished when the month began (R53); for how long is the meeting's affair. */
const carriedOverInWords = (months: number): string => (months < 2 ? '' : '上月遗留');
