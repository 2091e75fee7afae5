import type { Day } from '#bot/calendar.ts';

/** 台账事项 as an extension sees it. */
export interface ExtendedItem {
  level: string;
  deadline: Day;
  leaderId: string | null;
  completedAt: Date | null;
  acceptedAt: Date | null;
}

/**
 * Who decides an extension (R47, 2.7): the leader in charge, if it is asked before the due day; the chief for items of
 * the bureau's own level, afterwards, and where nobody is in charge.
 */
export const extensionApprover = (item: ExtendedItem, today: Day, chief: string | null): string | null =>
  item.level === '局班子' || today >= item.deadline ? chief : (item.leaderId ?? chief);

/** Why an item's deadline cannot be moved to `to`; null if it can. */
export function whyNotExtend(
  item: ExtendedItem,
  to: Day,
  today: Day,
): 'accepted' | 'waiting' | 'past' | 'not-later' | null {
  if (item.acceptedAt) return 'accepted';
  if (item.completedAt) return 'waiting';
  if (to < today) return 'past';
  return to <= item.deadline ? 'not-later' : null;
}
