import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { addMonths } from '#bot/language/slots/day.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { anyone, has } from '#bot/permission.ts';
import { digestOf } from '#bot/store/digest.ts';

const DIGEST = /月报|简报|月度(?:报告|通报|汇总|情况)|活动(?:通报|汇总)|digest/i;
const LOOKS =
  /看|查|调|发(?:我|给|一份|一下|来)|给我|要(?:一份)?|翻|打开|瞧|传|推|拿|有吗|出来|出了|在哪|什么|[?？]|[吗么]/;

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
  meant(clause) {
    const { text, reading } = clause;
    const span = cue(clause, DIGEST);
    if (
      !span ||
      /[没未][^，。]{0,4}[报交]|[报交](?:齐|上来|了吗)|谁|哪[些个几]|催|写|[:：].{10,}|暂缓|总结|琢磨|要不要|打算|牵头|出个/.test(
        text,
      )
    )
      return null;
    const bare = text.replace(/[\p{P}\s]/gu, '').length <= 10;
    if (!LOOKS.test(text) && !bare) return null;
    const current = reading.today.slice(0, 7);
    // Before the 28th the newest digest there is is last month's.
    const newest = Number(reading.today.slice(8)) >= 28 ? current : addMonths(current, -1);
    return act(span, 2.2, { month: monthIn(text, reading.today) ?? newest });
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
