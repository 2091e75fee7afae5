import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { isLate, monthInWords, monthOf, monthToReport } from '#bot/domain/month.ts';
import { handedInWords, numbersInWords } from '#bot/domain/month-hand-in.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';
import { monthReports } from '#bot/store/month.ts';
import { isAnswered, monthItemsOf } from '#bot/store/month-lines.ts';

type Submitted = Outcome & {
  kind: 'submitted' | 'unanswered' | 'nothing' | 'again';
  month: string;
  unit: string;
  count: number;
  left: { no: number }[];
  late: boolean;
  at: Date;
  earlier: Date | null;
};

const SUBMITS =
  /^\s*(?:我(?:科|们)?)?(?:现)?提交(?:本月|[一二三四五六七八九十\d]{1,2}月份?)?的?(?:月度)?台账(?:上报|填报)?(?<rest>[，,；;\s]*(?:其余|其他|剩下的?|余下)(?:的|各项)?(?:都|均)?未报)?[。!！\s]*$/;

/**
 * 提交台账: the head hands the month in, item by item, made of what was told and said of each; what nobody told anything of is
 * named, and left as 未报 only where that is said (R45).
 */
export default defineHandler({
  name: 'month.submit',
  title: '提交月度台账',
  examples: ['提交台账'],
  input: z.object({ rest: z.boolean().optional() }),
  allow: headsUnit,

  over: 'message',
  meant(clause) {
    const span = cue(clause, SUBMITS);
    const { mood, reading, text } = clause;
    if (!span || reading.chat === 'group' || mood.asks || mood.supposes) return null;
    return act(span, 3, { ...(SUBMITS.exec(text)?.groups?.['rest'] && { rest: true }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Submitted> {
    const [unit] = unitsHeadedBy(actor, world);
    if (!unit) throw new Error(`${actor.id} heads no unit`);
    const today = dayOf(message.sentAt);
    const month = monthToReport(today);
    const items = await monthItemsOf(tx, unit.code, month);
    const open = items.filter((one) => !isAnswered(one));
    const before = (await monthReports(tx, month)).get(unit.code) ?? null;
    const common = {
      ...{ month, unit: unit.name, count: items.length, left: open.map(({ item }) => item) },
      ...{ late: isLate(month, today), at: message.sentAt, earlier: before?.at ?? null },
    };
    if (items.length === 0) return { kind: 'nothing', changed: false, ...common };
    // Once a month is over what was handed in for it stands; the new one opens on the 20th.
    if (before && month < monthOf(today)) return { kind: 'again', changed: false, ...common };
    if (open.length > 0 && !input.rest) return { kind: 'unanswered', changed: false, ...common };
    const { id } = await tx.monthReport.create({
      data: {
        ...{ month, departmentCode: unit.code, personId: actor.id, at: message.sentAt, late: common.late },
        ...{ text: items.map(lineOf).join('\n'), inboxKey: message.key },
      },
    });
    return { kind: 'submitted', changed: true, memo: { id }, ...common };
  },

  reply({ kind, month, unit, count, left, late, at, earlier }) {
    const name = `${unit}${monthInWords(month)}台账`;
    switch (kind) {
      case 'nothing':
        return `${unit}${monthInWords(month)}没有台账事项，不必提交。`;
      case 'again':
        return `${name}已于${dayInWords(dayOf(earlier ?? at))}提交，不必重复；本月从20日起填报。`;
      case 'unanswered':
        return `没有提交：${name}还有${left.length}项未填：${numbersInWords(left)}。请逐项填写（如“${left[0]?.no}号台账本月无变化”），或发“提交台账，其余未报”。`;
      case 'submitted':
        return `已提交：${name}${count}项${left.length > 0 ? `，其中未报${left.length}项：${numbersInWords(left)}` : ''}，${dayInWords(dayOf(at))}${timeOf(at)}，${late ? '逾期报送' : '按时报送'}。${earlier ? '代替先前的一份，原稿保留。' : ''}十分钟内可发“撤销”收回。`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.monthReport.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});

const lineOf = (one: Parameters<typeof handedInWords>[0]): string => handedInWords(one).replace(/：未填$/, '：未报');
