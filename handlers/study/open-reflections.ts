import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { closeRound, latestRound, openRound } from '#bot/store/reflection-round.ts';

type Opened = Outcome & { due: string } & ({ kind: 'opened'; told: string[] } | { kind: 'past' | 'open' });

const OPENS = /^\s*(?:发起|布置|组织)?(?:收|征集|收交)(?:一次|一轮)?(?:心得体会|心得)(?:[:：\s，,]|(?=\d))/;

/** 收心得体会: the office opens a round until a day; everybody hears it at once, those who have not handed in again (R22). */
export default defineHandler({
  name: 'reflection.open',
  title: '收心得体会',
  examples: ['收心得体会 5月28日截止'],
  input: z.object({ due: day }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [OPENS],
  meant(clause) {
    if (!OPENS.test(clause.text) || clause.reading.chat !== 'direct' || clause.mood.asks || clause.mood.supposes)
      return null;
    const due = clause.days('ahead').at(-1)?.day;
    return due ? act(clause, 3.2, { due }) : ask(clause, 3.2, '收到哪一天？请写成“收心得体会 5月28日截止”。');
  },

  async execute({ input, actor, message, world, tx }): Promise<Opened> {
    const today = dayOf(message.sentAt);
    if (input.due <= today) return { kind: 'past', changed: false, due: input.due };
    const before = await latestRound(tx);
    if (before && before.due >= today) return { kind: 'open', changed: false, due: before.due };
    const id = await openRound(tx, input.due, actor.id, message.sentAt);
    const told = world.members.map((one) => one.id).filter((one) => one !== actor.id);
    return { kind: 'opened', changed: true, memo: { id, told }, due: input.due, told };
  },

  reply(outcome) {
    const due = dayInWords(outcome.due);
    if (outcome.kind === 'opened')
      return `已发起收心得体会：${due}截止，已通知${outcome.told.length}人，截止前两个工作日和当天再提醒未交的。${TAKE_BACK}`;
    return outcome.kind === 'past'
      ? `没有发起：${due}不在今天以后，请重新写明截止日期。`
      : `没有发起：正在收心得体会，${due}截止；到期后再发起下一次。`;
  },
  notify: (outcome) =>
    outcome.kind === 'opened'
      ? outcome.told.map((to) => ({
          to,
          text: `请于${dayInWords(outcome.due)}前提交心得体会：发“心得 题目”，再分几条发正文；Word、文本文件或手写照片也可以。`,
        }))
      : [],
  async undo(memo, { message, tx }) {
    const { id, told } = z.object({ id: z.number(), told: z.array(z.string()) }).parse(memo);
    if (!(await closeRound(tx, id, message.sentAt))) return false;
    return told.map((to) => ({ to, text: '更正：本次收心得体会已收回，暂不用提交。' }));
  },
});
