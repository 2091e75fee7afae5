import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { blanked, judgesOf, openContest, toJudge } from '#bot/store/contest.ts';

type Shown = Outcome &
  (
    | { kind: 'shown'; title: string; scale: number; deadline: string; entries: string[]; done: number; all: number }
    | { kind: 'none' | 'not-judge' }
  );

const LIST =
  /^\s*(?:查|查看|看看?|列出?|我的?)?(?:一下)?(?:待评(?:作品|文章|征文|心得)|(?:还有)?(?:哪些|几篇)作品(?:没|未|要|待)评分?|参评作品)[?？。！!]?\s*$/;
// All together have to be read at a glance; one alone is sent whole.
const MOST_CHARS = 300;

/** 待评作品: what a judge has still to score, with its words and without any name (R24). */
export default defineHandler({
  name: 'contest.entries',
  title: '待评作品',
  examples: ['待评作品'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LIST],
  meant: (clause) => (cue(clause, LIST) && clause.reading.chat === 'direct' ? act(clause, 3, {}) : null),

  async execute({ actor, world, tx }): Promise<Shown> {
    const contest = await openContest(tx);
    if (!contest) return { kind: 'none', changed: false };
    if (!judgesOf(contest).includes(actor.id)) return { kind: 'not-judge', changed: false };
    const { left, all } = await toJudge(tx, contest, actor.id);
    return {
      ...{ kind: 'shown', changed: false, title: contest.title, scale: contest.scale, deadline: contest.deadline },
      entries: left.map(({ no, title, text, personId }) =>
        shown(no, blanked(title, personId, world), blanked(text, personId, world)),
      ),
      ...{ done: all - left.length, all },
    };
  },

  reply(outcome) {
    if (outcome.kind !== 'shown')
      return outcome.kind === 'none' ? '现在没有进行中的评比。' : '您不是这次评比的评委，作品在评比结束后公布。';
    const { title, entries, done, all, deadline, scale } = outcome;
    const head = `评比《${title}》：已评${done}/${all}篇，${dayInWords(deadline)}截止。`;
    return entries.length === 0 ? head : [head, ...entries, `请发“评分 作品1 85分 评语”，满分${scale}分。`].join('\n');
  },
});

const shown = (no: number, title: string, text: string): string =>
  `作品${no}《${title}》\n${text.length <= MOST_CHARS ? text || '（手写稿）' : `${text.slice(0, MOST_CHARS)}……`}${text.length <= MOST_CHARS && text ? '' : `（全文请发“看作品${no}”）`}`;
