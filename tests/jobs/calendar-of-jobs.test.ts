import { describe, expect, test } from 'vitest';
import { addDays, dayOf, timeOf } from '#bot/calendar.ts';
import * as jobs from '#jobs/index.ts';

const [FROM, TO] = ['2013-03-01', '2013-09-30'];
/** The slots of a job over the campaign, 「03-25 09:00」. */
function slotsOf(name: string): string[] {
  const job = Object.values(jobs).find((one) => one.name === name);
  if (!job) throw new Error(`no job is called ${name}`);
  const slots: string[] = [];
  for (let day = FROM; day <= TO; day = addDays(day, 1))
    // What comes only where the office held something back has no title in the calendar.
    slots.push(
      ...job
        .slotsOn(day, { sessions: [] })
        .filter((at) => job.calendar?.title(at) !== null)
        .map((at) => `${dayOf(at).slice(5)} ${timeOf(at)}`),
    );
  return slots;
}
const daysOf = (name: string, time: string): string =>
  slotsOf(name)
    .filter((slot) => slot.endsWith(time))
    .map((slot) => slot.slice(0, 5))
    .join(' ');

// Worked out by hand from the calendar of 2013: days off 4–6 April, 29 April–1 May, 10–12 June, 19–21 September; workdays
// 7, 27 and 28 April, 8 and 9 June, 22 and 29 September.
const FIRST_WORKDAYS = '03-01 04-01 05-02 06-03 07-01 08-01 09-02';
const LAST_WORKDAYS = '03-29 04-28 05-31 06-28 07-31 08-30 09-30';
// The slot of 1 March is that of February, before the campaign: it tells nobody anything.
const AFTER_28TH = '03-01 03-29 05-02 05-29 07-01 07-29 08-29 09-29';

describe('2013年定时任务日历 (requirements 2.5)', () => {
  test.each([
    [
      'J10',
      'show-leaders-lights',
      '09:10',
      '03-04 03-11 03-18 03-25 04-01 04-08 04-15 04-22 05-02 05-06 05-13 05-20 05-27 06-03 06-13 06-17 06-24 07-01 07-08 07-15 07-22 07-29 08-05 08-12 08-19 08-26 09-02 09-09 09-16 09-23 09-30',
    ],
    ['J11', 'carry-over', '00:10', '03-01 04-01 05-01 06-01 07-01 08-01 09-01'],
    ['J12', 'prepare-report-meeting', '09:00', FIRST_WORKDAYS],
    ['J13', 'check-meeting', '09:00', '03-07 04-08 05-08 06-07 07-05 08-07 09-06'],
    ['J16', 'look-back', '09:00', '03-11 04-10 05-10 06-13 07-10 08-12 09-10'],
    ['J17', 'check-monthly-activity', '09:00', '03-15 04-15 05-15 06-17 07-15 08-15 09-16'],
    [
      'J18',
      'open-self-check',
      '09:00',
      '03-20 03-25 03-26 04-22 04-25 04-26 05-20 05-24 05-27 06-20 06-25 06-26 07-22 07-25 07-26 08-20 08-23 08-26 09-22 09-25 09-26',
    ],
    [
      'J19',
      'open-problem-round',
      '08:30',
      '03-20 03-25 03-26 04-22 04-25 04-26 05-20 05-24 05-27 06-20 06-25 06-26 07-22 07-25 07-26 08-20 08-23 08-26 09-22 09-25 09-26',
    ],
    [
      'J20 T−3, T0',
      'remind-month-report',
      '09:00',
      '03-25 03-28 04-25 04-28 05-23 05-28 06-25 06-28 07-23 07-26 08-23 08-28 09-24 09-27',
    ],
    ['J18', 'open-month-report', '08:30', '03-20 04-22 05-20 06-20 07-22 08-20 09-22'],
    ['J20 T−1', 'remind-month-report', '16:00', '03-27 04-27 05-27 06-27 07-25 08-27 09-26'],
    ['J20 T0', 'remind-month-report', '15:00', '03-28 04-28 05-28 06-28 07-26 08-28 09-27'],
    ['J21, J22', 'close-month-report', '09:00', AFTER_28TH],
    ['J22', 'send-monthly-digest', '09:00', AFTER_28TH],
    ['J23', 'check-monthly-activity', '16:00', LAST_WORKDAYS],
    ['J23', 'send-next-calendar', '16:00', LAST_WORKDAYS],
    ['R50', 'plan-inspections', '08:30', '03-01 03-29 04-01 05-02 06-03 06-28 07-01 08-01 09-02 09-30'],
  ])('%s %s at %s falls on the days it should, rest days moved', (_, name, time, days) =>
    expect(daysOf(name, time)).toBe(days),
  );

  test.each(['remind-ledger-due', 'escalate-overdue', 'show-worse-lights', 'chase-unsigned', 'ask-feedback'])(
    'J08, J09: %s runs on each of the 149 workdays at 08:30 and on no rest day, to be one message at 08:45',
    (name) => {
      const slots = slotsOf(name);
      expect(slots).toHaveLength(149);
      expect(slots.every((slot) => slot.endsWith('08:30'))).toBe(true);
      expect(slots).toContain('04-28 08:30');
      expect(slots).not.toContain('04-29 08:30');
    },
  );
});
