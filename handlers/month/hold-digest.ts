import { z } from 'zod';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';
import { digestMeant } from '#bot/store/digest.ts';

const OUTRIGHT = /(?:暂缓|缓发|暂停|扣下|压下)[^，。]{0,6}(?:月报|简报)|(?:月报|简报)[^，。]{0,4}(?:暂缓|缓发|缓一?缓)/;
const SOFT =
  /(?:月报|简报)[^，。]{0,6}(?:先别|先不要?|别|不要|暂不)(?:往[^，。]{0,4})?发|先别发[^，。]{0,6}(?:月报|简报)/;

/** 暂缓月报: the office keeps the month's digest back; it stays until it is let go (R92, requirements 1.2). */
export default defineHandler({
  name: 'digest.hold',
  title: '暂缓月报',
  examples: ['暂缓月报'],
  input: z.object({ month: month.optional() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office', 'chief') },

  over: 'sentence',
  cues: [OUTRIGHT, SOFT],
  meant(clause) {
    const { text, mood, reading } = clause;
    const outright = cue(clause, OUTRIGHT);
    const span = outright ?? (reading.chat === 'direct' ? cue(clause, SOFT) : null);
    if (!span || clause.toAll || mood.asks || mood.supposes || mood.hears || mood.plans) return null;
    if (/要不要|是否|谁|为什么|[?？]|别暂缓|不用暂缓|不必暂缓|不暂缓|改[为成]/.test(text)) return null;
    const named = monthIn(text, reading.today);
    return act(span, 2.6, named ? { month: named } : {});
  },

  async execute({ input, actor, message, tx }) {
    const month = await digestMeant(tx, input.month, message.sentAt);
    const before = await tx.digest.findUnique({ where: { month } });
    if (before?.sentAt) return { kind: 'sent', changed: false, month };
    if (before?.heldAt) return { kind: 'already', changed: false, month };
    const held = { heldAt: message.sentAt, heldBy: actor.id };
    await tx.digest.upsert({ where: { month }, create: { month, text: '', ...held }, update: held });
    return { kind: 'held', changed: true, month, memo: { month } };
  },

  reply({ kind, month }) {
    const name = `${monthInWords(month)}月报`;
    if (kind === 'sent') return `没有暂缓：${name}已经发出。`;
    if (kind === 'already') return `${name}已在暂缓中。回复“发出月报”可放行。`;
    return `已暂缓：${name}不发到群里，直到回复“发出月报”。${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { month } = z.object({ month: z.string() }).parse(memo);
    const held = { heldAt: null, heldBy: null };
    const { count } = await tx.digest.updateMany({ where: { month, heldAt: { not: null }, sentAt: null }, data: held });
    return count > 0;
  },
});
