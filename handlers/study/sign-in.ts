import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { signInAt, windowOf } from '#bot/domain/attendance.ts';
import { defineHandler } from '#bot/handler.ts';
import type { WorldSession } from '#bot/language/reading.ts';
import { anyone } from '#bot/permission.ts';

interface Base {
  changed: boolean;
  session: WorldSession;
}
type Outcome =
  | (Base & { kind: 'signed-in'; at: Date; rank: number; late: boolean; memo: { id: number } })
  | (Base & { kind: 'already'; at: Date })
  | (Base & { kind: 'too-early' | 'closed' });

/** 签到: somebody who came to today's study says so (R14). */
export default defineHandler({
  name: 'attendance.sign_in',
  title: '签到',
  examples: ['签到', '到了', '我已到会'],
  input: z.object({ session: z.string() }),
  allow: anyone,

  meant({ text, now, world, unreal }) {
    // Only what says nothing else: nobody signs in for a colleague or in passing.
    if (unreal || !/^(我)?(已)?(经)?(来|签到|到会|报到|到)(了|啦)?[,，。.!！]*$/.test(text) || text === '来')
      return null;
    // One that is open counts as today's even if it began before midnight.
    const today = world.sessions.filter(
      (session) => dayOf(new Date(session.start)) === dayOf(now) || isOpen(session, now),
    );
    const [session] = today.sort((one, other) => distance(one, now) - distance(other, now));
    if (!session) return { kind: 'ask', question: '今天没有安排学习。您要签到的是哪一场？请写明日期或主题。' };
    return { kind: 'act', input: { session: session.code } };
  },

  async execute({ input, actor, message, world, tx }): Promise<Outcome> {
    const session = world.sessions.find(({ code }) => code === input.session);
    if (!session) throw new Error(`session ${input.session} was understood but is not in the world`);
    const before = await tx.signIn.findUnique({
      where: { sessionCode_personId: { sessionCode: session.code, personId: actor.id } },
    });
    if (before) return { kind: 'already', changed: false, session, at: before.at };

    const verdict = signInAt({ start: new Date(session.start), end: new Date(session.end) }, message.sentAt);
    if (verdict === 'too-early' || verdict === 'closed') return { kind: verdict, changed: false, session };
    const late = verdict === 'late';
    const { id } = await tx.signIn.create({
      data: { sessionCode: session.code, personId: actor.id, at: message.sentAt, late },
    });
    const rank = await tx.signIn.count({ where: { sessionCode: session.code } });
    return { kind: 'signed-in', changed: true, session, at: message.sentAt, rank, late, memo: { id } };
  },

  reply(outcome) {
    const start = new Date(outcome.session.start);
    const { opens, closes } = windowOf({ start, end: new Date(outcome.session.end) });
    if (outcome.kind === 'signed-in')
      return `已签到 ${timeOf(outcome.at)}（第${outcome.rank}位${outcome.late ? '，迟到' : ''}）：${dayInWords(dayOf(start))}${timeOf(start)}《${outcome.session.topic}》。`;
    if (outcome.kind === 'already') return `您已于${timeOf(outcome.at)}签到《${outcome.session.topic}》，不必重复。`;
    if (outcome.kind === 'too-early')
      return `还没到签到时间。《${outcome.session.topic}》${timeOf(opens)}开始签到，届时请再发“签到”。`;
    return `签到已于${timeOf(closes)}截止，请联系召集人补录。`;
  },
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.signIn.deleteMany({ where: { id } });
    return count === 1;
  },
});

const isOpen = (session: WorldSession, now: Date): boolean =>
  ['present', 'late'].includes(signInAt({ start: new Date(session.start), end: new Date(session.end) }, now));

const distance = (session: WorldSession, now: Date): number =>
  Math.abs(new Date(session.start).getTime() - now.getTime());
