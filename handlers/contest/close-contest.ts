import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { entriesOf, judgesOf, openContest, resultLines, scoresOf } from '#bot/store/contest.ts';

type Closed = Outcome & ({ kind: 'none' } | { kind: 'closed'; title: string; lines: string[]; missing: number });

const CLOSES = /^\s*(?:请)?(?:结束|截止|关闭|收官)(?:本次|这次)?(?:心得|征文)?(?:体会)?(?:评比|征文|评选)[。！!]?\s*$/;

/** 结束评比: the office ends the round and has the result as a draft, ties and missing scores named (R24). */
export default defineHandler({
  name: 'contest.close',
  title: '结束评比',
  examples: ['结束评比'],
  input: z.object({}),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [CLOSES],
  meant: (clause) => (cue(clause, CLOSES) && clause.reading.chat === 'direct' ? act(clause, 3.4, {}) : null),

  async execute({ message, world, tx }): Promise<Closed> {
    const contest = await openContest(tx);
    if (!contest) return { kind: 'none', changed: false };
    await tx.contest.update({ where: { id: contest.id }, data: { closedAt: message.sentAt } });
    const entries = await entriesOf(tx, contest);
    const scores = await scoresOf(tx, entries);
    const judges = judgesOf(contest);
    const due = entries.reduce((sum, { personId }) => sum + judges.filter((judge) => judge !== personId).length, 0);
    return {
      ...{ kind: 'closed', changed: true, memo: { id: contest.id }, title: contest.title },
      lines: await resultLines(tx, contest, world),
      missing: due - scores.length,
    };
  },

  reply(outcome) {
    if (outcome.kind === 'none') return '没有结束：现在没有进行中的评比。';
    const { title, lines, missing } = outcome;
    const gap = missing > 0 ? [`缺${missing}个评分，均值按已评计算。`] : [];
    return [
      `已结束评比《${title}》，结果（拟稿）：`,
      ...lines.map((one) => `${one}。`),
      ...gap,
      '十分钟内可发“撤销”继续评。',
    ].join('\n');
  },
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    if (await openContest(tx)) return false;
    return (await tx.contest.updateMany({ where: { id }, data: { closedAt: null } })).count === 1;
  },
});
