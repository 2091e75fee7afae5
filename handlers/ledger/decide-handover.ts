import { z } from 'zod';
import { decidedInWords, lettersOf } from '#bot/domain/handover.ts';
import { defineHandler } from '#bot/handler.ts';
import { signsFor } from '#bot/permission.ts';
import { DECIDE_HANDOVER, decideHandover, reopenHandover } from '#bot/store/handover.ts';

/** 签收转办: the 同意 or 不同意 of the receiving head; the matter moves at the signing, not before (R57). */
export default defineHandler({
  name: DECIDE_HANDOVER,
  title: '签收转办',
  examples: [],
  input: z.object({ handover: z.number(), sign: z.boolean(), reason: z.string().optional() }),
  allow: {
    doneBy: '接收科室（单位）负责人，没有负责人的为分管领导',
    async permits({ input, actor, world, tx }) {
      const handover = await tx.handover.findUnique({ where: { id: input.handover } });
      return handover !== null && signsFor(actor, handover.toDepartment, world);
    },
  },

  meant: () => null,

  execute: (execution) => decideHandover(execution.input, execution),
  reply: decidedInWords,
  notify: lettersOf,
  undo: reopenHandover,
});
