import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { digestDay, lastReleaseDay, monthInWords } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';
import { digestMeant } from '#bot/store/digest.ts';

const RELEASES =
  /(?:发出|放行|恢复发|照发|照常发)[^，。]{0,6}(?:月报|简报)|(?:月报|简报)[^，。]{0,4}(?:可以|照常|恢复|继续)?(?:发出|放行|照发|照常发|可以发|发到群里)(?:吧|去)?[。!！]?$/;

/** 发出月报: the office lets go of the digest it held; it goes out at the next 09:00 of a workday (R92, requirements 1.2). */
export default defineHandler({
  name: 'digest.release',
  title: '发出月报',
  examples: ['发出月报'],
  input: z.object({ month: month.optional() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office', 'chief') },

  over: 'sentence',
  cues: [RELEASES],
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, RELEASES);
    if (!span || clause.toAll || mood.asks || mood.denies || mood.supposes || mood.hears || mood.plans) return null;
    if (/没|未|不|别|了[。]?$|谁|什么|[?？]|改[为成]/.test(text)) return null;
    const named = monthIn(text, reading.today);
    return act(span, 2.6, named ? { month: named } : {});
  },

  async execute({ input, message, tx }) {
    const month = await digestMeant(tx, input.month, message.sentAt);
    const today = dayOf(message.sentAt);
    const before = await tx.digest.findUnique({ where: { month } });
    const on = today < digestDay(month) ? digestDay(month) : addWorkdays(today, 1);
    if (before?.sentAt) return { kind: 'sent', changed: false, month, on };
    if (!before?.heldAt) return { kind: 'not-held', changed: false, month, on };
    if (on > lastReleaseDay(month)) return { kind: 'too-late', changed: false, month, on };
    await tx.digest.update({ where: { month }, data: { heldAt: null, heldBy: null } });
    return {
      kind: 'released',
      changed: true,
      month,
      on,
      memo: { month, heldAt: before.heldAt, heldBy: before.heldBy },
    };
  },

  reply({ kind, month, on }) {
    const name = `${monthInWords(month)}月报`;
    if (kind === 'sent') return `${name}已经发出，不必再发。`;
    if (kind === 'not-held') return `${name}没有暂缓，${dayInWords(on)}09:00自动发到各群。`;
    if (kind === 'too-late') return `没有放行：${name}已过发出时限（${dayInWords(lastReleaseDay(month))}），不再补发。`;
    return `已放行：${name}将于${dayInWords(on)}09:00发到各群。${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { month, ...held } = z
      .object({ month: z.string(), heldAt: z.coerce.date(), heldBy: z.string().nullable() })
      .parse(memo);
    const { count } = await tx.digest.updateMany({ where: { month, heldAt: null, sentAt: null }, data: held });
    return count > 0;
  },
});
