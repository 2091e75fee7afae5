import { z } from 'zod';
import { bestInWords, resultInWords } from '#bot/domain/exam.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';
import { scoresOf } from '#bot/store/exam.ts';

type Shown = Outcome & {
  kind: 'shown' | 'none';
  title: string;
  own: number | null;
  units: string[];
  whole: string;
  over: boolean;
  /** of a declared 竞赛 that is over: who did best */
  best: string;
};

const RESULT =
  /^\s*(?:查|查看|看|看看)?(?:一下)?(?:我的?)?(?:知识)?(?:测试|考试|竞赛|答题)(?:结果|成绩|情况|统计){1,2}[?？。]?\s*$/;

/** 测试结果: one's own score; after closing the units' means for whom they are (R25); nobody is ranked but in a declared 竞赛. */
export default defineHandler({
  name: 'query.exam',
  title: '测试结果',
  examples: ['测试结果'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [RESULT],
  meant: (clause) => (cue(clause, RESULT) ? act(clause, 2.6, {}) : null),

  async execute({ actor, message, world, tx }): Promise<Shown> {
    const exam =
      (await tx.exam.findFirst({ where: { closedAt: null }, orderBy: { id: 'desc' } })) ??
      (await tx.exam.findFirst({ orderBy: { id: 'desc' } }));
    if (!exam)
      return { kind: 'none', changed: false, title: '', own: null, units: [], whole: '', over: false, best: '' };
    const scores = await scoresOf(tx, exam);
    const over = message.sentAt > exam.closesAt;
    const under = departmentsUnder(actor, world);
    const of = (people: typeof world.members) =>
      resultInWords(
        people.flatMap(({ id }) => scores.get(id) ?? []),
        people.length,
      );
    const units = world.departments
      .filter(({ code }) => under.includes(code))
      .map(({ code, name }) => `${name}${of(world.members.filter(({ department }) => department === code))}`);
    return {
      kind: 'shown',
      changed: false,
      title: exam.title,
      own: scores.get(actor.id) ?? null,
      units: over ? units : [],
      whole: over ? of(world.members) : '',
      over,
      best: over && exam.mode === 'contest' ? bestInWords(scores, world.members) : '',
    };
  },

  reply({ kind, title, own, units, whole, over, best }) {
    if (kind === 'none') return '还没有组织过测试。';
    const mine = own === null ? '您还没有成绩' : `您的成绩${own}分`;
    const all = over ? `全局${whole}。${best}` : '测试还没有截止，其他成绩截止后公布。';
    return [`《${title}》${mine}。`, ...units.map((one) => `${one}。`), all].join('\n');
  },
  inGroup: ({ kind, title, whole, over }) =>
    kind === 'none' ? '还没有组织过测试。' : over ? `《${title}》${whole}。` : `《${title}》还没有截止。`,
});
