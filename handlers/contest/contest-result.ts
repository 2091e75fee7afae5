import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { entriesOf, judgesOf, resultLines } from '#bot/store/contest.ts';

type Shown = Outcome & { title: string } & (
    | { kind: 'none' }
    | { kind: 'running'; entries: number; judges: number; deadline: string }
    | { kind: 'shown'; lines: string[] }
  );

const RESULT =
  /^\s*(?:查|查看|看看?)?(?:一下)?(?:心得|征文)?(?:体会)?评比(?:的)?(?:结果|情况|进度|成绩)[?？。！!]?\s*$|^\s*征文(?:结果|评选结果|情况)[?？。！!]?\s*$/;

/** 评比结果: means, number of judges and ties; names only once the round has ended (R24). */
export default defineHandler({
  name: 'contest.result',
  title: '评比结果',
  examples: ['评比结果'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [RESULT],
  meant: (clause) => (cue(clause, RESULT) ? act(clause, 3, {}) : null),

  async execute({ world, tx }): Promise<Shown> {
    const contest = await tx.contest.findFirst({ orderBy: { id: 'desc' } });
    if (!contest) return { kind: 'none', changed: false, title: '' };
    const { title, deadline } = contest;
    const entries = await entriesOf(tx, contest);
    if (!contest.closedAt)
      return {
        kind: 'running',
        changed: false,
        title,
        deadline,
        entries: entries.length,
        judges: judgesOf(contest).length,
      };
    const lines = await resultLines(tx, contest, world);
    return { kind: 'shown', changed: false, title, lines };
  },

  reply(outcome) {
    if (outcome.kind === 'none') return '还没有发起过评比。';
    if (outcome.kind === 'running')
      return `评比《${outcome.title}》进行中：作品${outcome.entries}篇，评委${outcome.judges}名，${dayInWords(outcome.deadline)}截止，结束后公布。`;
    return [`评比《${outcome.title}》结果：`, ...outcome.lines.map((one) => `${one}。`)].join('\n');
  },
  inGroup: (outcome) =>
    outcome.kind === 'none' ? '还没有发起过评比。' : `评比《${outcome.title}》的情况已私信答复您。`,
});
