import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';

/** 「《十八大报告专题辅导》」; a topic that names a book keeps its own marks. */
export const titled = (topic: string): string => (/[《》]/.test(topic) ? topic : `《${topic}》`);

/** 「5月14日（星期二）08:30《十八大报告专题辅导》」 */
export const sessionName = ({ topic, start }: { topic: string; start: Date }): string =>
  `${dayInWords(dayOf(start))}${timeOf(start)}${titled(topic)}`;
