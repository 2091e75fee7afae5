import { describe, expect, test } from 'vitest';
import { addDays, type Day, isWorkday } from '#bot/calendar.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import type { Sense } from '#bot/language/slots/sense.ts';

const YEARS = [2013, 2024, 2025, 2026, 2027, 2028];
const WEEKDAYS = '一二三四五六日';
const HAN = '〇一二三四五六七八九';

function* everyDay(): Generator<Day> {
  for (const year of YEARS) for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) yield day;
}
const han = (no: number): string =>
  no < 10 ? (HAN[no] ?? '') : `${no < 20 ? '' : HAN[Math.floor(no / 10)]}十${no % 10 === 0 ? '' : HAN[no % 10]}`;
const partsOf = (day: Day): [year: number, month: number, date: number] => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
};
/** Days between two, counted without the code under test. */
const apart = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const weekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const weeksApart = (from: Day, to: Day): number => (apart(from, to) - weekday(to) + weekday(from)) / 7;

/** How a day is written out. */
function* written(day: Day): Generator<string> {
  const [year, month, date] = partsOf(day);
  yield `${year}年${month}月${date}日`;
  yield `${year}年${month}月${date}号`;
  yield `${year}-${month}-${date}`;
  yield `${year}/${month}/${date}`;
  yield `${year}.${month}.${date}`;
  yield day;
  yield `${year - 2000}年${month}月${date}日`;
  yield `${[...String(year)].map((digit) => HAN[Number(digit)]).join('')}年${han(month)}月${han(date)}日`;
}

/** How people call a day on another day, with the way their words look; a day has several names, or none. */
function* called(day: Day, today: Day): Generator<[text: string, sense: Sense]> {
  const [, month, date] = partsOf(day);
  const [thisYear, thisMonth, thisDate] = partsOf(today);
  const distance = apart(today, day);
  const weeks = weeksApart(today, day);
  const near = ['大前', '前', '昨', '今', '明', '后', '大后'][distance + 3];
  if (near) for (const rest of ['天', '天上午', '天晚上8点']) yield [near + rest, 'near'];
  if (near?.length === 1) for (const rest of ['晚', '早']) yield [near + rest, 'near'];
  const week = ['上上', '上', '本', '下', '下下'][weeks + 2];
  const no = WEEKDAYS[weekday(day)];
  if (week) for (const word of ['周', '星期', '礼拜']) yield [`${week}${word}${no}`, 'near'];
  if (weeks === 0) yield [`这周${no}`, 'near'];
  if (distance >= 0 && distance < 7) yield [`周${no}前`, 'ahead'];
  if (distance <= 0 && distance > -7) yield [`周${no}去的`, 'behind'];
  if (Math.abs(distance) < 60)
    for (const sense of ['ahead', 'behind', 'near'] as const) {
      yield [`${month}月${date}日`, sense];
      yield [`${han(month)}月${han(date)}号`, sense];
    }
  const months = (partsOf(day)[0] - thisYear) * 12 + month - thisMonth;
  const monthName = ['上', '本', '下'][months + 1];
  if (monthName) yield [`${monthName}月${date}日`, 'near'];
  if (months === 0 && date >= thisDate) yield [`${date}号前`, 'ahead'];
  if (months === 1 && date < thisDate) yield [`${han(date)}号前`, 'ahead'];
  if (months === 0 && date <= thisDate) yield [`${date}号去的`, 'behind'];
  if (months === -1 && date > thisDate) yield [`${date}日那天`, 'behind'];
  if (addDays(day, 1).endsWith('-01')) {
    if (months === 0) for (const text of ['月底', '月底前', '月末', '本月底']) yield [text, 'ahead'];
    if (months === 1) for (const text of ['下月底', '下个月底', '下月末']) yield [text, 'ahead'];
    const quarters = Math.floor((month - 1) / 3) - Math.floor((thisMonth - 1) / 3);
    if (month % 3 === 0 && partsOf(day)[0] === thisYear) {
      yield [`${'一二三四'[month / 3 - 1]}季度末`, 'ahead'];
      if (quarters === 0) for (const text of ['季度末', '本季度末', '季末前']) yield [text, 'ahead'];
      if (quarters === 1) yield ['下季度末', 'ahead'];
      if (month === 12) for (const text of ['年底', '年底前', '年内']) yield [text, 'ahead'];
      if (month === 6) yield ['上半年底', 'ahead'];
    }
  }
  if (months === 1 && date === 1) for (const text of ['下月初', '下个月初']) yield [text, 'ahead'];
  if (months === 1 && date === 15) yield ['下月中', 'ahead'];
  if (months === 0 && date === 20) yield ['本月中旬', 'ahead'];
  if (distance > 0 && distance <= 20)
    for (const text of [`${distance}天内`, `${han(distance)}天之内`, `${distance}天后`]) yield [text, 'ahead'];
  if (distance === 15) yield ['半个月内', 'ahead'];
  if (distance > 0 && distance % 7 === 0 && distance < 60) yield [`${han(distance / 7)}周内`, 'ahead'];
  if (distance < 0 && distance >= -20) yield [`${-distance}天前去的`, 'behind'];
  if (distance > 0 && distance < 25 && isWorkday(day)) {
    let count = 0;
    for (let one = 1; one <= distance; one++) if (isWorkday(addDays(today, one))) count += 1;
    yield [`${count}个工作日内`, 'ahead'];
  }
}

describe('日期：写出来再读回去', () => {
  test('every day of 2013 and 2024 to 2028, in every way of writing it', () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const day of everyDay())
      for (const text of written(day))
        for (const sense of ['ahead', 'behind', 'near'] as const) {
          cases += 1;
          const read = daysIn(text, '2020-02-29', sense).map((one) => one.day);
          if (read.join() !== day) wrong.push(`${text} → ${read}`);
        }

    expect(cases).toBeGreaterThan(50_000);
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('what every day is called on the days around it', () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const today of everyDay())
      for (let distance = -75; distance <= 75; distance += distance > -25 && distance < 25 ? 1 : 7) {
        const day = addDays(today, distance);
        for (const [text, sense] of called(day, today)) {
          // Not every name of every pair: enough of each that nothing goes unseen.
          if ((cases++ + distance) % 5 !== 0) continue;
          const read = daysIn(text, today, sense).map((one) => one.day);
          if (read.join() !== day) wrong.push(`${text} (${sense}) on ${today}: ${read}, not ${day}`);
        }
      }

    expect(cases).toBeGreaterThan(100_000);
    expect(wrong.slice(0, 20)).toEqual([]);
  });
});
