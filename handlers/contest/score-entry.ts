import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { entriesOf, judgesOf, openContest, toJudge } from '#bot/store/contest.ts';

type Scored = Outcome &
  (
    | { kind: 'scored'; no: number; score: number; before: number | null; left: number }
    | { kind: 'scale'; scale: number }
    | { kind: 'none' | 'not-judge' | 'own' | 'no-entry' }
  );

const SCORES =
  /^\s*(?:评分|打分|给)?[:：\s]*作品\s*(?<no>\d{1,3})(?:号)?[:：\s，,]*(?:打|评|给)?\s*(?<score>-?\d{1,4}(?:\.\d{1,2})?)\s*分?(?:$|[，,。；;\s]+(?<comment>[\s\S]*)$)/;

/** 评分: a judge scores an entry without knowing whose it is; the newest score counts until the round ends (R24). */
export default defineHandler({
  name: 'contest.score',
  title: '作品评分',
  examples: ['评分 作品1 85分 联系实际'],
  input: z.object({ no: z.number(), score: z.number(), comment: z.string() }),
  restricted: ['score', 'comment'],
  allow: anyone,

  over: 'message',
  cues: [SCORES],
  meant(clause) {
    const found = SCORES.exec(clause.text)?.groups;
    if (!found || clause.reading.chat !== 'direct' || clause.mood.asks) return null;
    const comment = (found['comment'] ?? '').trim();
    return act(clause, 3.4, { no: Number(found['no']), score: Number(found['score']), comment });
  },

  async execute({ input, actor, message, tx }): Promise<Scored> {
    const contest = await openContest(tx);
    if (!contest) return { kind: 'none', changed: false };
    if (!judgesOf(contest).includes(actor.id)) return { kind: 'not-judge', changed: false };
    const entries = await entriesOf(tx, contest);
    const entry = entries.find(({ no }) => no === input.no);
    if (!entry) return { kind: 'no-entry', changed: false };
    if (entry.personId === actor.id) return { kind: 'own', changed: false };
    if (input.score < 0 || input.score > contest.scale) return { kind: 'scale', changed: false, scale: contest.scale };
    const key = { entryId: entry.id, judgeId: actor.id };
    const before = await tx.contestScore.findUnique({ where: { entryId_judgeId: key } });
    const data = { score: input.score, comment: input.comment, at: message.sentAt };
    const where = { entryId_judgeId: key };
    const { id } = await tx.contestScore.upsert({ where, create: { ...key, ...data }, update: data });
    const { left } = await toJudge(tx, contest, actor.id);
    const memo = { id, before: before && { score: before.score, comment: before.comment } };
    return {
      kind: 'scored',
      changed: true,
      memo,
      no: input.no,
      score: input.score,
      before: before?.score ?? null,
      left: left.length,
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'scored':
        return `已评分：作品${outcome.no} ${outcome.score}分${outcome.before === null ? '' : `（原${outcome.before}分）`}，还有${outcome.left}篇待评。${TAKE_BACK}`;
      case 'scale':
        return `没有评分：应在0到${outcome.scale}分之间，请重发，如“评分 作品1 ${Math.round(outcome.scale * 0.85)}分”。`;
      case 'own':
        return '没有评分：不能给自己的作品评分。';
      case 'no-entry':
        return '没有评分：没有这个编号的作品。请发“待评作品”查看编号。';
      case 'not-judge':
        return '没有评分：您不是这次评比的评委，评委由活动办指定。';
      case 'none':
        return '没有评分：现在没有进行中的评比。';
    }
  },
  async undo(memo, { tx }) {
    const { id, before } = z
      .object({ id: z.number(), before: z.object({ score: z.number(), comment: z.string() }).nullable() })
      .parse(memo);
    if (before) await tx.contestScore.update({ where: { id }, data: before });
    else await tx.contestScore.delete({ where: { id } });
    return true;
  },
});
