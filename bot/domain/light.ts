import { addDays, type Day, dayInWords, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { type LedgerState, statusOf } from './ledger.ts';

export type Light = 'green' | 'yellow' | 'red' | 'blue' | 'grey';

/** What decides a light (R43). */
export type Cause = 'done' | 'set' | 'overdue' | 'waiting' | 'far-behind' | 'behind' | 'soon' | 'untold' | 'well';

/** Colour and word together: colour alone is lost on paper and on the colour-blind (requirements 3.3). */
export const LIGHTS: Record<Light, string> = {
  green: '🟢绿灯（正常）',
  yellow: '🟡黄灯（滞后或临期）',
  red: '🔴红灯（逾期或严重滞后）',
  blue: '🔵蓝灯（已办结）',
  grey: '⚪灰灯（未报）',
};

/** The words alone, for tables and pictures. */
export const LIGHT_WORDS: Record<Light, string> = {
  green: '绿灯',
  yellow: '黄灯',
  red: '红灯',
  blue: '蓝灯',
  grey: '灰灯',
};

const SOON_DAYS = 7;
const BEHIND_POINTS = 10;
const FAR_BEHIND_POINTS = 30;

export interface LitItem extends LedgerState {
  completedAt: Date | null;
  deadline: Day;
  /** first day of its own period; 1 January of the deadline's year if empty */
  startOn?: Day | null;
  setLight?: string | null;
  setLightWhy?: string | null;
  setLightUntil?: Day | null;
}

/** 进度灯 (R43). What was never reported is unknown, not zero (G8). */
export const lightOf = (item: LitItem, today: Day): Light => lit(item, today).light;

/** Why a light is what it is, in words. */
export const reasonOf = (item: LitItem, today: Day): string => lit(item, today).why;

/**
 * Red: overdue, or more than 30 points behind the elapsed share of the item's own period. Yellow: 10 to 30 points
 * behind, or due within seven days and not handed in. The office may set one, with a reason and up to a day.
 */
export function lit(item: LitItem, today: Day): { light: Light; cause: Cause; why: string } {
  const status = statusOf(item, today);
  if (status === 'done') return { light: 'blue', cause: 'done', why: '已验收' };
  if (item.setLight && item.setLightUntil && today <= item.setLightUntil)
    return {
      light: item.setLight as Light,
      cause: 'set',
      why: `活动办设定至${dayInWords(item.setLightUntil)}：${item.setLightWhy ?? ''}`,
    };
  if (status === 'overdue') return { light: 'red', cause: 'overdue', why: overdueInWords(item.deadline, today) };
  if (status === 'awaiting_acceptance') return { light: 'green', cause: 'waiting', why: '待验收' };
  const behind = lag(item, today);
  if (behind !== null && behind.points > FAR_BEHIND_POINTS)
    return { light: 'red', cause: 'far-behind', why: behind.words };
  if (behind !== null && behind.points >= BEHIND_POINTS) return { light: 'yellow', cause: 'behind', why: behind.words };
  if (isDueSoon(item, today)) return { light: 'yellow', cause: 'soon', why: soonInWords(item.deadline, today) };
  if (status === 'not_started') return { light: 'grey', cause: 'untold', why: '尚未报过进度' };
  return { light: 'green', cause: 'well', why: behind?.words ?? '按期推进' };
}

/** Open, and due within the next seven days. */
export const isDueSoon = (item: LitItem, today: Day): boolean =>
  !item.acceptedAt && !item.completedAt && item.deadline >= today && item.deadline <= addDays(today, SOON_DAYS);

const days = (day: Day): number => Date.parse(day) / 86_400_000;
const points = (value: number): number => Math.round(value * 10) / 10;

/** Points between the share of the item's period that has passed, today counted, and its progress; null where nothing is counted. */
function lag({ target, percent, deadline, startOn }: LitItem, today: Day): { points: number; words: string } | null {
  if (target === null || percent === null) return null;
  const first = days(startOn ?? `${deadline.slice(0, 4)}-01-01`) - 1;
  const passed = Math.max(0, Math.min(100, (100 * (days(today) - first)) / (days(deadline) - first)));
  const behind = passed - percent;
  const place = behind > 0 ? `落后${points(behind)}个百分点` : '不落后于时间进度';
  return { points: behind, words: `时间已过${points(passed)}%，完成${percent}%，${place}` };
}

const soonInWords = (deadline: Day, today: Day): string =>
  deadline === today ? '今日到期' : `${dayInWords(deadline)}到期，还有${days(deadline) - days(today)}天`;

/** 「已逾期3个工作日」 */
export function overdueInWords(deadline: Day, today: Day): string {
  const late = -workdaysUntil(today, workdayUpTo(deadline));
  return late > 0 ? `已逾期${late}个工作日` : '已逾期';
}

/** Whether an open item is behind the share of its period that has passed by ten points or more (R43). */
export const isBehind = (item: LitItem, today: Day): boolean => (lag(item, today)?.points ?? 0) >= BEHIND_POINTS;
