import { dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { digestMonthOpen, monthInWords } from '#bot/domain/month.ts';
import type { World } from '#bot/language/reading.ts';
import { attendanceOf } from './attendance.ts';
import type { Tx } from './db.ts';
import { monthReports } from './month.ts';

/** 「85.7%（6/7）」: every rate with its numerator and denominator (G15). */
const rate = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%（${part}/${whole}）`;

/**
 * 月报 (R92): the figures of a month up to its 28th, 18:00, or up to `now` if that is earlier; units, but nobody's name.
 */
export async function digestOf(tx: Tx, world: World, month: string, now: Date): Promise<string> {
  const first = instantAt(`${month}-01`, '00:00');
  const cutOff = new Date(Math.min(instantAt(`${month}-28`, '18:00').getTime(), now.getTime()));
  const sessions = await tx.session.findMany({
    where: { start: { gte: first }, end: { lte: cutOff }, cancelledAt: null },
  });
  let expected = 0;
  let came = 0;
  for (const session of sessions) {
    const attendance = await attendanceOf(tx, session);
    expected += attendance.expected;
    came += attendance.came;
  }

  const items = await tx.ledgerItem.findMany();
  const today = dayOf(cutOff);
  const count = (status: string) => items.filter((item) => statusOf(item, today) === status).length;
  const reported = await monthReports(tx, month);
  const handedIn = world.departments.filter(({ code }) => reported.has(code)).length;
  const late = world.departments
    .map(({ code, name }) => ({
      name,
      overdue: items.filter((item) => item.departmentCode === code && statusOf(item, today) === 'overdue').length,
    }))
    .filter(({ overdue }) => overdue > 0)
    .sort((one, other) => other.overdue - one.overdue)
    .slice(0, 3)
    .map(({ name, overdue }) => `${name}逾期${overdue}项`);

  return [
    `“一创双优”活动${monthInWords(month)}工作简报`,
    `截至${dayInWords(today).replace(/（.*/, '')}${cutOffTime(cutOff)}，`,
    `一、学习：集中学习${sessions.length}次，到会率${rate(came, expected)}。`,
    `二、台账：共${items.length}项，已验收${rate(count('done'), items.length)}，待验收${count('awaiting_acceptance')}项，推进中${count('in_progress')}项，未报${count('not_started')}项，逾期${count('overdue')}项。`,
    `三、月度总结：已报${handedIn}个科室（单位），应报${world.departments.length}个。`,
    late.length === 0 ? '四、关注：没有逾期事项。' : `四、关注：${late.join('，')}。`,
  ].join('\n');
}

const cutOffTime = (cutOff: Date): string => timeOf(cutOff).replace(/^0?(\d+):00$/, '$1时');

/** The month meant where somebody speaks of the digest on its way: the one named, else the one that is still open (R92). */
export async function digestMeant(tx: Tx, named: string | undefined, at: Date): Promise<string> {
  if (named) return named;
  const sent = await tx.digest.findMany({ where: { sentAt: { not: null } }, select: { month: true } });
  return digestMonthOpen(dayOf(at), new Set(sent.map(({ month }) => month)));
}
