import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';
import { leaveInWords } from '#bot/store/leave.ts';

type Returned = Outcome &
  ({ kind: 'returned'; what: string; name: string; approver: string | null } | { kind: 'not-away' });

const RETURNS = /销个?假|(?:回来|返岗|到岗)(?:上班)?了?[，,]?(?:特)?(?:来|前来)?(?:报到)?销假/;
const NOT_OWN = /怎么|如何|谁|哪|没销|未销|不销|别销|销假单|销假条|销假手续|制度|规定|及时|按时|记得|提醒|通知/;

/** 销假: somebody on leave reports back; what begins later is no longer covered, who was asked hears it (R15). */
export default defineHandler({
  name: 'leave.return',
  title: '销假',
  examples: ['销假', '我回来上班了，销假'],
  input: z.object({}),
  allow: anyone,

  over: 'sentence',
  cues: [RETURNS],
  meant(clause) {
    const span = cue(clause, RETURNS);
    const { mood, text } = clause;
    if (
      !span ||
      mood.asks ||
      mood.supposes ||
      mood.hears ||
      mood.plans ||
      NOT_OWN.test(text) ||
      others(clause).length > 0
    )
      return null;
    return text.replace(/[\p{P}\s]/gu, '').length <= 24 ? act(clause, 2.5, {}) : null;
  },

  async execute({ actor, message, tx }): Promise<Returned> {
    const today = dayOf(message.sentAt);
    const [leave] = await tx.leave.findMany({
      where: { personId: actor.id, state: 'approved', returnedAt: null, toOn: { gte: today } },
      orderBy: [{ fromOn: 'asc' }, { id: 'asc' }],
    });
    if (!leave) return { kind: 'not-away', changed: false };
    await tx.leave.update({ where: { id: leave.id }, data: { returnedAt: message.sentAt } });
    const what = await leaveInWords(tx, leave);
    const approver = leave.approverId;
    return { kind: 'returned', changed: true, memo: { id: leave.id }, what, name: actor.name, approver };
  },

  reply: (outcome) =>
    outcome.kind === 'returned'
      ? `已销假：${outcome.what}，此后的学习照常签到。十分钟内可发“撤销”恢复请假。`
      : '没有办理：您没有已批准、尚未结束的请假。',
  inGroup: ({ kind }) => (kind === 'returned' ? '已销假。' : '没有办理，原因已私信。'),
  notify: (outcome) =>
    outcome.kind === 'returned' && outcome.approver
      ? [{ to: outcome.approver, text: `${outcome.name}已销假：${outcome.what}。` }]
      : [],
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.leave.updateMany({ where: { id, state: 'approved' }, data: { returnedAt: null } });
    return count === 1;
  },
});
