import { type Day, dayInWords, dayOf, timeOf } from '#bot/calendar.ts';

/** Somebody who asks leave or may grant it. */
export interface RankedPerson {
  id: string;
  department: string;
  roles: string[];
}
export interface RankedDepartment {
  code: string;
  head: string | null;
  leader: string | null;
}

export type LeaveState = 'pending' | 'approved' | 'rejected' | 'withdrawn';

/** A leave from one session, or by days with both ends, perhaps only one half of them. */
export interface LeaveFacts {
  personId: string;
  sessionCode: string | null;
  fromOn: Day;
  toOn: Day;
  half: string | null;
  type: string | null;
  state: string;
  decidedAt: Date | null;
  returnedAt: Date | null;
}

const NOON = '12:00';

/**
 * 请假审批人 (R15, Q8): staff → head of the unit → leader in charge → chief; never oneself, a post that nobody holds
 * goes one level up, and so does, as a stand-in, one whose holder is away; if all are, it waits for the first of them.
 * @returns null for the chief, whose leave is a notice.
 */
export function approverOf(
  person: RankedPerson,
  departments: RankedDepartment[],
  people: RankedPerson[],
  away: ReadonlySet<string> = new Set(),
): string | null {
  const unit = departments.find(({ code }) => code === person.department);
  const chief = people.find(({ roles }) => roles.includes('chief'))?.id ?? null;
  const ladder = [unit?.head, unit?.leader, chief];
  const from = person.roles.includes('chief')
    ? 3
    : person.roles.includes('leader')
      ? 2
      : person.roles.includes('head')
        ? 1
        : 0;
  const above = ladder.slice(from).filter((id) => id && id !== person.id);
  return above.find((id) => id && !away.has(id)) ?? above[0] ?? null;
}

/** True if the leave, were it granted, is from this session: asked for it, or for its day and half. */
export function covers(leave: LeaveFacts, session: { code: string; start: Date }): boolean {
  if (leave.returnedAt && leave.returnedAt <= session.start) return false;
  if (leave.sessionCode !== null) return leave.sessionCode === session.code;
  const day = dayOf(session.start);
  if (day < leave.fromOn || day > leave.toOn) return false;
  return leave.half === null || (leave.half === 'am') === timeOf(session.start) < NOON;
}

/** 「5月27日（星期一）至5月31日（星期五）」「5月15日（星期三）下午」: when a leave by days is. */
export function daysInWords({ fromOn, toOn, half }: Pick<LeaveFacts, 'fromOn' | 'toOn' | 'half'>): string {
  if (fromOn !== toOn) return `${dayInWords(fromOn)}至${dayInWords(toOn)}`;
  return `${dayInWords(fromOn)}${half === 'am' ? '上午' : half === 'pm' ? '下午' : ''}`;
}

/** 「公差、病假、事假」: the kinds a notice counts (3.1), by what was asked. */
export const LEAVE_KINDS: Record<string, string> = {
  business: '公差',
  sick: '病假',
  personal: '事假',
  annual: '年休假',
  other: '其他',
};
