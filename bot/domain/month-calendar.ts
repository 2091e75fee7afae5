import { type Day, dateInWords, dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { grouped } from './grouped.ts';
import { lastWorkdayOf, monthBefore, monthInWords, monthOf } from './month.ts';

/** One line of the campaign's calendar of a month (R64). */
export interface Entry {
  day: Day;
  /** HH:MM; empty for the whole day */
  time: string;
  title: string;
  /** rule: the clock does it; node: the office set it; session and item: from study and ledger */
  kind: 'rule' | 'node' | 'session' | 'item';
  /** 编号 of a 时间节点 */
  no?: number;
}

export const entryAt = (at: Date, title: string, kind: Entry['kind']): Entry => ({
  ...{ day: dayOf(at), time: timeOf(at), title, kind },
});

export const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((one, other) => `${one.day} ${one.time}`.localeCompare(`${other.day} ${other.time}`));

/** So often in a month, and it is a matter of the week. */
const WEEKLY = 3;
const keyOf = ({ kind, title, time }: Entry): string => `${kind} ${time} ${title}`;
const dateOf = (day: Day): number => Number(day.slice(8));

/** What comes every week stands once, with its days, below what has a day of its own. */
function calendarLines(entries: readonly Entry[]): string[] {
  const rules = entries.filter(({ kind }) => kind === 'rule');
  const times = grouped(rules, keyOf);
  const isWeekly = (one: Entry): boolean => (times.get(keyOf(one))?.length ?? 0) >= WEEKLY;
  const single = inOrder(entries).filter((one) => !isWeekly(one));
  const weekly = [...times.values()].filter((all) => all.length >= WEEKLY);
  return [...single.map(lineOf), ...weekly.map((all) => everyWeek(inOrder(all)))];
}

/** 「7月10日（星期三）09:00上报半年总结」: a 时间节点 in a sentence. */
export const nodeInWords = ({ date, time, title }: { date: Day; time: string; title: string }): string =>
  `${dayInWords(date)}${time}${title}`;

interface Span {
  from: Day;
  to: Day;
}
/** The campaign's days, if a day is none of them (R64); null without a campaign. */
export const outsideCampaign = (date: Day, campaign: Span | null | undefined): Span | null =>
  campaign && (date < campaign.from || date > campaign.to) ? { from: campaign.from, to: campaign.to } : null;
export const outsideInWords = ({ from, to }: Span): string =>
  `活动时间为${dateInWords(from)}至${dateInWords(to)}，请写其中的日期。`;

export const lineOf = ({ day, time, title, no }: Entry): string =>
  `${dayInWords(day)}${time}　${title}${no === undefined ? '' : `（日程${no}）`}`;

function everyWeek(all: readonly Entry[]): string {
  const [first] = all;
  return `每周　${first?.title}（${all.map(({ day }) => dateOf(day)).join('、')}日${first?.time}）`;
}

/** More items that fall due than these are counted in a message; the file has them all. */
const DUE_SHOWN = 8;

/** 「7月份活动日程」 with its lines; the empty one says so. */
export function calendarInWords(month: string, entries: readonly Entry[]): string {
  const due = inOrder(entries).filter(({ kind }) => kind === 'item');
  const left = due.slice(DUE_SHOWN);
  const more = left.length > 0 ? [`另有${left.length}项台账到期，全部见导出的日程。`] : [];
  const lines = [...calendarLines(entries.filter((one) => !left.includes(one))), ...more];
  const title = `${monthInWords(month)}活动日程`;
  return lines.length === 0
    ? `${title}：没有安排。`
    : [`${title}（遇休息日已按规定提前或顺延）：`, ...lines].join('\n');
}

/** When the calendar of a day's month was sent: on the last workday of the month before, at 16:00 (J23). */
export const isSentBy = (day: Day, now: Date): boolean =>
  now >= instantAt(lastWorkdayOf(monthBefore(monthOf(day))), '16:00');
