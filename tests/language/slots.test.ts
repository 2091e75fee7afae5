import { describe, expect, test } from 'vitest';
import { addDays } from '#bot/calendar.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { readMinutes, readNumber, readPercent, readTime } from '#bot/language/slots/number.ts';
import { monthIn, periodIn } from '#bot/language/slots/period.ts';
import type { Sense } from '#bot/language/slots/sense.ts';

// A Tuesday.
const TODAY = '2013-05-14';

describe('日期', () => {
  test.each<[string, Sense, string]>([
    ['2013年5月31日', 'ahead', '2013-05-31'],
    ['6月10号', 'ahead', '2013-06-10'],
    ['28日前', 'ahead', '2013-05-28'],
    ['3号前', 'ahead', '2013-06-03'],
    ['3号去的', 'behind', '2013-05-03'],
    ['二十号', 'ahead', '2013-05-20'],
    ['周五前', 'ahead', '2013-05-17'],
    ['周一去了', 'behind', '2013-05-13'],
    ['周一前', 'ahead', '2013-05-20'],
    ['上周五', 'behind', '2013-05-10'],
    ['下周三', 'ahead', '2013-05-22'],
    ['下下周三', 'ahead', '2013-05-29'],
    ['礼拜天', 'ahead', '2013-05-19'],
    ['今晚', 'near', '2013-05-14'],
    ['明早', 'near', '2013-05-15'],
    ['大后天', 'near', '2013-05-17'],
    ['昨儿', 'near', '2013-05-13'],
    ['月底前', 'ahead', '2013-05-31'],
    ['下月底', 'ahead', '2013-06-30'],
    ['下月初', 'ahead', '2013-06-01'],
    ['下个月10号', 'ahead', '2013-06-10'],
    ['6月中旬', 'ahead', '2013-06-20'],
    ['季度末', 'ahead', '2013-06-30'],
    ['三季度末', 'ahead', '2013-09-30'],
    ['年底', 'ahead', '2013-12-31'],
    ['三天内', 'ahead', '2013-05-17'],
    ['半个月内', 'ahead', '2013-05-29'],
    ['一周之内', 'ahead', '2013-05-21'],
    ['三个工作日内', 'ahead', '2013-05-17'],
    ['端午前', 'ahead', '2013-06-09'],
    ['节前', 'ahead', '2013-06-09'],
    ['端午放假回来头一天', 'ahead', '2013-06-13'],
    ['中秋节前', 'ahead', '2013-09-18'],
    ['国庆后第一天', 'ahead', '2013-10-08'],
  ])('%s (%s) is %s', (text, sense, day) => {
    expect(daysIn(text, TODAY, sense).map((one) => one.day)).toEqual([day]);
  });

  test.each(['6月31号', '2月30日', '3号台账', '904要', '濮科〔2013〕12号文件'.slice(0, 8), '三楼会议室'])(
    '%s names no day',
    (text) => {
      expect(daysIn(text, TODAY, 'ahead')).toEqual([]);
    },
  );

  test('every day of 2013 and 2024 to 2028 reads back from how it is written', () => {
    for (const year of [2013, 2024, 2025, 2026, 2027, 2028])
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        const [, month, date] = day.split('-').map(Number);
        for (const text of [`${year}年${month}月${date}日`, `${year}-${month}-${date}`])
          expect(
            daysIn(text, TODAY, 'near').map((one) => one.day),
            text,
          ).toEqual([day]);
      }
  });

  test.each([
    ['上周', '2013-05-06', '2013-05-12'],
    ['本周', '2013-05-13', '2013-05-19'],
    ['这个月', '2013-05-01', '2013-05-31'],
    ['四月份', '2013-04-01', '2013-04-30'],
    ['一季度', '2013-01-01', '2013-03-31'],
    ['今年', '2013-01-01', '2013-12-31'],
  ])('%s runs from %s to %s', (text, from, to) => {
    expect(periodIn(text, TODAY)).toEqual({ from, to });
  });

  test.each([
    ['上个月的', '2013-04'],
    ['五月份总结', '2013-05'],
    ['6月30日', null],
  ])('the month of %s is %s', (text, month) => {
    expect(monthIn(text, TODAY)).toBe(month);
  });
});

describe('数', () => {
  test.each([
    ['37', 37],
    ['93.5', 93.5],
    ['三十七', 37],
    ['叁拾柒', 37],
    ['十二', 12],
    ['两', 2],
    ['仨', 3],
    ['一百二', 120],
    ['一百零二', 102],
    ['一一', null],
  ])('%s is %s', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
  test.each([
    ['完成60%', 60],
    ['百分之八十', 80],
    ['三分之一', 33],
    ['三分之二', 67],
    ['六成', 60],
    ['八成五', 85],
    ['8成5', 85],
    ['一半', 50],
    ['由上月的40%提高到五成五', 55],
    ['八九成', null],
    ['过半', null],
    ['成果科', null],
  ])('%s is %s per cent', (text, value) => {
    expect(readPercent(text)).toBe(value);
  });
  test.each([
    ['一个半小时', 90],
    ['俩小时', 120],
    ['半小时', 30],
    ['半个小时', 30],
    ['90分钟', 90],
    ['1小时20分', 80],
    ['一刻钟', 15],
    ['晚八点到九点一刻', 75],
    ['一会儿', null],
  ])('%s lasts %s minutes', (text, value) => {
    expect(readMinutes(text)).toBe(value);
  });
  test.each([
    ['上午8点半', '08:30'],
    ['下午三点', '15:00'],
    ['15:00', '15:00'],
    ['上午十点一刻', '10:15'],
    ['今晚7点半', '19:30'],
    ['三点', '15:00'],
    ['学习', null],
  ])('%s is at %s', (text, value) => {
    expect(readTime(text)).toBe(value);
  });
});
