import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { isHandInOpen, isLate, monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { under } from '#bot/language/headed.ts';
import { addMonths } from '#bot/language/slots/day.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { isHeadOf } from '#bot/permission.ts';
import { monthReports } from '#bot/store/month.ts';

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
  );

const REPORT =
  /^\s*(?:[^，。；;!！?？\n]{0,10}(?:本月|上月|月份?)的?[^，。；;：:!！?？\n]{0,6}(?:成绩单|汇总|盘点|回顾|账单|活儿?|战果|小账|亮点|汇报|报告|工作)[^，。；;：:\n]{0,4}[:：]|[【[][^】\]]{0,14}(?:总结|小结|汇报|述职)[^】\]]{0,4}[】\]]\s*[:：]?|[^。；;!！?？\n]{0,24}?(?:总结|小结|月报|月度汇报|工作汇报|工作情况|情况汇报|述职)[^，。：:；;\n\s—]{0,10}(?: ?如下)?\s*(?:[:：。，,；;\n]|——|\s+(?=一、|1[、.])|\s+(?=[^，。]{4,})))/;
const NOT_ONE =
  /改[为成]|谁|没[交报写有]|哪[些个]|[交报]了吗|什么时候|请[各大]|催|要交|怎么|截止|前(?:报|交)|[?？]\s*$|看|查|调|已[交报]|[交报]了|[交报]上[去来]|明天|马上|没|还未|谁|记得|别忘/;

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
  allow: {
    doneBy: '科室（单位）负责人',
    permits: ({ actor, world }) => world.departments.some(({ code }) => isHeadOf(actor, code, world)),
  },

  over: 'message',
  meant(clause) {
    const { reading } = clause;
    const headed = under(REPORT, clause);
    if (!headed) return null;
    const { opening, body: words } = headed;
    if (
      words.length < 10 ||
      NOT_ONE.test(opening) ||
      (/[，, ]$/.test(opening) &&
        (words.length < 20 ||
          /谁|没[交报写有]|哪[些个]|催|怎么|什么时候|[?？]|明天|马上|还未|记得|别忘|晚[点些]/.test(
            words.slice(0, 16),
          ))) ||
      /半年|年度|全年|季度/.test(opening)
    )
      return null;
    if (reading.chat === 'group' && !/月/.test(opening)) return null;
    if (!/月|工作|科|室|所|中心|单位|^\s*(?:总结|小结)/.test(opening)) return null;
    // A summary written in the first days of a month is that of the month before.
    const current = reading.today.slice(0, 7);
    const month =
      monthIn(opening, reading.today) ?? (Number(reading.today.slice(8)) <= 10 ? addMonths(current, -1) : current);
    return act(headed, 3, { month, text: clause.said.slice(headed.start, headed.end).trim() });
  },

  async execute({ input, actor, message, world, tx }): Promise<Reported> {
    const today = dayOf(message.sentAt);
    const { month } = input;
    if (month > monthOf(today)) return { kind: 'not-yet', changed: false, month };
    const unit = world.departments.find(({ code }) => isHeadOf(actor, code, world));
    const departmentCode = unit?.code ?? actor.department;
    const before = (await monthReports(tx, month)).get(departmentCode) ?? null;
    const late = isLate(month, today);
    const text = input.text.trim();
    const { id } = await tx.monthReport.create({
      data: {
        ...{ month, departmentCode, personId: actor.id, at: message.sentAt },
        ...{ text, late, inboxKey: message.key },
      },
    });
    const common = { month, unit: unit?.name ?? '', at: message.sentAt, late, length: text.length };
    return { kind: 'reported', changed: true, memo: { id }, ...common, replaced: before?.at ?? null };
  },

  reply(outcome) {
    if (outcome.kind === 'not-yet') return `没有收下：${monthInWords(outcome.month)}还没有到，请核对月份。`;
    const { month, unit, at, late, length, replaced } = outcome;
    const mark = late ? '，逾期报送' : '，按时报送';
    const earlier = replaced ? `代替${dayInWords(dayOf(replaced))}${timeOf(replaced)}的一份，原稿保留。` : '';
    return `已收到：${unit}${monthInWords(month)}总结（${length}字），${dayInWords(dayOf(at))}${timeOf(at)}${mark}。${earlier}十分钟内可发“撤销”收回。`;
  },
  inGroup: (outcome) =>
    outcome.kind === 'reported'
      ? `已收到：${outcome.unit}${monthInWords(outcome.month)}总结。`
      : `没有收下：${monthInWords(outcome.month)}还没有到。`,
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.monthReport.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
