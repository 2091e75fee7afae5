import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';

type Answered = Outcome & { id: number } & (
    | { kind: 'answered'; to: string; text: string; answer: string }
    | { kind: 'no-such' | 'already' }
  );

const ANSWERS = /^\s*(?:答复|回复|办理)意见\s*(?<id>\d{1,6})[:：\s，,]+(?<answer>[^\n].*)$/s;

/** 答复意见: the office answers a complaint or suggestion; whoever sent it hears that (R97). */
export default defineHandler({
  name: 'opinion.answer',
  title: '答复意见',
  examples: ['答复意见3 早上的提醒已合并成一条'],
  input: z.object({ id: z.number(), answer: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [ANSWERS],
  meant(clause) {
    const found = ANSWERS.exec(clause.said)?.groups;
    return found && clause.reading.chat === 'direct'
      ? act(clause, 3, { id: Number(found['id']), answer: (found['answer'] ?? '').trim() })
      : null;
  },

  async execute({ input, actor, message, tx }): Promise<Answered> {
    const { id, answer } = input;
    const opinion = await tx.opinion.findUnique({ where: { id } });
    if (!opinion) return { kind: 'no-such', changed: false, id };
    if (opinion.answeredAt) return { kind: 'already', changed: false, id };
    await tx.opinion.update({ where: { id }, data: { answer, answeredAt: message.sentAt, answeredBy: actor.id } });
    return { kind: 'answered', changed: true, memo: { id }, id, to: opinion.personId, text: opinion.text, answer };
  },

  reply(outcome) {
    if (outcome.kind === 'no-such') return `没有答复：没有编号为${outcome.id}的意见。`;
    if (outcome.kind === 'already') return `没有答复：意见${outcome.id}已答复或已收回。`;
    return `已答复意见${outcome.id}，已告知本人。${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'answered'
      ? [{ to: outcome.to, text: `您的意见“${outcome.text}”已答复：${outcome.answer.replace(/[。.]$/, '')}。` }]
      : [],
  async undo(memo, { actor, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const open = { answer: null, answeredAt: null, answeredBy: null };
    return (await tx.opinion.updateMany({ where: { id, answeredBy: actor.id }, data: open })).count === 1;
  },
});
