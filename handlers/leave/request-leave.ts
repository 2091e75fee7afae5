import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { approverOf } from '#bot/domain/leave.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import type { WorldPerson, WorldSession } from '#bot/language/reading.ts';
import { anyone } from '#bot/permission.ts';

type Asked = Outcome & { session: WorldSession } & (
    | { kind: 'asked'; person: WorldPerson; approver: WorldPerson | null; reason: string }
    | { kind: 'already-asked' | 'already-signed-in' | 'over' }
  );

/** 请假: somebody cannot come to a session and asks the superior (R15). */
export default defineHandler({
  name: 'attendance.leave',
  title: '请假',
  examples: ['请假，到市里送材料'],
  input: z.object({ session: z.string(), reason: z.string() }),
  allow: anyone,

  meant({ text, now, world, speaker, unreal }) {
    const others = world.members.filter(({ id, name }) => id !== speaker.id && text.includes(name));
    if (unreal || others.length > 0 || !/请(个|一?次|天|半天)?假/.test(text) || /[准批销]假|同意|不批/.test(text))
      return null;
    const coming = world.sessions.filter((session) => new Date(session.end) > now);
    const reason = text.replace(/^.*?请(个|一?次|天|半天)?假/, '').replace(/^[,，:：\s]+/, '');
    const [session, ...later] = coming;
    if (!session) return { kind: 'ask', question: '近期没有安排学习。您要请哪一场的假？请写明日期或主题。' };
    const named = coming.filter(({ topic }) => text.includes(topic.slice(0, 4)));
    const tomorrow = /明天/.test(text)
      ? coming.filter((one) => dayOf(new Date(one.start)) === dayOf(new Date(now.getTime() + 86_400_000)))
      : [];
    const chosen =
      named[0] ??
      tomorrow[0] ??
      (later.length === 0 || /今天/.test(text) || dayOf(new Date(session.start)) === dayOf(now) ? session : null);
    if (!chosen)
      return {
        kind: 'ask',
        question: `您要请哪一场的假？${coming
          .slice(0, 3)
          .map(({ start, topic }) => `${dayInWords(dayOf(new Date(start)))}《${topic}》`)
          .join('，')}。请带上主题再说一次。`,
      };
    return { kind: 'act', input: { session: chosen.code, reason } };
  },

  async execute({ input, actor, message, world, tx }): Promise<Asked> {
    const session = world.sessions.find(({ code }) => code === input.session);
    if (!session) throw new Error(`session ${input.session} was understood but is not in the world`);
    if (new Date(session.end) < message.sentAt) return { kind: 'over', changed: false, session };
    const where = { sessionCode: session.code, personId: actor.id };
    if (await tx.signIn.findFirst({ where })) return { kind: 'already-signed-in', changed: false, session };
    if (await tx.leave.findFirst({ where: { ...where, state: { in: ['pending', 'approved'] } } }))
      return { kind: 'already-asked', changed: false, session };

    const approver = world.members.find(({ id }) => id === approverOf(actor, world.departments, world.members)) ?? null;
    const { id } = await tx.leave.create({
      data: {
        ...where,
        reason: input.reason,
        askedAt: message.sentAt,
        approverId: approver?.id ?? null,
        state: approver ? 'pending' : 'approved',
        decidedAt: approver ? null : message.sentAt,
      },
    });
    return { kind: 'asked', changed: true, memo: { id }, session, person: actor, approver, reason: input.reason };
  },

  reply(outcome) {
    const { session } = outcome;
    const title = `${dayInWords(dayOf(new Date(session.start)))}${timeOf(new Date(session.start))}《${session.topic}》`;
    if (outcome.kind === 'already-asked') return `您已请过${title}的假，不必重复。`;
    if (outcome.kind === 'already-signed-in') return `您已签到${title}。如需请假，请先撤销签到。`;
    if (outcome.kind === 'over') return `${title}已经结束，不能再请假，请联系召集人。`;
    if (outcome.kind !== 'asked' || !outcome.approver) return `已报备：${title}请假。`;
    return `已送${outcome.approver.name}审批：${title}请假。十分钟内可发“撤销”收回。`;
  },
  notify(outcome) {
    if (outcome.kind !== 'asked' || !outcome.approver) return [];
    const { person, approver, session, reason } = outcome;
    const when = `${dayInWords(dayOf(new Date(session.start)))}${timeOf(new Date(session.start))}`;
    return [
      {
        to: approver.id,
        text: `${person.name}请假：${when}《${session.topic}》。原因：${reason || '未写'}。请回复“准假 ${person.name}”或“不批 ${person.name} 原因”。`,
      },
    ];
  },
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.leave.updateMany({
      where: { id, decidedBy: null, state: 'pending' },
      data: { state: 'withdrawn' },
    });
    return count === 1;
  },
});
