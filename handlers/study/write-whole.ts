import { z } from 'zod';
import { draftName, MOST_DRAFT_CHARS, wordsIn } from '#bot/domain/draft.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';
import { beginDraft, openDraft } from '#bot/store/draft.ts';

type Kept = Outcome & { kind: 'kept'; draft: { kind: string; title: string }; words: number };

/** 网页写心得: the whole text as it stands on the page takes the place of what was written before (R22). */
export default defineHandler({
  name: 'reflection.write',
  title: '网页写心得体会',
  examples: [],
  input: z.object({ title: z.string().min(2).max(30), text: z.string().min(1).max(MOST_DRAFT_CHARS) }),
  restricted: ['text'],
  allow: anyone,

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Kept> {
    const at = message.sentAt;
    const open = await openDraft(tx, actor.id);
    // An entry of a contest stays one, whatever it is called now.
    const draft = open ?? (await beginDraft(tx, { personId: actor.id, kind: 'reflection', title: input.title, at }));
    const { kind } = draft;
    const before = { title: draft.title, text: draft.text };
    const data = { title: input.title, text: input.text, startedAt: at };
    await tx.draft.update({ where: { id: draft.id }, data });
    const memo = { id: draft.id, before: open ? before : null };
    return { kind: 'kept', changed: true, memo, draft: { kind, title: input.title }, words: wordsIn(input.text) };
  },

  reply: ({ draft, words }) => `已保存${draftName(draft)}，共${words}字。写完发“完成”，不写了发“放弃”。`,
  async undo(memo, { message, tx }) {
    const { id, before } = z
      .object({ id: z.number(), before: z.object({ title: z.string(), text: z.string() }).nullable() })
      .parse(memo);
    const data = before ?? { closedAt: message.sentAt };
    return (await tx.draft.updateMany({ where: { id, closedAt: null }, data })).count === 1;
  },
});
