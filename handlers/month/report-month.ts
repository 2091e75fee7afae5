import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { addMonths, isHandInOpen, monthInWords, monthOf } from '#bot/domain/month.ts';
import { missingParts, SUBORDINATE } from '#bot/domain/month-parts.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { isOfOthers, SUMMARIES, summaryIn } from '#bot/language/summary.ts';
import { headsUnit, isHeadOf, unitsHeadedBy } from '#bot/permission.ts';
import { monthReports } from '#bot/store/month.ts';
import { keepReport } from '#bot/store/month-hand-in.ts';

type Reported = Outcome &
  (
    | {
        kind: 'reported';
        month: string;
        unit: string;
        at: Date;
        late: boolean;
        length: number;
        replaced: Date | null;
      }
    | { kind: 'not-yet'; month: string }
    | { kind: 'incomplete'; month: string; unit: string; missing: string[] }
  );

/** 报送月度总结: the head hands in the unit's month by the 28th; later counts as late, a newer one replaces the older (R45). */
export default defineHandler({
  name: 'report.month',
  title: '报送月度总结',
  examples: ['五月份总结：新培育企业1家，存在人手不足问题，下月抓紧申报。'],
  pressing: true,
  offers({ actor, world, now }) {
    const today = dayOf(now);
    if (!isHandInOpen(today) || !isHeadOf(actor, actor.department, world)) return [];
    return [`${monthInWords(monthOf(today))}总结：本月工作按计划推进，下月继续抓好落实`];
  },
  input: z.object({ month, text: z.string() }),
  allow: headsUnit,

  over: 'message',
  cues: SUMMARIES,
  meant(clause) {
    const { reading } = clause;
    const headed = summaryIn(clause);
    if (!headed || /模板|范文|格式|提纲|总结会|封[面皮]/.test(headed.opening)) return null;
    const { opening } = headed;
    // A summary written in the first days of a month is that of the month before.
    const current = reading.today.slice(0, 7);
    const month =
      monthIn(opening, reading.today) ?? (Number(reading.today.slice(8)) <= 10 ? addMonths(current, -1) : current);
    const input = { month, text: clause.said.slice(headed.start, headed.end).trim() };
    if (isOfOthers(clause, headed))
      return reading.chat === 'group'
        ? null
        : ask(headed, 3, '这是您科室（单位）的总结吗？', [{ label: '是，报送', input }]);
    return act(headed, 3, input);
  },

  async execute({ input, actor, message, world, tx }): Promise<Reported> {
    const today = dayOf(message.sentAt);
    const { month } = input;
    if (month > monthOf(today)) return { kind: 'not-yet', changed: false, month };
    const [unit] = unitsHeadedBy(actor, world);
    const missing = unit?.kind === SUBORDINATE ? missingParts(input.text) : [];
    if (missing.length > 0) return { kind: 'incomplete', changed: false, month, unit: unit?.name ?? '', missing };
    const departmentCode = unit?.code ?? actor.department;
    const before = (await monthReports(tx, month)).get(departmentCode) ?? null;
    const at = message.sentAt;
    const text = input.text.trim();
    const report = { unit: departmentCode, month, text, by: actor.id, at, inboxKey: message.key };
    const { id, late } = await keepReport(tx, report);
    const common = { month, unit: unit?.name ?? '', at, late, length: text.length };
    return { kind: 'reported', changed: true, memo: { id }, ...common, replaced: before?.at ?? null };
  },

  reply(outcome) {
    if (outcome.kind === 'not-yet') return `没有收下：${monthInWords(outcome.month)}还没有到，请核对月份。`;
    if (outcome.kind === 'incomplete')
      return `没有收下：${outcome.unit}是局属单位，${monthInWords(outcome.month)}总结还缺${outcome.missing.join('、')}，请补齐后一并发来。`;
    const { month, unit, at, late, length, replaced } = outcome;
    const mark = late ? '，逾期报送' : '，按时报送';
    const earlier = replaced ? `代替${dayInWords(dayOf(replaced))}${timeOf(replaced)}的一份，原稿保留。` : '';
    return `已收到：${unit}${monthInWords(month)}总结（${length}字），${dayInWords(dayOf(at))}${timeOf(at)}${mark}。${earlier}${TAKE_BACK}`;
  },
  inGroup: (outcome) =>
    outcome.kind === 'reported'
      ? `已收到：${outcome.unit}${monthInWords(outcome.month)}总结。`
      : '没有收下，原因已私信发给您。',
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.monthReport.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
