import { dayInWords, dayOf, instantAt } from '#bot/calendar.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { roundDueOn, roundStepOn, roundTitleOn } from '#bot/domain/round.ts';
import { CHECK_WORDS, type CheckAnswer, mattersInWords } from '#bot/domain/self-check.ts';
import { defineJob, HOUR_MS, toMember, toOffice } from '#bot/job.ts';
import { type CheckRound, roundsOf } from '#bot/store/self-check.ts';

/** 月度自检: opens on the 20th, reminds on the 25th who has not handed in, and tells the office the result on the 26th (R60, J18, J19). */
export default defineJob({
  name: 'open-self-check',
  title: '月度自检',
  rule: '每月20日（休息日顺延）09:00发起，25日（休息日提前）09:00提醒，26日（休息日顺延）09:00报结果',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'everybody', title: (slot) => roundTitleOn('交办转办事项自检', dayOf(slot)) },
  slotsOn: (day) => (roundStepOn(day) ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const step = roundStepOn(dayOf(slot));
    if (!step) return [];
    const { month } = step;
    const rounds = await roundsOf(tx, world, month);
    if (step.kind === 'result') return toOffice(world, resultOf(month, rounds));
    return rounds
      .filter(({ done }) => !done)
      .flatMap(({ unit, matters, open }) => {
        if (!unit.head) return [];
        const text =
          step.kind === 'open'
            ? `${monthInWords(month)}交办转办事项自检开始，请${unit.name}于${dayInWords(roundDueOn(month))}前完成，共${matters.length}件：${mattersInWords(matters)}。逐件回复“自检${matters[0]?.code}按期推进”（或“已办结”“滞后，原因……”“需协调，……”），填齐后发“提交自检”。`
            : `${monthInWords(month)}自检今日截止，${unit.name}尚未提交${open.length > 0 ? `，还有${open.length}件未填：${mattersInWords(open)}` : '，各事项已填齐，请发“提交自检”'}。`;
        return [toMember(unit.head, text)];
      });
  },
});

/** Units that handed in, with their answers counted; what lags or needs help by name; who has not handed in. */
function resultOf(month: string, rounds: CheckRound[]): string {
  const idle = rounds.filter(({ matters }) => matters.length === 0).length;
  const handed = rounds.filter(({ done, matters }) => done && matters.length > 0);
  const missing = rounds.filter(({ done }) => !done).map(({ unit }) => unit.name);
  const told = handed.flatMap(({ unit, matters, answers }) =>
    matters.map(({ code, title }) => ({ code, title, unit: unit.name, ...answers.get(code) })),
  );
  const count = (answer: CheckAnswer): string =>
    `${CHECK_WORDS[answer]}${told.filter((one) => one.answer === answer).length}件`;
  const named = told
    .filter(({ answer }) => answer === 'behind' || answer === 'needs_help')
    .map(
      (one) =>
        `\n· ${one.unit}${one.code}《${one.title}》${CHECK_WORDS[one.answer as CheckAnswer]}：${one.reason ?? ''}`,
    );
  return `${monthInWords(month)}交办转办事项自检：${rounds.length}个科室（单位）中已提交${handed.length}个，无事项${idle}个，未提交${missing.length}个${missing.length > 0 ? `（${missing.join('、')}）` : ''}。已提交${told.length}件：${(['done', 'on_track', 'behind', 'needs_help'] as const).map(count).join('，')}。${named.join('')}`;
}
