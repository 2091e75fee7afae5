import { z } from 'zod';
import { wordsIn } from '#bot/domain/draft.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { WHY_NOT_ENTERED, whyNoEntry } from '#bot/store/contest.ts';
import { beginDraft } from '#bot/store/draft.ts';

type Begun = Outcome & ({ kind: 'begun'; title: string; words: number } | { kind: 'not-now'; why: string });

const BEGINS =
  /^\s*(?:我要|我来|开始)?(?:参评|参赛|投稿|应征)(?:作品|文章|征文)?(?:题目)?(?:[:：\s]+(?:题目[:：\s]*)?|(?=《))[《“"]?(?<title>[^：:，。；！？、,;!?\n《》“”"]{2,30})[》”"]?\s*$/;
const NOT = /谁|怎么|如何|截止|多少|哪|情况|名单|什么|何时|几|请|要求|通知|情况|结果|人数|作品\d|[?？吗呢]/;

/** 参评 题目: begins an entry that is written over several messages or sent as a file, until 完成 (R24). */
export default defineHandler({
  name: 'contest.begin',
  title: '写参评作品',
  examples: ['参评 从小事做起'],
  input: z.object({ title: z.string() }),
  restricted: ['title'],
  allow: anyone,

  over: 'message',
  cues: [BEGINS],
  meant(clause) {
    const title = BEGINS.exec(clause.text)?.groups?.['title']?.trim();
    if (!title || NOT.test(clause.text) || clause.reading.chat !== 'direct' || clause.mood.denies) return null;
    return act(clause, 3.2, { title });
  },

  async execute({ input, actor, message, tx }): Promise<Begun> {
    const at = message.sentAt;
    const why = await whyNoEntry(tx, actor.id, at);
    if (why) return { kind: 'not-now', changed: false, why: WHY_NOT_ENTERED[why] };
    const { id, text } = await beginDraft(tx, { personId: actor.id, kind: 'entry', title: input.title, at });
    return { kind: 'begun', changed: true, memo: { id, words: text.length }, title: input.title, words: wordsIn(text) };
  },

  reply: (outcome) =>
    outcome.kind === 'begun'
      ? `${outcome.words > 0 ? `接着写参评作品《${outcome.title}》，已有${outcome.words}字` : `已开始写参评作品《${outcome.title}》`}，评委看不到您的姓名。请分几条发来正文，也可以发Word、文本文件或手写稿照片；写完发“完成”，不写了发“放弃”。`
      : `没有参评：${outcome.why}`,
  async undo(memo, { message, tx }) {
    const { id, words } = z.object({ id: z.number(), words: z.number().default(0) }).parse(memo);
    if (words > 0) return true;
    const { count } = await tx.draft.updateMany({ where: { id, closedAt: null }, data: { closedAt: message.sentAt } });
    return count === 1;
  },
});
