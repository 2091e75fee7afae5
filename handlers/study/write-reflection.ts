import { z } from 'zod';
import { wordsIn } from '#bot/domain/draft.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { titleBegun } from '#bot/language/study.ts';
import { anyone } from '#bot/permission.ts';
import { beginDraft } from '#bot/store/draft.ts';

type Begun = Outcome & { kind: 'begun'; title: string; words: number; page: string };

const NOT = /谁|没交|没写|交了吗|哪些|请|催|怎么|要交|评比|截止|情况|多少|名单|[?？]/;

/** 心得 题目: begins a long text that is written over several messages until 完成 (R22). */
export default defineHandler({
  name: 'reflection.begin',
  title: '写心得体会',
  examples: ['心得 管钱的人更要守规矩'],
  input: z.object({ title: z.string() }),
  allow: anyone,

  over: 'message',
  cues: [/心得|学习体会/],
  meant(clause) {
    const title = titleBegun(clause.text);
    if (!title || NOT.test(clause.text) || clause.reading.chat !== 'direct') return null;
    return act(clause, 3, { title });
  },

  async execute({ input, actor, message, publicUrl, tx }): Promise<Begun> {
    const at = message.sentAt;
    // WeCom signs in by https only.
    const page = publicUrl?.startsWith('https:') ? `${publicUrl}/pages/reflection` : '';
    const { id, text } = await beginDraft(tx, { personId: actor.id, kind: 'reflection', title: input.title, at });
    return {
      kind: 'begun',
      changed: true,
      memo: { id, words: text.length },
      title: input.title,
      words: wordsIn(text),
      page,
    };
  },

  reply: ({ title, words, page }) =>
    `${words > 0 ? `接着写心得体会《${title}》，已有${words}字` : `已开始写心得体会《${title}》`}。请分几条发来正文，也可以发Word、文本文件或手写稿照片${page && `，或打开网页写：${page} `}；写完发“完成”，不写了发“放弃”。`,
  async undo(memo, { message, tx }) {
    const { id, words } = z.object({ id: z.number(), words: z.number().default(0) }).parse(memo);
    // What was written before stays: only going on with it is taken back.
    if (words > 0) return true;
    const { count } = await tx.draft.updateMany({ where: { id, closedAt: null }, data: { closedAt: message.sentAt } });
    return count === 1;
  },
});
