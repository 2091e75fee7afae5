import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { digestDay, monthInWords } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';
import { digestMeant } from '#bot/store/digest.ts';

const EDITS =
  /^\s*(?:请?把)?(?:[\d一二三四五六七八九十]{1,3}月份?的?|本月|上月)?(?:月报|简报)(?:的?(?:文字|内容|正文|全文))?改[为成](?:如下)?\s*[：:，,\n]?/;
const FEWEST_CHARACTERS = 10;

/** 修改月报: what the office writes goes out instead of the draft, word for word; the figures stay kept (R92, requirements 1.2). */
export default defineHandler({
  name: 'digest.edit',
  title: '修改月报',
  examples: ['月报改为：五月份全局工作平稳推进，逾期事项请抓紧。'],
  input: z.object({ month: month.optional(), text: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [EDITS],
  meant(clause) {
    const span = cue(clause, EDITS);
    if (!span) return null;
    const opening = clause.text.slice(0, span.end);
    const text = clause.said.slice(span.end).trim();
    if (text.length < FEWEST_CHARACTERS)
      return ask(span, 3, '请把改好的全文写在后面，如“月报改为：五月份全局工作……”。');
    const named = monthIn(opening, clause.reading.today);
    return act(clause, 3.1, { ...(named && { month: named }), text });
  },

  async execute({ input, actor, message, tx }) {
    const month = await digestMeant(tx, input.month, message.sentAt);
    const before = await tx.digest.findUnique({ where: { month } });
    const common = { month, length: input.text.length, held: Boolean(before?.heldAt) };
    if (before?.sentAt) return { kind: 'sent', changed: false, ...common };
    const edited = { editedText: input.text, editedBy: actor.id };
    await tx.digest.upsert({ where: { month }, create: { month, text: '', ...edited }, update: edited });
    const memo = { month, editedText: before?.editedText ?? null, editedBy: before?.editedBy ?? null };
    return { kind: 'edited', changed: true, memo, ...common };
  },

  reply({ kind, month, length, held }) {
    const name = `${monthInWords(month)}月报`;
    if (kind === 'sent') return `没有修改：${name}已经发出。`;
    const when = held ? '，现在暂缓中，回复“发出月报”放行' : `，${dayInWords(digestDay(month))}09:00按此发到各群`;
    return `已修改：${name}（${length}字）${when}。${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { month, ...edited } = z
      .object({ month: z.string(), editedText: z.string().nullable(), editedBy: z.string().nullable() })
      .parse(memo);
    const { count } = await tx.digest.updateMany({ where: { month, sentAt: null }, data: edited });
    return count > 0;
  },
});
