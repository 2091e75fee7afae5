import { z } from 'zod';
import { dayOf, monthDayInWords } from '#bot/calendar.ts';
import { approverOf } from '#bot/domain/leave.ts';
import { decidedInWords, decisionFor, whichLeave } from '#bot/domain/leave-words.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { leaveDecisions, VERDICTS } from '#bot/language/decisions.ts';
import { type DecidedLeave, decideLeave, leaveInWords, leavesSaid, leavesToDecide, nameOf } from '#bot/store/leave.ts';
import { takeBackDecision } from '#bot/store/leave-undo.ts';

const input = z.object({ member: z.string(), note: z.string() });
type Input = z.infer<typeof input>;
type Approved = Outcome &
  ({ kind: 'approved'; leaves: DecidedLeave[] } | { kind: 'none-waiting' | 'which'; name: string; waiting: string[] });

/** 准假: the superior grants what a member asked for (R15); several at once only where the words fit all or name the day. */
export default defineHandler({
  name: 'leave.approve',
  title: '准假',
  plain: true,
  account: { words: /[^，。□]*假|请|学习|讲座|培训|[看生]?病|去|参加|[位项]|不?[准批]/, ahead: 1 },
  examples: ['准假 雷鸣', '薛冰的假批了'],
  pressing: true,
  tappable: true,
  offers: ({ actor, world }) =>
    world.pending.leaves.flatMap(({ member, session, from }) => {
      const person = world.members.find(({ id }) => id === member);
      const start = world.sessions.find(({ code }) => code === session)?.start;
      const day = from ?? (start && dayOf(new Date(start)));
      if (!person || !day || approverOf(person, world.departments, world.members) !== actor.id) return [];
      return [`准假 ${person.name} ${monthDayInWords(day)}`];
    }),
  input,
  restricted: ['note'],
  allow: {
    doneBy: '请假人的上级领导',
    permits: async ({ input, actor, message, world, tx }: Execution<Input>) =>
      (await leavesToDecide(tx, input.member, actor, world, message.sentAt)).may,
  },

  over: 'sentence',
  cues: VERDICTS,
  meant: (clause) => leaveDecisions(clause, true),

  async execute({ input, actor, message, world, tx }): Promise<Approved> {
    const { waiting } = await leavesToDecide(tx, input.member, actor, world, message.sentAt);
    const name = nameOf(world, input.member);
    const chosen = leavesSaid(waiting, input.note, world, message.sentAt);
    if (chosen === null) {
      const all = await Promise.all(waiting.map((leave) => leaveInWords(tx, leave)));
      return { kind: 'which', changed: false, name, waiting: all };
    }
    if (chosen.length === 0) return { kind: 'none-waiting', changed: false, name, waiting: [] };
    const decision = { approve: true, note: '', by: actor, at: message.sentAt };
    const leaves: DecidedLeave[] = [];
    for (const leave of chosen) leaves.push(await decideLeave(tx, leave, decision, world));
    return { kind: 'approved', changed: true, memo: { ids: leaves.map(({ id }) => id) }, leaves };
  },

  reply(outcome) {
    if (outcome.kind === 'approved') return decidedInWords(outcome.leaves, true, '');
    if (outcome.kind === 'which') return whichLeave('准假', outcome.name, outcome.waiting);
    return `没有办理：${outcome.name}没有待批的请假。`;
  },
  inGroup: ({ kind }) => (kind === 'approved' ? '已准假，已告知本人。' : '没有办理，详情已私信。'),
  notify: (outcome) =>
    outcome.kind === 'approved'
      ? outcome.leaves.map((leave) => ({ to: leave.member, text: decisionFor(leave, true, '') }))
      : [],
  undo: takeBackDecision,
});
