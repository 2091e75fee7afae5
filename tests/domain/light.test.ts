import { describe, expect, test } from 'vitest';
import { lit } from '#bot/domain/light.ts';

const item = {
  ...{ target: 100, quantity: 40, percent: 40, unit: '项', departmentCode: 'JCK', deadline: '2013-12-31' },
  ...{ startOn: null, acceptedAt: null, completedAt: null, updatedAt: new Date('2013-06-30T09:00+08:00') },
};
const RULE = { behind: 10, farBehind: 30, soon: 7 };
const on = (today: string, more: object, rule = RULE) => lit({ ...item, ...more }, today, rule);

describe('进度灯（R43）', () => {
  // 182 of 365 days have passed on 1 July, that day counted: 49.9 %.
  test.each([
    [40, 'green', '时间已过49.9%，完成40%，落后9.9个百分点，满10亮黄灯'],
    [35, 'yellow', '时间已过49.9%，完成35%，落后14.9个百分点，满10亮黄灯'],
    [15, 'red', '时间已过49.9%，完成15%，落后34.9个百分点，超30亮红灯'],
    [60, 'green', '时间已过49.9%，完成60%，不落后于时间进度'],
  ])('K2-1 at %i/100 on 1 July 2013 is %s', (percent, light, why) => {
    expect(on('2013-07-01', { percent, quantity: percent })).toMatchObject({ light, why });
  });

  test.each([
    ['overdue is red', '2014-01-06', {}, 'red', '已逾期3个工作日'],
    [
      'within seven days it is yellow',
      '2013-12-25',
      { percent: 98 },
      'yellow',
      '12月31日（星期二）到期，还有6天，7天内亮黄灯',
    ],
    ['handed in it waits green', '2013-12-30', { completedAt: new Date() }, 'green', '待验收'],
    ['accepted it is blue', '2014-02-01', { acceptedAt: new Date() }, 'blue', '已验收'],
    [
      'never reported it is unknown',
      '2013-07-01',
      { percent: null, quantity: null, updatedAt: null },
      'grey',
      '尚未报过进度',
    ],
    ['without a target only its deadline counts', '2013-11-01', { target: null, percent: 10 }, 'green', '按期推进'],
    [
      'its own period counts, not the year',
      '2013-12-01',
      { startOn: '2013-12-01', deadline: '2013-12-31', percent: 0, quantity: 0 },
      'green',
      '时间已过3.2%，完成0%，落后3.2个百分点，满10亮黄灯',
    ],
    [
      'what the office set holds up to its day',
      '2013-07-01',
      { percent: 15, setLight: 'yellow', setLightWhy: '上级计划推迟', setLightUntil: '2013-07-31' },
      'yellow',
      '活动办设定至7月31日（星期三）：上级计划推迟',
    ],
    [
      'and not a day longer',
      '2013-08-01',
      { percent: 15, setLight: 'yellow', setLightWhy: '上级计划推迟', setLightUntil: '2013-07-31' },
      'red',
      '时间已过58.4%，完成15%，落后43.4个百分点，超30亮红灯',
    ],
  ] as const)('%s', (_, today, more, light, why) => {
    expect(on(today, more)).toMatchObject({ light, why });
  });

  test('what is told decides: 30.0 points are not more than 30, 10.0 are ten', () => {
    // 79.98 % have passed of 2013-01-01 to 2013-12-31 on 19 October: 292 of 365 days are 80.0 %.
    expect(on('2013-10-19', { percent: 50, quantity: 50 })).toMatchObject({ light: 'yellow' });
    expect(on('2013-10-19', { percent: 49.9, quantity: 49.9 })).toMatchObject({ light: 'red' });
    expect(on('2013-10-19', { percent: 70, quantity: 70 })).toMatchObject({ light: 'yellow' });
    expect(on('2013-10-19', { percent: 70.1, quantity: 70.1 })).toMatchObject({ light: 'green' });
  });

  test.each([
    [35, { behind: 15, farBehind: 40, soon: 7 }, 'green', '落后14.9个百分点，满15亮黄灯'],
    [15, { behind: 15, farBehind: 40, soon: 7 }, 'yellow', '落后34.9个百分点，满15亮黄灯'],
    [40, { behind: 5, farBehind: 9, soon: 7 }, 'red', '落后9.9个百分点，超9亮红灯'],
  ])('by figures of the office %i/100 is judged by those', (percent, rule, light, why) => {
    const now = on('2013-07-01', { percent, quantity: percent }, rule);
    expect(now.light).toBe(light);
    expect(now.why).toContain(why);
  });
});
