import { z } from 'zod';
import { monthInWords } from '#bot/domain/month.ts';
import { type HandedIn, submittedInWords, unfinishedInWords } from '#bot/domain/month-hand-in.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { isHeadOf } from '#bot/permission.ts';
import { handedOf, handInOf, keepReport, textOf } from '#bot/store/month-hand-in.ts';
import { reopenRequest } from '#bot/store/question.ts';

type Confirmed = Outcome & {
  kind: 'submitted' | 'declined' | 'unfinished';
  drafter: string;
  by: string;
  handed: HandedIn;
};

const command = z.object({
  ...{ department: z.string(), month: z.string(), by: z.string(), at: z.string() },
  ...{ rest: z.boolean(), approve: z.boolean() },
});

/** 确认提交: the head's 同意 to what somebody named for it had ready is the hand-in; both times are kept (R70). */
export default defineHandler({
  name: 'month.confirm',
  title: '确认提交月度台账',
  examples: [],
  input: command,
  allow: {
    doneBy: '科室（单位）负责人',
    permits: ({ input, actor, world }) => isHeadOf(actor, input.department, world),
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Confirmed> {
    const { department, month, by, rest } = input;
    const unit = world.departments.find(({ code }) => code === department);
    if (!unit) throw new Error(`no department ${department}`);
    const handIn = await handInOf(tx, unit, month);
    const at = message.sentAt;
    const handed = await handedOf(tx, handIn, { at, standsIn: false });
    const common = { drafter: by, by: actor.name, handed };
    if (!input.approve) return { kind: 'declined', changed: true, memo: { request: input }, ...common };
    // Something may have been taken back since.
    if ((handIn.open.length > 0 && !rest) || handIn.lacking.length > 0)
      return { kind: 'unfinished', changed: false, ...common };
    const { id } = await keepReport(tx, {
      ...{ unit: department, month, text: textOf(handIn), by: actor.id, at, inboxKey: message.key },
      drafted: { by, at: new Date(input.at) },
    });
    return { kind: 'submitted', changed: true, memo: { id, request: input }, ...common };
  },

  reply({ kind, handed }) {
    if (kind === 'submitted') return submittedInWords(handed);
    if (kind === 'unfinished') return unfinishedInWords(handed);
    return `没有提交：${handed.unit}${monthInWords(handed.month)}台账，已告知填报人。${TAKE_BACK}`;
  },
  notify: ({ kind, drafter, by, handed }) =>
    kind === 'unfinished'
      ? []
      : [
          {
            to: drafter,
            text:
              kind === 'submitted'
                ? `${by}已确认提交${handed.unit}${monthInWords(handed.month)}台账。`
                : `${by}没有同意提交${handed.unit}${monthInWords(handed.month)}台账，请与负责人商量后再提交。`,
          },
        ],
  async undo(memo, { actor, message, tx }) {
    const { id, request } = z.object({ id: z.number().optional(), request: command }).parse(memo);
    if (id !== undefined) await tx.monthReport.update({ where: { id }, data: { undoneAt: message.sentAt } });
    await reopenRequest(tx, 'month.confirm', { ...request, approve: true });
    return [
      { to: request.by, text: `${actor.name}收回了对${monthInWords(request.month)}台账的决定，提交继续等待确认。` },
    ];
  },
});
