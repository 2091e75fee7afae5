import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';

type Decided = Outcome & {
  kind: 'approved' | 'rejected';
  member: string;
  name: string;
  topic: string;
  day: string;
  note: string;
  after: boolean;
};

/** 准假、不批: the superior decides what a member asked for (R15); only the approver the ranks name. */
export default defineHandler({
  name: 'leave.decide',
  title: '审批请假',
  examples: [],
  input: z.object({ leave: z.string(), approve: z.boolean(), note: z.string() }),
  allow: {
    doneBy: '请假人的上级领导',
    async permits({ input, actor, tx }) {
      const leave = await tx.leave.findUnique({ where: { id: Number(input.leave) } });
      return leave?.approverId === actor.id;
    },
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Decided> {
    const kind = input.approve ? 'approved' : 'rejected';
    const leave = await tx.leave.update({
      where: { id: Number(input.leave), state: 'pending' },
      data: { state: kind, decidedAt: message.sentAt, decidedBy: actor.id },
    });
    const session = await tx.session.findUniqueOrThrow({ where: { code: leave.sessionCode ?? '' } });
    const name = world.members.find(({ id }) => id === leave.personId)?.name ?? '';
    return {
      kind,
      changed: true,
      member: leave.personId,
      name,
      topic: session.topic,
      day: dayOf(session.start),
      note: input.note,
      after: message.sentAt >= session.start,
    };
  },

  reply: ({ kind, name, topic, day, after }) =>
    `${kind === 'approved' ? '已准假' : '未准假'}：${name}，${dayInWords(day)}《${topic}》${after ? '（事后批假，考勤仍记缺席）' : ''}，已告知本人。`,
  notify: ({ kind, member, topic, day, note }) => [
    {
      to: member,
      text:
        kind === 'approved'
          ? `您${dayInWords(day)}《${topic}》的请假已获批准。`
          : `您${dayInWords(day)}《${topic}》的请假未获批准${note ? `：${note}` : ''}。请按时参加。`,
    },
  ],
});
