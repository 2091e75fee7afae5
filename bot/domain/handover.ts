import { dayInWords } from '#bot/calendar.ts';
import { TAKE_BACK } from './take-back.ts';

/** A 转办 as it was decided on by whoever signs for the receiver (R57). */
export interface DecidedHandover {
  kind: 'signed' | 'refused' | 'settled';
  changed: boolean;
  memo?: object;
  item: { code: string; no: number; title: string; deadline: string };
  /** the receiver */
  unit: string;
  by: string;
  told: string[];
  why: string;
}

/** What whoever decided is answered. */
export function decidedInWords({ kind, item, unit }: DecidedHandover): string {
  const name = `${item.code}《${item.title}》`;
  if (kind === 'settled') return `${name}的转办已收回、已有决定或事项已办结，不必再签。`;
  return kind === 'signed'
    ? `已签收：${name}改由${unit}承办，${dayInWords(item.deadline)}前办结，已告知转办人。${TAKE_BACK}`
    : `已退回转办：${name}仍由原科室（单位）承办，已告知转办人。${TAKE_BACK}`;
}

/** What the others hear of it. */
export function lettersOf({ kind, item, unit, by, told, why }: DecidedHandover): { to: string; text: string }[] {
  if (kind === 'settled') return [];
  const name = `${item.code}《${item.title}》`;
  const text =
    kind === 'signed'
      ? `${unit}${by}已签收转办的${name}，改由其承办。`
      : `${unit}${by}未签收转办的${name}，仍由原科室（单位）承办。${why}`;
  return told.map((to) => ({ to, text }));
}
