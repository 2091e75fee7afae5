import { addWorkdays, dayInWords, dayOf, instantAt, monthDayInWords } from '#bot/calendar.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { saidNothing, type UnitsRound } from '#bot/domain/problem-round.ts';
import { roundDueOn, roundStepOn, roundTitleOn } from '#bot/domain/round.ts';
import { defineJob, HOUR_MS, toMember, toOffice } from '#bot/job.ts';
import { problemRound } from '#bot/store/problem-round.ts';

/** what the sentence to copy gives a unit to mend it */
const WORKDAYS_TO_MEND = 10;

/**
 * 月度查摆: opens on the 20th for units that entered nothing yet, asks once more on the 25th who said neither a problem nor
 * 「无」, and tells the office the result on the 26th (R30, R52, J19).
 */
export default defineJob({
  name: 'open-problem-round',
  title: '月度问题查摆',
  rule: '每月20日（休息日顺延）发起，25日（休息日提前）提醒未报的，26日（休息日顺延）报结果，均为08:30',
  graceMs: 24 * HOUR_MS,
  morning: true,
  calendar: { of: 'everybody', title: (slot) => roundTitleOn('问题查摆', dayOf(slot)) },
  slotsOn: (day) => (roundStepOn(day) ? [instantAt(day, '08:30')] : []),

  async run({ slot, tx, world }) {
    const step = roundStepOn(dayOf(slot));
    if (!step) return [];
    const { month } = step;
    const units = await problemRound(tx, world, month, slot);
    const silent = units.filter(saidNothing);
    if (step.kind === 'result') return toOffice(world, resultOf(month, units, silent));
    const by = monthDayInWords(addWorkdays(dayOf(slot), WORKDAYS_TO_MEND));
    const how = `回复“查摆问题：……，措施：……，${by}前整改”登记，确无问题请回复“查摆无问题”。`;
    return silent.flatMap(({ name, head }) =>
      head
        ? [
            toMember(
              head,
              step.kind === 'open'
                ? `${monthInWords(month)}问题查摆开始，${name}本月还没有登记，请于${dayInWords(roundDueOn(month))}前${how}`
                : `${name}${monthInWords(month)}问题查摆今日截止，还没有登记。请${how}`,
            ),
          ]
        : [],
    );
  },
});

function resultOf(month: string, units: readonly UnitsRound[], silent: readonly UnitsRound[]): string {
  const entered = units.filter((unit) => unit.entered > 0);
  const count = entered.reduce((sum, unit) => sum + unit.entered, 0);
  const none = units.filter((unit) => unit.entered === 0 && unit.none).length;
  const named = entered.map((unit) => `${unit.name}${unit.entered}件`).join('、');
  const missing = silent.length > 0 ? `（${silent.map(({ name }) => name).join('、')}）` : '';
  return `${monthInWords(month)}问题查摆：${units.length}个科室（单位）中登记问题${entered.length}个${named ? `（${named}）` : ''}，共${count}件，确无问题${none}个，未报${silent.length}个${missing}。`;
}
