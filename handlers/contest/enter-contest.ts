import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { openContest } from '#bot/store/contest.ts';

type Entered = Outcome &
  ({ kind: 'entered'; contest: string; title: string; words: number } | { kind: 'none' | 'over' | 'twice' });

const ENTERS =
  /^\s*(?:我)?(?:参评|参赛|投稿|应征)(?:作品)?[:：\s，,《]*(?<title>[^：:\n》]{2,30})[》]?\s*[：:\n]\s*(?<text>[\s\S]{8,})$/;
const BARE = /^\s*(?:我要)?(?:参评|投稿)(?:作品)?[:：\s]*(?<title>[^：:\n，。]{0,30})\s*$/;

/** 参评: an entry of one's own for the round that is open (R24). */
export default defineHandler({
  name: 'contest.enter',
  title: '参评',
  examples: ['参评 从小事做起：学习八项规定，重在从小事做起，把调研做实。'],
  input: z.object({ title: z.string(), text: z.string() }),
  restricted: ['text', 'title'],
  allow: anyone,

  over: 'message',
  meant(clause) {
    if (clause.reading.chat !== 'direct') return null;
    const found = ENTERS.exec(clause.said)?.groups;
    if (found) return act(clause, 3.4, { title: (found['title'] ?? '').trim(), text: (found['text'] ?? '').trim() });
    return BARE.test(clause.text) && !clause.mood.asks
      ? ask(clause, 2.6, '请写成“参评 题目：正文”，一条消息发完。')
      : null;
  },

  async execute({ input, actor, message, tx }): Promise<Entered> {
    const contest = await openContest(tx);
    if (!contest) return { kind: 'none', changed: false };
    if (dayOf(message.sentAt) > contest.deadline) return { kind: 'over', changed: false };
    const before = await tx.contestEntry.count({
      where: { contestId: contest.id, personId: actor.id, undoneAt: null },
    });
    if (before > 0) return { kind: 'twice', changed: false };
    const { id } = await tx.contestEntry.create({
      data: { contestId: contest.id, personId: actor.id, ...input, at: message.sentAt },
    });
    const words = input.text.replace(/\s/g, '').length;
    return { kind: 'entered', changed: true, memo: { id }, contest: contest.title, title: input.title, words };
  },

  reply(outcome) {
    if (outcome.kind === 'entered')
      return `已参评《${outcome.contest}》：《${outcome.title}》（${outcome.words}字），评委看不到您的姓名。十分钟内可发“撤销”收回。`;
    if (outcome.kind === 'none') return '没有参评：现在没有进行中的评比。';
    if (outcome.kind === 'over') return '没有参评：评比征集已截止。';
    return '没有参评：您已有一篇作品，每人一篇。';
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    if ((await tx.contestScore.count({ where: { entryId: id } })) > 0) return false;
    const where = { id, undoneAt: null };
    return (await tx.contestEntry.updateMany({ where, data: { undoneAt: message.sentAt } })).count === 1;
  },
});
