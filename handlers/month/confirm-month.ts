import { z } from 'zod';
import { defineConfirmation, READY } from '#bot/confirmation.ts';
import { submittedInWords, unfinishedInWords } from '#bot/domain/month-hand-in.ts';
import { handedOf, handInOf, keepReport, textOf } from '#bot/store/month-hand-in.ts';

/** 确认提交: the head's 同意 to what somebody named for it had ready is the hand-in; both times are kept (R70). */
export default defineConfirmation({
  name: 'month.confirm',
  title: '确认提交月度台账',
  called: '台账',
  request: z.object({ ...READY, rest: z.boolean() }),
  async stands({ input: { month }, message, tx }, unit) {
    const handIn = await handInOf(tx, unit, month);
    return { handIn, handed: await handedOf(tx, handIn, { at: message.sentAt, standsIn: false }) };
  },
  hindrance: ({ handIn: { open, lacking }, handed }, { rest }) =>
    (open.length > 0 && !rest) || lacking.length > 0 ? unfinishedInWords(handed) : null,
  async keep({ input: { department, month, by, at }, actor, message, tx }, { handIn }) {
    const { id } = await keepReport(tx, {
      ...{ unit: department, month, text: textOf(handIn), by: actor.id, at: message.sentAt, inboxKey: message.key },
      drafted: { by, at: new Date(at) },
    });
    return id;
  },
  drop: (tx, id, at) => tx.monthReport.update({ where: { id }, data: { undoneAt: at } }),
  submitted: ({ handed }) => submittedInWords(handed),
});
