import { type Day, dayInWords, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { type LedgerState, statusOf } from './ledger.ts';
import { NO_MILESTONES, nextMilestoneOf } from './milestone.ts';

export type Light = 'green' | 'yellow' | 'red' | 'blue' | 'grey';

/** What decides a light (R43). */
export type Cause =
  | ('done' | 'set' | 'overdue' | 'waiting' | 'far-behind' | 'behind' | 'soon' | 'untold' | 'well')
  | ('milestone-late' | 'milestone-soon' | 'unowned');

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
  milestones?: string;
  nextMilestone?: Day | null;
  category?: string;
  ownerId?: string | null;
  openedOn?: Day | null;
}

/** 进度灯 (R43). What was never reported is unknown, not zero (G8). */
export const lightOf = (item: LitItem, today: Day): Light => judged(item, today).light;

/** Why a light is what it is, in words. */
export const reasonOf = (item: LitItem, today: Day): string => lit(item, today).why;

/** The light of an item, what decides it, and the same in words. */
export function lit(item: LitItem, today: Day): { light: Light; cause: Cause; why: string } {
  const { light, cause } = judged(item, today);
  return { light, cause, why: whyInWords(cause, item, today) };
}

/**
 * Red: overdue, or more than 30 points behind the elapsed share of the item's own period, or without a figure and past a
 * milestone. Yellow: 10 to 30 points behind, or due within seven days and not handed in. The office may set one, with a
 * reason and up to a day.
 */
export function judged(item: LitItem, today: Day): { light: Light; cause: Cause } {
  const status = statusOf(item, today);
  if (status === 'done') return { light: 'blue', cause: 'done' };
  if (item.setLight && item.setLightUntil && today <= item.setLightUntil)
    return { light: item.setLight as Light, cause: 'set' };
  if (status === 'overdue') return { light: 'red', cause: 'overdue' };
  if (status === 'awaiting_acceptance') return { light: 'green', cause: 'waiting' };
  if (isUnowned(item, today)) return { light: 'red', cause: 'unowned' };
  const milestone = milestoneCause(item, today);
  if (milestone === 'milestone-late') return { light: 'red', cause: milestone };
  const behind = lag(item, today)?.points ?? 0;
  if (behind > FAR_BEHIND_POINTS) return { light: 'red', cause: 'far-behind' };
  if (behind >= BEHIND_POINTS) return { light: 'yellow', cause: 'behind' };
  if (isDueSoon(item, today)) return { light: 'yellow', cause: 'soon' };
  if (milestone) return { light: 'yellow', cause: milestone };
  return status === 'not_started' ? { light: 'grey', cause: 'untold' } : { light: 'green', cause: 'well' };
}

const WORKDAYS_TO_OWNER = 5;
/** A problem nobody is responsible for, five workdays after it came up (R51). */
const isUnowned = ({ category, ownerId, openedOn }: LitItem, today: Day): boolean =>
  category === '查摆整改' &&
  ownerId === null &&
  Boolean(openedOn) &&
  workdaysUntil(openedOn ?? today, today) > WORKDAYS_TO_OWNER;

/** What a 时间节点 does to the light of an item that is not counted: red once it is overdue, yellow within seven days (R43). */
function milestoneCause({ target, nextMilestone }: LitItem, today: Day): 'milestone-late' | 'milestone-soon' | null {
  if (target !== null || !nextMilestone) return null;
  if (nextMilestone < today) return 'milestone-late';
  return days(nextMilestone) <= days(today) + SOON_DAYS ? 'milestone-soon' : null;
}

function whyInWords(cause: Cause, item: LitItem, today: Day): string {
  switch (cause) {
    case 'done':
      return '已验收';
    case 'set':
      return `活动办设定至${dayInWords(item.setLightUntil ?? today)}：${item.setLightWhy ?? ''}`;
    case 'overdue':
      return overdueInWords(item.deadline, today);
    case 'waiting':
      return '待验收';
    case 'soon':
      return soonInWords(item.deadline, today);
    case 'milestone-late':
      return `节点“${nextTitle(item)}”${overdueInWords(item.nextMilestone ?? today, today)}`;
    case 'milestone-soon':
      return `节点“${nextTitle(item)}”${soonInWords(item.nextMilestone ?? today, today)}`;
    case 'unowned':
      return '待明确责任';
    case 'untold':
      return '尚未报过进度';
    default:
      return lagInWords(item, today);
  }
}

/** Open, and due within the next seven days. */
export const isDueSoon = (item: LitItem, today: Day): boolean =>
  !item.acceptedAt && !item.completedAt && item.deadline >= today && days(item.deadline) <= days(today) + SOON_DAYS;

const numbers = new Map<Day, number>();
const MOST_NUMBERED = 5000;
/** The number of a day, counted once: every light of every item asks for two or three. */
function days(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  if (numbers.size >= MOST_NUMBERED) numbers.clear();
  const number = Date.parse(day) / 86_400_000;
  numbers.set(day, number);
  return number;
}
const points = (value: number): number => Math.round(value * 10) / 10;

/** Points between the share of the item's period that has passed, today counted, and its progress; null where nothing is counted. */
function lag({ target, percent, deadline, startOn }: LitItem, today: Day): { points: number; passed: number } | null {
  if (target === null || percent === null) return null;
  const first = days(startOn ?? `${deadline.slice(0, 4)}-01-01`) - 1;
  const passed = Math.max(0, Math.min(100, (100 * (days(today) - first)) / (days(deadline) - first)));
  return { points: passed - percent, passed };
}

function lagInWords(item: LitItem, today: Day): string {
  const behind = lag(item, today);
  if (!behind) return '按期推进';
  const place = behind.points > 0 ? `落后${points(behind.points)}个百分点` : '不落后于时间进度';
  return `时间已过${points(behind.passed)}%，完成${item.percent}%，${place}`;
}

const nextTitle = ({ milestones = NO_MILESTONES }: LitItem): string => nextMilestoneOf({ milestones })?.title ?? '';

const soonInWords = (deadline: Day, today: Day): string =>
  deadline === today ? '今日到期' : `${dayInWords(deadline)}到期，还有${days(deadline) - days(today)}天`;

/** 「已逾期3个工作日」 */
export function overdueInWords(deadline: Day, today: Day): string {
  const late = -workdaysUntil(today, workdayUpTo(deadline));
  return late > 0 ? `已逾期${late}个工作日` : '已逾期';
}

/** Whether an open item is behind the share of its period that has passed by ten points or more (R43). */
export const isBehind = (item: LitItem, today: Day): boolean => (lag(item, today)?.points ?? 0) >= BEHIND_POINTS;
