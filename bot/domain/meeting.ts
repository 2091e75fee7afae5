import { addWorkdays, type Day } from '#bot/calendar.ts';
import { lastOf, monthBefore } from './month.ts';

const REMINDED_ON = 5;

/** The month's fifth workday, on which the office hears that no meeting was recorded (R61, J13). */
export const meetingDueOn = (month: string): Day => addWorkdays(lastOf(monthBefore(month)), REMINDED_ON);

/** 「5月3日」 of a meeting, how many came, and what was decided (R61). */
export interface MeetingMinutes {
  heldOn: Day;
  attended: number | null;
  decisions: string;
}
