import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { enterContest, WHY_NOT_ENTERED, withdrawEntry } from '#bot/store/contest.ts';

type Entered = Outcome &
  ({ kind: 'entered'; contest: string; title: string; words: number } | { kind: 'not-entered'; why: string });

const ENTERS =
  /^\s*(?:我)?(?:参评|参赛|投稿|应征)(?:作品)?[:：\s，,《]*(?<title>[^：:\n》]{2,30})[》]?\s*[：:\n]\s*(?<text>[\s\S]{8,})$/;
const BARE = /^\s*(?:我要)?(?:参评|投稿)(?:作品)?[:：\s]*$/;

/** 参评: an entry of one's own for the round that is open (R24). */
export default defineHandler({
  name: 'contest.enter',
  title: '参评',
  examples: ['参评 从小事做起：学习八项规定，重在从小事做起，把调研做实。'],
  input: z.object({ title: z.string(), text: z.string() }),
  restricted: ['text', 'title'],
  allow: anyone,

  over: 'message',
  cues: [ENTERS, BARE],
  meant(clause) {
    if (clause.reading.chat !== 'direct') return null;
    const found = ENTERS.exec(clause.said)?.groups;
    if (found) return act(clause, 3.4, { title: (found['title'] ?? '').trim(), text: (found['text'] ?? '').trim() });
    return BARE.test(clause.text) && !clause.mood.asks
      ? ask(clause, 2.6, '请写成“参评 题目：正文”；正文长的先发“参评 题目”，再分几条发正文。')
      : null;
  },

  async execute({ input, actor, message, tx }): Promise<Entered> {
    const entry = await enterContest(tx, actor.id, { ...input, at: message.sentAt });
    if (entry.kind !== 'entered') return { kind: 'not-entered', changed: false, why: WHY_NOT_ENTERED[entry.kind] };
    return { ...entry, changed: true, memo: { id: entry.id }, title: input.title };
  },

  reply(outcome) {
    if (outcome.kind === 'entered')
      return `已参评《${outcome.contest}》：《${outcome.title}》（${outcome.words}字），评委看不到您的姓名。${TAKE_BACK}`;
    return `没有参评：${outcome.why}`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    return withdrawEntry(tx, id, message.sentAt);
  },
});
