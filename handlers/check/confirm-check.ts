import { z } from 'zod';
import { defineConfirmation, READY } from '#bot/confirmation.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { checkedInWords, uncheckedInWords } from '#bot/domain/self-check.ts';
import { checkedOf, keepCheck, roundOf } from '#bot/store/self-check.ts';

/** 确认提交自检: the head's 同意 to what somebody named for it had ready is the hand-in; both times are kept (R60, R70). */
export default defineConfirmation({
  name: 'check.confirm',
  title: '确认提交自检',
  called: '自检',
  request: z.object(READY),
  async stands({ input: { month }, message, tx }, unit) {
    const round = await roundOf(tx, unit, month);
    return { ...round, checked: checkedOf(round, month, { at: message.sentAt, standsIn: false }) };
  },
  hindrance({ open, done, checked }) {
    if (open.length > 0) return uncheckedInWords(checked);
    return done ? `${checked.unit}${monthInWords(checked.month)}自检已经提交，不必重复。` : null;
  },
  keep({ input: { department, month, by, at }, actor, message, tx }) {
    const drafted = { by, at: new Date(at) };
    return keepCheck(tx, { unit: department, month, by: actor.id, at: message.sentAt, drafted });
  },
  drop: (tx, id, at) => tx.selfCheckHandIn.update({ where: { id }, data: { undoneAt: at } }),
  submitted: ({ checked }) => checkedInWords(checked),
});
