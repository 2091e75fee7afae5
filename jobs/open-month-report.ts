import { dayOf, instantAt } from '#bot/calendar.ts';
import { askedByHour, monthInWords, monthOf } from '#bot/domain/month.ts';
import { roundOpensOn } from '#bot/domain/round.ts';
import { defineJob, HOUR_MS, toMember } from '#bot/job.ts';
import { handInsLeft } from '#bot/store/month.ts';
import { markHourOf } from '#bot/store/month-hand-in.ts';

/** 月度台账开始填报: on the 20th every head hears that the month can be handed in, with what is in it by itself (R45, R53, J18). */
export default defineJob({
  name: 'open-month-report',
  title: '月度台账开始填报',
  rule: '每月20日（休息日顺延）08:30，发给尚未上报的科室（单位）负责人',
  graceMs: 24 * HOUR_MS,
  morning: true,
  calendar: { of: 'everybody', title: () => '月度台账开始填报' },
  slotsOn: (day) => (roundOpensOn(monthOf(day)) === day ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const hour = askedByHour(await markHourOf(tx, month));
    return (await handInsLeft(tx, world, month)).flatMap(({ unit: { name, head }, items, carried }) => {
      if (head === null) return [];
      const left = carried > 0 ? `，其中上月遗留${carried}项` : '';
      const text = `${monthInWords(month)}工作台账开始填报，请${name}于${Number(month.slice(5))}月28日${hour}时前提交：未办结事项${items.length}项${left}。回复“报台账”看各项的数和上次所写。`;
      return [toMember(head, text)];
    });
  },
});
