import { z } from 'zod';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import { makeUpOf } from '#bot/store/make-up.ts';

type Shown = Outcome & { kind: 'shown'; own: string[]; lines: string[]; counts: string[] };

const BOARD = verbose`
  ^\s*(?:请|帮我|我)?(?:查|查看|看|看看|列|统计)?(?:一下)?(?:本周|上周|本月|我的?|还有)?(?:的)?(?:
      补学(?:情况|名单|看板|进度|统计|记录|了没|完成情况) | (?:谁|哪些人|哪几个|还有谁)[^，。]{0,4}(?:没|未|要|该)补学
      | (?:我)?(?:还)?(?:要|该|欠)补学(?:哪些|什么|几场|吗)
    )[?？。！!]?\s*$
`;
const MOST = 5;

/** 补学情况: 应补 n 已补 m of the last sessions; names for whom they concern, the convenor and the superiors (R17). */
export default defineHandler({
  name: 'query.makeup',
  title: '补学情况',
  examples: ['补学情况', '谁还没补学'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [BOARD],
  meant: (clause) => (cue(clause, BOARD) ? act(clause, 2.6, {}) : null),

  async execute({ actor, message, world, tx }): Promise<Shown> {
    const under = departmentsUnder(actor, world);
    const ended = await tx.session.findMany({
      where: { cancelledAt: null, end: { lte: message.sentAt } },
      orderBy: { start: 'desc' },
      take: MOST,
    });
    const own: string[] = [];
    const lines: string[] = [];
    const counts: string[] = [];
    for (const session of ended) {
      const { owed, done } = await makeUpOf(tx, session);
      const made = owed.filter((id) => done.has(id)).length;
      if (owed.includes(actor.id) && !done.has(actor.id))
        own.push(`${sessionName(session)}（发“补学 ${session.code} 要点”）`);
      const people = await expectedAt(tx, session);
      const names = people
        .filter(
          ({ id, department }) =>
            owed.includes(id) &&
            !done.has(id) &&
            id !== actor.id &&
            (under.includes(department) || session.convenorId === actor.id),
        )
        .map(({ name }) => name);
      const figures = `${sessionName(session)}应补${owed.length}人，已补${made}人`;
      counts.push(`${figures}。`);
      lines.push(names.length > 0 ? `${figures}，未补：${names.join('、')}。` : `${figures}。`);
    }
    return { kind: 'shown', changed: false, own, lines, counts };
  },

  reply({ own, lines }) {
    if (lines.length === 0) return '还没有已结束的集中学习，没有需要补学的场次。';
    const mine = own.length > 0 ? [`您要补学${own.length}场：${own.join('；')}。`] : ['您没有要补学的场次。'];
    return [...mine, ...lines].join('\n');
  },
  inGroup: ({ counts }) => (counts.length > 0 ? counts.slice(0, 3).join('\n') : '没有需要补学的场次。'),
});
