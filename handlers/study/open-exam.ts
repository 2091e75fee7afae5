import { z } from 'zod';
import { dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';

const MODES = { 测试: 'test', 练习: 'practice', 竞赛: 'contest' } as const;
type Opened = Outcome &
  (
    | { kind: 'opened'; title: string; count: number; closes: Date; word: string; told: string[]; page: string }
    | { kind: 'few'; have: number }
    | { kind: 'past' }
  );

const OPENS =
  /^\s*(?:组织|开启|发起|发布|安排)(?:知识)?(?<mode>测试|练习|竞赛)[:：\s]+(?<title>[^\s，,]{2,30})[\s，,]+题库[:：\s]*(?<bank>[^\s，,]{1,20})[\s，,]+(?<count>\d{1,3})[道]?题/;

/** 组织测试: the office opens a test, a practice or a contest from a bank of questions until a day (R25). */
export default defineHandler({
  name: 'exam.open',
  title: '组织测试',
  examples: ['组织测试 八项规定知识测试 题库 八项规定 10题 5月22日截止'],
  input: z.object({
    mode: z.enum(['test', 'practice', 'contest']),
    title: z.string(),
    bank: z.string(),
    count: z.number().min(1),
    closes: day,
  }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [OPENS],
  meant(clause) {
    const found = OPENS.exec(clause.text)?.groups;
    if (!found || clause.reading.chat !== 'direct') return null;
    const closes = clause.days('ahead').at(-1)?.day;
    const mode = MODES[found['mode'] as keyof typeof MODES];
    if (!closes)
      return ask(clause, 3.2, '测试到哪一天截止？请写成“组织测试 八项规定知识测试 题库 八项规定 10题 5月22日截止”。');
    return act(clause, 3.2, {
      mode,
      title: found['title'] ?? '',
      bank: found['bank'] ?? '',
      count: Number(found['count']),
      closes,
    });
  },

  async execute({ input, actor, message, publicUrl, world, tx }): Promise<Opened> {
    const have = await tx.testQuestion.count({ where: { bank: input.bank, removedAt: null } });
    if (have < input.count) return { kind: 'few', changed: false, have };
    const at = message.sentAt;
    const closes = instantAt(input.closes, '18:00');
    if (closes <= at) return { kind: 'past', changed: false };
    const { id } = await tx.exam.create({
      data: {
        title: input.title,
        bank: input.bank,
        mode: input.mode,
        count: input.count,
        opensAt: at,
        closesAt: closes,
        byId: actor.id,
        at,
      },
    });
    const word = Object.entries(MODES).find(([, mode]) => mode === input.mode)?.[0] ?? '测试';
    // WeCom signs in by https only.
    const page = publicUrl?.startsWith('https:')
      ? `${publicUrl}/pages/exam${input.mode === 'practice' ? '?m=practice' : ''}`
      : '';
    const told = world.members.map((one) => one.id).filter((one) => one !== actor.id);
    return {
      kind: 'opened',
      changed: true,
      memo: { id },
      title: input.title,
      count: input.count,
      closes,
      word,
      told,
      page,
    };
  },

  reply(outcome) {
    if (outcome.kind === 'few') return `没有组织：题库只有${outcome.have}题，请先导入题库或减少题数。`;
    if (outcome.kind === 'past') return '没有组织：截止时间已过，请写今天以后的日期。';
    const { title, count, closes, word, told } = outcome;
    return `已发布${word}《${title}》：${count}题，${dayInWords(dayOf(closes))}${timeOf(closes)}截止，已通知${told.length}人。${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'opened'
      ? outcome.told.map((to) => ({
          to,
          text: `${outcome.word}《${outcome.title}》共${outcome.count}题，${dayInWords(dayOf(outcome.closes))}${timeOf(outcome.closes)}截止。请发“${outcome.word === '练习' ? '开始练习' : '开始答题'}”${outcome.page && `，或打开网页一次答完：${outcome.page}`}。`,
        }))
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    if ((await tx.examPaper.count({ where: { examId: id } })) > 0) return false;
    return (
      (await tx.exam.updateMany({ where: { id, closedAt: null }, data: { closedAt: message.sentAt } })).count === 1
    );
  },
});
