import { expect, test } from 'vitest';
import type { Entry } from '#bot/domain/month-calendar.ts';
import { calendarFile } from '#bot/papers/calendar-file.ts';

const entries: Entry[] = [
  { day: '2013-07-10', time: '09:00', title: '上报半年总结，含附件; 一式两份, 盖章', kind: 'node', no: 1 },
  { day: '2013-07-28', time: '24:00', title: '月度工作台账上报截止', kind: 'rule' },
  {
    day: '2013-07-12',
    time: '',
    title: '把一个很长的事项名称写进日历文件里看看它是不是会在七十五个字节处折行而不断字',
    kind: 'item',
  },
];

test('an iCalendar file has a whole event for each entry, in universal time, marks escaped, no line longer than 75 bytes', async () => {
  const text = (await calendarFile({ entries, madeAt: '2013-07-01T00:00:00.000Z' })).toString('utf8');
  const unfolded = text.replaceAll('\r\n ', '');

  expect(unfolded.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  expect(unfolded).toContain('DTSTART:20130710T010000Z\r\nDTEND:20130710T013000Z');
  expect(unfolded).toContain('SUMMARY:上报半年总结，含附件\\; 一式两份\\, 盖章');
  expect(unfolded).toContain('DTSTART;VALUE=DATE:20130728\r\nDTEND;VALUE=DATE:20130729');
  expect(unfolded).toContain(entries[2]?.title);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(new Set(unfolded.match(/UID:\S+/g)).size).toBe(3);
  expect(await calendarFile({ entries, madeAt: '2013-07-01T00:00:00.000Z' })).toEqual(Buffer.from(text));
});
