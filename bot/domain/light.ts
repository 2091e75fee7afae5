import { addDays, type Day } from '#bot/calendar.ts';
import { type ItemStatus, type LedgerState, statusOf } from './ledger.ts';

export type Light = 'green' | 'yellow' | 'red' | 'blue' | 'grey';

/** Colour and word together: colour alone is lost on paper and on the colour-blind (requirements 3.3). */
export const LIGHTS: Record<Light, string> = {
  green: '🟢绿灯（正常）',
  yellow: '🟡黄灯（滞后或临期）',
  red: '🔴红灯（逾期或严重滞后）',
  blue: '🔵蓝灯（已办结）',
  grey: '⚪灰灯（未报）',
};

const SOON_DAYS = 7;
const BEHIND_POINTS = 10;
const FAR_BEHIND_POINTS = 30;

interface LitItem extends LedgerState {
  completedAt: Date | null;
  deadline: Day;
}

/**
 * 进度灯 (R43): by the deadline, and for items with a target by how far the progress lags behind the elapsed share of the
 * year up to the deadline. What was never reported is unknown, not zero (G8).
 */
export function lightOf(item: LitItem, today: Day): Light {
  const status: ItemStatus = statusOf(item, today);
  if (status === 'done') return 'blue';
  if (status === 'overdue') return 'red';
  if (status === 'awaiting_acceptance') return 'green';
  if (isDueSoon(item, today)) return lag(item, today) > FAR_BEHIND_POINTS ? 'red' : 'yellow';
  if (status === 'not_started') return 'grey';
  const behind = lag(item, today);
  return behind > FAR_BEHIND_POINTS ? 'red' : behind >= BEHIND_POINTS ? 'yellow' : 'green';
}

/** Open, and due within the next seven days. */
export const isDueSoon = (item: LitItem, today: Day): boolean =>
  !item.acceptedAt && !item.completedAt && item.deadline >= today && item.deadline <= addDays(today, SOON_DAYS);

/** Points between the share of the year's days up to the deadline that have passed, today counted, and the progress. */
function lag({ target, percent, deadline }: LitItem, today: Day): number {
  if (target === null || percent === null) return 0;
  const day = (text: Day): number => Date.parse(text) / 86_400_000;
  const first = day(`${deadline.slice(0, 4)}-01-01`) - 1;
  return (100 * (day(today) - first)) / (day(deadline) - first) - percent;
}
