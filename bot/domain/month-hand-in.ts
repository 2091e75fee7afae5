import { type Day, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { type ItemInWords, progressInWords } from './item-words.ts';
import { monthOf } from './month.ts';

interface Handed {
  item: ItemInWords;
  told: { at: Date; note: string }[];
  said: { done: string; problems: string; plans: string } | null;
}

const LONGEST = 80;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}……` : text);

/** The month that words about an item count for: in its first days still the month before (R45). */
export function monthSpokenOf(day: Day): string {
  if (Number(day.slice(8)) > 10) return monthOf(day);
  const [year = 0, month = 1] = day.split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}

/** 「8号《……》1/3个（33.3%）：5月14日累计1个；存在问题：……；下一步：……」 */
export function handedInWords({ item, told, said }: Handed): string {
  const last = told.at(-1);
  const parts = [
    ...(last ? [`${monthDayInWords(dayOf(last.at))}${short(last.note)}`] : []),
    ...(said?.done ? [said.done] : []),
    ...(said?.problems ? [`存在问题：${said.problems}`] : []),
    ...(said?.plans ? [`下一步：${said.plans}`] : []),
  ];
  return `${item.no}号《${item.title}》${progressInWords(item)}：${parts.length > 0 ? parts.join('；') : '未填'}`;
}

/** 「3号、8号等12项」 */
export function numbersInWords(items: readonly { no: number }[]): string {
  const named = items.slice(0, 8).map(({ no }) => `${no}号`);
  return `${named.join('、')}${items.length > 8 ? `等${items.length}项` : ''}`;
}
