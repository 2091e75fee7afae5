import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { underwayOf } from '#bot/language/underway.ts';
import { anyone } from '#bot/permission.ts';

type Added = Outcome & ({ kind: 'added'; title: string; words: number } | { kind: 'none' });

// Shorter than this it may be an order to the bot, which then stands above the text.
const SURELY_TEXT = 40;
const MOST_CHARS = 60_000;

/** 续写: while a long text is being written what its writer says is part of it (R22). */
export default defineHandler({
  name: 'reflection.add',
  title: '续写心得体会',
  examples: [],
  input: z.object({}),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const { reading, text } = clause;
    if (reading.chat !== 'direct' || !underwayOf(clause, 'reflection') || text.trim().length < 2) return null;
    return act(clause, text.length >= SURELY_TEXT ? 5 : 1.5, {});
  },

  async execute({ actor, message, tx }): Promise<Added> {
    const draft = await tx.draft.findFirst({ where: { personId: actor.id, closedAt: null }, orderBy: { id: 'desc' } });
    const said = message.content.kind === 'text' ? message.content.text : '';
    if (!draft) return { kind: 'none', changed: false };
    const text = `${draft.text}${draft.text ? '\n' : ''}${said.trim()}`.slice(0, MOST_CHARS);
    await tx.draft.update({ where: { id: draft.id }, data: { text, startedAt: message.sentAt } });
    const words = text.replace(/\s/g, '').length;
    return { kind: 'added', changed: true, memo: { id: draft.id, before: draft.text }, title: draft.title, words };
  },

  reply: (outcome) =>
    outcome.kind === 'added'
      ? `已续写《${outcome.title}》，共${outcome.words}字。写完发“完成”，不写了发“放弃”。`
      : '没有正在写的心得体会。请先发“心得 ”加题目。',
  async undo(memo, { tx }) {
    const { id, before } = z.object({ id: z.number(), before: z.string() }).parse(memo);
    const { count } = await tx.draft.updateMany({ where: { id, closedAt: null }, data: { text: before } });
    return count === 1;
  },
});
