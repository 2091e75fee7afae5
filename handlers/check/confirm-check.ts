import { z } from 'zod';
import { monthInWords } from '#bot/domain/month.ts';
import { type CheckedIn, checkedInWords, uncheckedInWords } from '#bot/domain/self-check.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { isHeadOf } from '#bot/permission.ts';
import { reopenRequest } from '#bot/store/question.ts';
import { checkedOf, keepCheck, roundOf } from '#bot/store/self-check.ts';

type Confirmed = Outcome & {
  kind: 'submitted' | 'declined' | 'unanswered' | 'again';
  drafter: string;
  by: string;
  checked: CheckedIn;
};

const command = z.object({
  ...{ department: z.string(), month: z.string(), by: z.string(), at: z.string(), approve: z.boolean() },
});

/** 确认提交自检: the head's 同意 to what somebody named for it had ready is the hand-in; both times are kept (R60, R70). */
export default defineHandler({
  name: 'check.confirm',
  title: '确认提交自检',
  examples: [],
  input: command,
  allow: {
    doneBy: '科室（单位）负责人',
    permits: ({ input, actor, world }) => isHeadOf(actor, input.department, world),
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Confirmed> {
    const { department, month, by } = input;
    const unit = world.departments.find(({ code }) => code === department);
    if (!unit) throw new Error(`no department ${department}`);
    const round = await roundOf(tx, unit, month);
    const at = message.sentAt;
    const common = { drafter: by, by: actor.name, checked: checkedOf(round, month, { at, standsIn: false }) };
    if (!input.approve) return { kind: 'declined', changed: true, memo: { request: input }, ...common };
    // An answer may have been taken back since, or the head handed in by now.
    if (round.open.length > 0) return { kind: 'unanswered', changed: false, ...common };
    if (round.done) return { kind: 'again', changed: false, ...common };
    const id = await keepCheck(tx, {
      unit: department,
      month,
      by: actor.id,
      at,
      drafted: { by, at: new Date(input.at) },
    });
    return { kind: 'submitted', changed: true, memo: { id, request: input }, ...common };
  },

  reply({ kind, checked }) {
    const name = `${checked.unit}${monthInWords(checked.month)}自检`;
    if (kind === 'submitted') return checkedInWords(checked);
    if (kind === 'unanswered') return uncheckedInWords(checked);
    if (kind === 'again') return `${name}已经提交，不必重复。`;
    return `没有提交：${name}，已告知填报人。${TAKE_BACK}`;
  },
  notify({ kind, drafter, by, checked }) {
    if (kind === 'unanswered' || kind === 'again') return [];
    const name = `${checked.unit}${monthInWords(checked.month)}自检`;
    const text =
      kind === 'submitted' ? `${by}已确认提交${name}。` : `${by}没有同意提交${name}，请与负责人商量后再提交。`;
    return [{ to: drafter, text }];
  },
  async undo(memo, { actor, message, tx }) {
    const { id, request } = z.object({ id: z.number().optional(), request: command }).parse(memo);
    if (id !== undefined) await tx.selfCheckHandIn.update({ where: { id }, data: { undoneAt: message.sentAt } });
    await reopenRequest(tx, 'check.confirm', { ...request, approve: true });
    return [
      { to: request.by, text: `${actor.name}收回了对${monthInWords(request.month)}自检的决定，提交继续等待确认。` },
    ];
  },
});
