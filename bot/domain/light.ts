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

/** 亮灯标准: the figures of the rule, which the office may change (R43, Q15). */
export interface LightRule {
  /** points behind the elapsed share from which on a light is yellow */
  behind: number;
  /** points behind beyond which it is red */
  farBehind: number;
  /** days before the term from which on it is yellow */
  soon: number;
}

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
export const lightOf = (item: LitItem, today: Day, rule: LightRule): Light => judged(item, today, rule).light;

/** Why a light is what it is, in words. */
export const reasonOf = (item: LitItem, today: Day, rule: LightRule): string => lit(item, today, rule).why;

/** The light of an item, what decides it, and the same in words. */
export function lit(item: LitItem, today: Day, rule: LightRule): { light: Light; cause: Cause; why: string } {
  const { light, cause } = judged(item, today, rule);
  return { light, cause, why: whyInWords(cause, item, today, rule) };
}

/**
 * Red: overdue, or far behind the elapsed share of the item's own period, or without a figure and past a milestone.
 * Yellow: behind, or due soon and not handed in. The office may set one, with a reason and up to a day.
 * @param rule the figures that held on the day
 */
export function judged(item: LitItem, today: Day, rule: LightRule): { light: Light; cause: Cause } {
  const status = statusOf(item, today);
  if (status === 'done') return { light: 'blue', cause: 'done' };
  if (item.setLight && item.setLightUntil && today <= item.setLightUntil)
    return { light: item.setLight as Light, cause: 'set' };
  if (status === 'overdue') return { light: 'red', cause: 'overdue' };
  if (status === 'awaiting_acceptance') return { light: 'green', cause: 'waiting' };
  if (isUnowned(item, today)) return { light: 'red', cause: 'unowned' };
  const milestone = milestoneCause(item, today, rule);
  if (milestone === 'milestone-late') return { light: 'red', cause: milestone };
  const behind = lag(item, today)?.points ?? 0;
  if (behind > rule.farBehind) return { light: 'red', cause: 'far-behind' };
  if (behind >= rule.behind) return { light: 'yellow', cause: 'behind' };
  if (isDueSoon(item, today, rule)) return { light: 'yellow', cause: 'soon' };
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

/** What a 时间节点 does to the light of an item that is not counted: red once it is overdue, yellow when due soon (R43). */
function milestoneCause(
  { target, nextMilestone }: LitItem,
  today: Day,
  { soon }: LightRule,
): 'milestone-late' | 'milestone-soon' | null {
  if (target !== null || !nextMilestone) return null;
  if (nextMilestone < today) return 'milestone-late';
  return days(nextMilestone) <= days(today) + soon ? 'milestone-soon' : null;
}

function whyInWords(cause: Cause, item: LitItem, today: Day, rule: LightRule): string {
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
      return soonInWords(item.deadline, today, rule);
    case 'milestone-late':
      return `节点“${nextTitle(item)}”${overdueInWords(item.nextMilestone ?? today, today)}`;
    case 'milestone-soon':
      return `节点“${nextTitle(item)}”${soonInWords(item.nextMilestone ?? today, today, rule)}`;
    case 'unowned':
      return '待明确责任';
    case 'untold':
      return '尚未报过进度';
    default:
      return lagInWords(item, today, rule);
  }
}

/** Open, and due within the days that count as soon. */
export const isDueSoon = (item: LitItem, today: Day, { soon }: LightRule): boolean =>
  !item.acceptedAt && !item.completedAt && item.deadline >= today && days(item.deadline) <= days(today) + soon;

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
  // As it is told, so that nobody reads of 30 points that are more than 30.
  return { points: points(passed - percent), passed };
}

/** How far behind, and from which figure on the rule makes that yellow or red. */
function lagInWords(item: LitItem, today: Day, { behind: yellow, farBehind: red }: LightRule): string {
  const behind = lag(item, today);
  if (!behind) return '按期推进';
  const line = behind.points > red ? `超${red}亮红灯` : `满${yellow}亮黄灯`;
  const place = behind.points > 0 ? `落后${behind.points}个百分点，${line}` : '不落后于时间进度';
  return `时间已过${points(behind.passed)}%，完成${item.percent}%，${place}`;
}

const nextTitle = ({ milestones = NO_MILESTONES }: LitItem): string => nextMilestoneOf({ milestones })?.title ?? '';

const soonInWords = (deadline: Day, today: Day, { soon }: LightRule): string =>
  deadline === today
    ? '今日到期'
    : `${dayInWords(deadline)}到期，还有${days(deadline) - days(today)}天，${soon}天内亮黄灯`;

/** 「已逾期3个工作日」 */
export function overdueInWords(deadline: Day, today: Day): string {
  const late = -workdaysUntil(today, workdayUpTo(deadline));
  return late > 0 ? `已逾期${late}个工作日` : '已逾期';
}

/** Whether an open item is so far behind the share of its period that has passed that it is yellow or red (R43). */
export const isBehind = (item: LitItem, today: Day, { behind }: LightRule): boolean =>
  (lag(item, today)?.points ?? 0) >= behind;
