import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { type Weights, weightsInWords } from '#bot/domain/weights.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { has } from '#bot/permission.ts';
import { reopenRequest } from '#bot/store/question.ts';
import { proposedWeights } from '#bot/store/weights.ts';

type Decided = Outcome & { kind: 'approved' | 'rejected' | 'settled'; weights: Weights | null; asked: string };

/** 确认权重: the 同意 or 不同意 of the group's leader to weights the office entered; in force from then on, old quarters keep theirs (R48). */
export default defineHandler({
  name: 'weights.decide',
  title: '确认评分权重',
  examples: [],
  input: z.object({ id: z.number(), approve: z.boolean() }),
  allow: { doneBy: '局主要领导', permits: ({ actor }) => has(actor, 'chief') },

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Decided> {
    const proposed = await proposedWeights(tx, input.id);
    if (!proposed) return { kind: 'settled', changed: false, weights: null, asked: '' };
    const at = message.sentAt;
    const data = input.approve ? { approvedBy: actor.id, approvedAt: at } : { closedAt: at };
    await tx.setting.update({ where: { id: input.id }, data });
    const { weights, byId } = proposed;
    const memo = { id: input.id, asked: byId };
    return { kind: input.approve ? 'approved' : 'rejected', changed: true, memo, weights, asked: byId };
  },

  reply: ({ kind, weights }) =>
    kind === 'settled' || !weights
      ? '这次权重调整已收回或已有决定，不必再批。'
      : `${kind === 'approved' ? '已同意' : '未同意'}：季度评分权重${kind === 'approved' ? '改为' : '不改为'}${weightsInWords(weights)}，已告知活动办。${TAKE_BACK}`,
  notify: ({ kind, weights, asked }) =>
    weights
      ? [
          {
            to: asked,
            text: `局主要领导${kind === 'approved' ? '已同意' : '未同意'}季度评分权重${weightsInWords(weights)}${kind === 'approved' ? '，即日起生效' : '，现行权重不变'}。`,
          },
        ]
      : [],
  async undo(memo, { actor, tx }) {
    const { id, asked } = z.object({ id: z.number(), asked: z.string() }).parse(memo);
    const open = { approvedBy: null, approvedAt: null, closedAt: null };
    await tx.setting.update({ where: { id }, data: open });
    await reopenRequest(tx, 'weights.decide', { id, approve: true });
    return [{ to: asked, text: `${actor.name}收回了对季度评分权重的决定，申请继续等待确认。` }];
  },
});
