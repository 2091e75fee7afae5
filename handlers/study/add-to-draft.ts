import { z } from 'zod';
import { type Draft, draftName, MOST_DRAFT_CHARS, wordsIn } from '#bot/domain/draft.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { draftOf } from '#bot/language/underway.ts';
import { isPicture, materialsInWords } from '#bot/materials/kind.ts';
import { anyone } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import { openDraft } from '#bot/store/draft.ts';

type Added = Outcome &
  (
    | { kind: 'added'; draft: Draft; words: number; read: string; kept: string; refused: string }
    | { kind: 'full'; draft: Draft; words: number }
    | { kind: 'none' }
  );

// Shorter than this it may be an order to the bot, which then stands above the text.
const SURELY_TEXT = 40;

/** 续写: while a long text is being written what its writer says or sends is part of it (R22, R24). */
export default defineHandler({
  name: 'reflection.add',
  title: '续写心得体会',
  examples: [],
  input: z.object({ files: z.array(z.number()).optional() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const { reading, text } = clause;
    if (reading.chat !== 'direct' || !draftOf(clause) || text.trim().length < 2) return null;
    return act(clause, text.length >= SURELY_TEXT ? 5 : 1.5, {});
  },

  /** A Word or text file is read, anything else kept as it is. */
  async receives(materials, { actor, tx }) {
    const draft = await openDraft(tx, actor.id);
    const own = materials.filter(({ draftId }) => draftId !== null && draftId === draft?.id);
    return own.length > 0 ? { input: { files: own.map(({ id }) => id) } } : null;
  },

  async execute({ input, actor, message, tx }): Promise<Added> {
    const draft = await openDraft(tx, actor.id);
    if (!draft) return { kind: 'none', changed: false };
    const files = await filesSent(tx, input.files ?? [], draft);
    const said = input.files || message.content.kind !== 'text' ? '' : message.content.text.trim();
    const parts = [draft.text, said, ...files.read.map(({ text }) => text)];
    const text = parts.filter((part) => part !== '').join('\n');
    const words = wordsIn(text);
    if (text.length > MOST_DRAFT_CHARS) return { kind: 'full', changed: false, draft, words: wordsIn(draft.text) };
    await tx.draft.update({ where: { id: draft.id }, data: { text, startedAt: message.sentAt } });
    if (files.refused.length > 0)
      await tx.material.updateMany({ where: { id: { in: idsOf(files.refused) } }, data: { draftId: null } });
    return {
      ...{ kind: 'added', changed: true, draft, words },
      memo: { id: draft.id, before: draft.text, files: [...idsOf(files.read), ...idsOf(files.kept)] },
      ...{ read: materialsInWords(files.read), kept: materialsInWords(files.kept) },
      refused: materialsInWords(files.refused),
    };
  },

  reply(outcome) {
    if (outcome.kind === 'none') return '没有正在写的心得体会。请先发“心得 ”加题目。';
    const { draft, words } = outcome;
    const next = '写完发“完成”，不写了发“放弃”。';
    if (outcome.kind === 'full')
      return `没有收下这一段：${draftName(draft)}最多${MOST_DRAFT_CHARS}字，前面的${words}字都在。请删减后再发，${next}`;
    const { read, kept, refused } = outcome;
    if (refused) return `没有收下${refused}：评委不看姓名，参评只收文字、Word、文本文件和照片，请换成其中一种。${next}`;
    const from = [...(read ? [`读入${read}`] : []), ...(kept ? [`原样保存${kept}`] : [])];
    return `已续写${draftName(draft)}${from.length > 0 ? `，${from.join('，')}` : ''}，共${words}字。${next}`;
  },
  async undo(memo, { tx }) {
    const { id, before, files } = z
      .object({ id: z.number(), before: z.string(), files: z.array(z.number()).default([]) })
      .parse(memo);
    const { count } = await tx.draft.updateMany({ where: { id, closedAt: null }, data: { text: before } });
    if (count === 1) await tx.material.updateMany({ where: { id: { in: files } }, data: { draftId: null } });
    return count === 1;
  },
});

const idsOf = (files: { id: number }[]): number[] => files.map(({ id }) => id);

/** What was sent, by what becomes of it. A judge is shown nothing that may say in itself whose it is. */
async function filesSent(tx: Tx, ids: number[], { id, kind }: { id: number; kind: string }) {
  const rows = await tx.material.findMany({ where: { id: { in: ids }, draftId: id }, orderBy: { id: 'asc' } });
  const read = rows.filter(({ text }) => text !== '');
  const others = rows.filter(({ text }) => text === '');
  const isKept = (type: string) => kind !== 'entry' || isPicture(type);
  return {
    read,
    kept: others.filter(({ type }) => isKept(type)),
    refused: others.filter(({ type }) => !isKept(type)),
  };
}
