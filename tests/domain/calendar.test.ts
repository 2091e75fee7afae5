import { describe, expect, test } from 'vitest';
import { addWorkdays, isWorkday, weekOf, workdaysUntil } from '#bot/calendar.ts';
import { closingDay, digestDay } from '#bot/domain/month.ts';
import { outsideQuiet } from '#bot/domain/quiet.ts';

describe('工作日历', () => {
  test.each(['2013-04-07', '2013-04-27', '2013-04-28', '2013-06-08', '2013-06-09', '2013-09-22', '2013-09-29'])(
    '%s is a makeup workday',
    (day) => {
      expect(isWorkday(day)).toBe(true);
    },
  );
  test.each([
    '2013-04-04',
    '2013-04-29',
    '2013-05-01',
    '2013-06-10',
    '2013-06-12',
    '2013-09-19',
    '2013-10-01',
    '2013-05-11',
  ])('%s is a rest day', (day) => {
    expect(isWorkday(day)).toBe(false);
  });
  test('workdays are counted over holidays in both directions', () => {
    expect(addWorkdays('2013-04-28', 1)).toBe('2013-05-02');
    expect(addWorkdays('2013-05-02', -1)).toBe('2013-04-28');
    expect(workdaysUntil('2013-04-28', '2013-05-03')).toBe(2);
    expect(workdaysUntil('2013-05-03', '2013-04-28')).toBe(-2);
  });
  test.each([
    ['2013-03-01', 9],
    ['2013-04-28', 17],
    ['2013-09-30', 40],
  ])('%s lies in week %i', (day, week) => {
    expect(weekOf(day)).toEqual({ year: 2013, week });
  });
  test.each([
    ['2013-03', '2013-03-28', '2013-03-29'],
    ['2013-04', '2013-04-28', '2013-05-02'],
    ['2013-07', '2013-07-26', '2013-07-29'],
    ['2013-09', '2013-09-27', '2013-09-29'],
  ])('%s closes on %s and its digest goes out on %s', (month, closes, digest) => {
    expect([closingDay(month), digestDay(month)]).toEqual([closes, digest]);
  });
});

describe('安静时段', () => {
  const quiet = { from: '18:30', to: '08:00', restDays: true };
  test.each([
    ['2013-05-14T09:00+08:00', '2013-05-14T09:00+08:00'],
    ['2013-05-14T18:30+08:00', '2013-05-15T08:00+08:00'],
    ['2013-05-14T07:59+08:00', '2013-05-14T08:00+08:00'],
    ['2013-05-10T20:00+08:00', '2013-05-13T08:00+08:00'],
    ['2013-05-11T07:00+08:00', '2013-05-13T08:00+08:00'],
    ['2013-04-28T18:30+08:00', '2013-05-02T08:00+08:00'],
  ])('what is ready at %s goes out at %s', (at, out) => {
    expect(outsideQuiet(new Date(at), quiet)).toEqual(new Date(out));
  });
  test('without quiet hours nothing waits', () => {
    const night = new Date('2013-05-14T23:00+08:00');
    expect(outsideQuiet(night, null)).toBe(night);
  });
});
