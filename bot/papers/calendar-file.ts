import { createHash } from 'node:crypto';
import { addDays, instantAt } from '#bot/calendar.ts';
import type { Entry } from '#bot/domain/month-calendar.ts';

const LONGEST_LINE = 75;
const LASTS_MS = 30 * 60_000;

/** 日历文件: a month of the campaign as iCalendar (RFC 5545), which phones and desktops take in. */
export async function calendarFile({ entries, madeAt }: { entries: Entry[]; madeAt: string }): Promise<Buffer> {
  const stamp = utc(new Date(madeAt));
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//chuangyou-bot//calendar//ZH', 'CALSCALE:GREGORIAN'],
    ...entries.flatMap((entry) => event(entry, stamp)),
    'END:VCALENDAR',
  ];
  return Buffer.from(`${lines.map(folded).join('\r\n')}\r\n`);
}

function event({ day, time, title, kind, no }: Entry, stamp: string): string[] {
  const cause = no === undefined ? `${kind} ${day} ${time} ${title}` : `node ${no}`;
  // The same entry taken in twice stays one.
  const uid = createHash('sha256').update(cause).digest('hex').slice(0, 32);
  return [
    ...['BEGIN:VEVENT', `UID:${uid}@chuangyou-bot`, `DTSTAMP:${stamp}`],
    ...when(day, time),
    ...[`SUMMARY:${escaped(title)}`, 'END:VEVENT'],
  ];
}

/** Midnight at the end of a day, and what has no hour, is a matter of the whole day. */
function when(day: string, time: string): string[] {
  if (time === '' || time === '24:00')
    return [`DTSTART;VALUE=DATE:${plain(day)}`, `DTEND;VALUE=DATE:${plain(addDays(day, 1))}`];
  const start = instantAt(day, time);
  return [`DTSTART:${utc(start)}`, `DTEND:${utc(new Date(start.getTime() + LASTS_MS))}`];
}

const plain = (day: string): string => day.replaceAll('-', '');
const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');
const escaped = (text: string): string => text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll('\n', '\\n');

/** A line goes on under itself after 75 bytes, never within a character. */
function folded(line: string): string {
  let out = '';
  let bytes = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (bytes + size > LONGEST_LINE) {
      out += '\r\n ';
      bytes = 1;
    }
    out += char;
    bytes += size;
  }
  return out;
}
