import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { isFillable, monthSpokenOf, numbersInWords } from '#bot/domain/month-hand-in.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution } from '#bot/handler.ts';
import { everywhere } from '#bot/language/asking.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { monthAhead } from '#bot/language/slots/period.ts';
import { isAnswered, monthItemsOf, saidIn } from '#bot/store/month-lines.ts';

const line = z.object({
  item: z.string(),
  /** named ahead of the item; else the one words count for on that day */
  month: month.optional(),
  done: z.string().max(500).optional(),
  problems: z.string().max(500).optional(),
  plans: z.string().max(500).optional(),
});

const NOTHING_NEW = '(?:暂)?(?:无|没有?)(?:什么)?(?:新)?(?:变化|进展)[。.!！\\s]*$';
const UNCHANGED = new RegExp(`(?:本月|这个月)${NOTHING_NEW}`);
// Of a month that is named ahead.
const UNCHANGED_THEN = new RegExp(`(?:本月|当月|这个月)?${NOTHING_NEW}`);
const HEADING = /(存在问题|存在的问题|问题|困难|下一步打算|下一步|下步打算|下月打算)\s*[：:]\s*/;
const EDGES = /^[\s，,。；;、]+|[\s，,。；;、]+$/g;

/** 逐项填报: what stands in the way of an item and what comes next, or that nothing changed in the month (R45). */
export default defineHandler({
  name: 'month.line',
  title: '台账逐项填报',
  examples: ['J-1本月无变化', 'J-1存在问题：人手不足；下一步打算：抓紧申报'],
  input: line,
  allow: {
    doneBy: '承办科室（单位）人员',
    async permits({ input, actor, tx }: Execution<z.infer<typeof line>>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      return item.departmentCode === actor.department;
    },
  },

  over: 'message',
  cues: [UNCHANGED, UNCHANGED_THEN, HEADING],
  meant(clause) {
    const { text, said, mood, reading } = clause;
    if (reading.chat === 'group' || /[?？]/.test(text) || mood.asks || mood.supposes || mood.hears) return null;
    const named = clause.items.filter(({ how, items }) => how !== 'gist' && items.length === 1);
    const codes = [...new Set(named.flatMap(({ items }) => items.map(({ code }) => code)))];
    const [code] = codes;
    if (!code) return null;
    const ahead = monthAhead(text, reading.today);
    const unchanged = ahead ? UNCHANGED_THEN : UNCHANGED;
    const headings = [...said.matchAll(everywhere(HEADING))];
    if (!unchanged.test(text) && headings.length === 0) return null;
    if (ahead && !isFillable(ahead.month, reading.today))
      return ask(clause, 2.9, '只能填报本月和上月的台账。您填的是哪个月？请写成“4月份8号台账无变化”。');
    // A month in front alone would head a summary of the whole.
    const weight = ahead ? 3.5 : 2.9;
    const of = { ...(ahead && { month: ahead.month }) };
    if (unchanged.test(text)) {
      const beside = text
        .slice(ahead?.length ?? 0)
        .replace(unchanged, '')
        .replace(/[A-Za-z\d\-号台账、，,和及#第项\s]/g, '');
      return beside.length > 2
        ? null
        : act(clause, weight, ...codes.map((item) => ({ item, ...of, done: '本月无变化' })));
    }
    const [first] = headings;
    const mention = named[0];
    // The item, and then at once what is told of it: figures beside are a report of progress.
    if (!first || !mention || codes.length > 1) return null;
    const between = said.slice(Math.max(0, mention.end - clause.start), first.index).replace(/[台账的\s，,：:]/g, '');
    if (mention.start - clause.start - (ahead?.length ?? 0) > 4 || between !== '') return null;
    const told: { problems?: string; plans?: string } = {};
    for (const [index, heading] of headings.entries()) {
      const words = said.slice(heading.index + heading[0].length, headings[index + 1]?.index).replace(EDGES, '');
      const key = /问题|困难/.test(heading[1] ?? '') ? 'problems' : 'plans';
      if (words) told[key] = words.slice(0, 500);
    }
    return Object.keys(told).length > 0 ? act(clause, weight, { item: code, ...of, ...told }) : null;
  },

  async execute({ input, actor, message, tx }) {
    const month = input.month ?? monthSpokenOf(dayOf(message.sentAt));
    const before = (await saidIn(tx, month)).get(input.item) ?? { done: '', problems: '', plans: '' };
    const { item: itemCode, done = before.done, problems = before.problems, plans = before.plans } = input;
    const words = { done, problems, plans };
    const { id } = await tx.monthLine.create({
      data: { month, itemCode, personId: actor.id, at: message.sentAt, ...words, inboxKey: message.key },
    });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: itemCode } });
    const open = (await monthItemsOf(tx, item.departmentCode, month)).filter((one) => !isAnswered(one));
    return { kind: 'told', changed: true, memo: { id }, month, item, words, left: open.map((one) => one.item) };
  },

  reply({ month, item, words, left }) {
    const told = [
      words.done,
      words.problems && `存在问题：${words.problems}`,
      words.plans && `下一步打算：${words.plans}`,
    ].filter(Boolean);
    const rest =
      left.length === 0 ? '各项已有内容，可发“提交台账”。' : `还有${left.length}项未填：${numbersInWords(left)}。`;
    return `已记录${monthInWords(month)}${itemName(item)}：${told.join('；')}。${rest}${TAKE_BACK}`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.monthLine.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
