import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { addMonths, monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn, PERIOD } from '#bot/language/slots/period.ts';
import { anyone, has } from '#bot/permission.ts';
import { digestOf } from '#bot/store/digest.ts';

const DIGEST = /月报|简报|通报|月度(?:报告|通报|汇总|情况)|活动汇总|digest/i;
const NOT_ONE =
  /[没未][^，。]{0,4}[报交]|[报交](?:齐|上来|了吗)|谁|哪[些个几]|催|写|[:：].{10,}|暂缓|总结|琢磨|要不要|打算|牵头|出个|点名通报|通报批评|被通报/;
const KNOWN = new RegExp(
  `${DIGEST.source}|${PERIOD.source}|20\\d\\d[-./年]\\d{1,2}月?|最近|最新|一?[期份]|全局|情况|活动|工作|出来|好|一份|有没有`,
);

/** 查看月报: the month's digest as it went out, or its figures so far (R92). */
export default defineHandler({
  name: 'query.digest',
  title: '查看月报',
  examples: ['看四月份月报'],
  offers: ({ actor, now }) =>
    has(actor, 'chief', 'leader', 'office') ? [`看${monthInWords(addMonths(monthOf(dayOf(now)), -1))}月报`] : [],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  cues: [DIGEST],
  meant(clause) {
    const { text, reading } = clause;
    const span = cue(clause, DIGEST);
    if (!span || NOT_ONE.test(text)) return null;
    const month = monthIn(text, reading.today);
    // 「通报」 alone is a word of every meeting.
    if (/通报/.test(text) && !/月报|简报|月度/.test(text) && !month) return null;
    const bare = unexplained(clause, KNOWN) === 0;
    if (!bare && !wants(text) && !/出来|出了|在哪/.test(text)) return null;
    const current = reading.today.slice(0, 7);
    // Before the 28th the newest digest there is is last month's.
    const newest = Number(reading.today.slice(8)) >= 28 ? current : addMonths(current, -1);
    return act(span, 2.2, { month: month ?? newest });
  },

  async execute({ input, message, world, tx }) {
    const { month } = input;
    if (month > monthOf(dayOf(message.sentAt))) return { kind: 'not-yet', changed: false, month, text: '' };
    const sent = await tx.digest.findFirst({ where: { month, sentAt: { not: null } } });
    const text = sent?.text ?? (await digestOf(tx, world, month, message.sentAt)).text;
    return { kind: sent ? 'sent' : 'draft', changed: false, month, text };
  },

  reply({ kind, month, text }) {
    if (kind === 'not-yet') return `${monthInWords(month)}还没有到，没有月报。`;
    return kind === 'sent' ? text : `${text}\n（尚未发布，以上为目前数字）`;
  },
});
