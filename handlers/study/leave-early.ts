import { z } from 'zod';
import { dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, others } from '#bot/language/evidence.ts';
import { sessionLookedAfter } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { holdsSession } from '#bot/store/session.ts';

type Marked = Outcome & { name: string; member: string } & (
    | { kind: 'marked'; at: Date; told: string }
    | { kind: 'not-yet'; at: Date }
    | { kind: 'not-there' | 'not-early' | 'confirmed' }
  );

const EARLY =
  /^\s*(?:登记|记录?|标记|补记)?(?:一下)?早退[:：\s，,]+|^\s*(?:登记|记录?|标记|补记)[^，。]{2,8}早退(?:[:：\s，,]|$)/;
// 「温静16:20早退」, 「常青山提前走了」: while a session of today is spoken of.
const TOLD = verbose`
  ^[^，。？?]{2,16}(?:
      早退 | 提前(?:走|离开|离会|离场|退场) | 先(?:走|离开) | 中途(?:离开|退场|走)
      | (?:\d{1,2}[:：]\d{2}|(?:\d{1,2}|[一二三四五六七八九十]{1,2})点[^，。]{0,3}?)就?(?:走|离开|离会)
    )[了的]?[。.!！\s]*$
`;
const HOUR = /(\d{1,2})\s*(?:[:：]\s*(\d{2})|点(?:(\d{1,2})分?|(半))?)/;

/** 早退: the convenor notes who left before the end; it stays an attendance, and is counted apart (R14). */
export default defineHandler({
  name: 'attendance.early',
  title: '登记早退',
  examples: ['早退 雷鸣 9:40'],
  input: z.object({
    session: z.string(),
    member: z.string(),
    time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
  }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [EARLY, TOLD],
  meant(clause) {
    const { text, mood } = clause;
    const { lexicon, now, today } = clause.reading;
    const isTold = TOLD.test(text) && others(clause).length === 1 && lexicon.sessions.nearest(now, today) !== null;
    if (
      !(EARLY.test(text) || isTold) ||
      mood.supposes ||
      mood.plans ||
      clause.reading.chat !== 'direct' ||
      mood.asks ||
      mood.denies
    )
      return null;
    const session = sessionLookedAfter(clause);
    if (!session || !('one' in session)) return ask(clause, 3, '您要登记哪一场的早退？请写明日期或主题。');
    const [member, second] = others(clause);
    if (!member || second) return ask(clause, 3, '谁早退？请写一位同志和时间，如“早退 雷鸣 9:40”。');
    const found = HOUR.exec(text);
    const hour = found ? Number(found[1]) : 0;
    const minute = found?.[4] ? 30 : Number(found?.[2] ?? found?.[3] ?? 0);
    const valid = found && hour < 24 && minute < 60;
    const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    return act(clause, 3, { session: session.one.code, member: member.id, ...(valid && { time }) });
  },

  async execute({ input, message, world, tx }): Promise<Marked> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const member = world.members.find(({ id }) => id === input.member)?.name ?? '';
    const common = { name: sessionName(session), member };
    if (session.confirmedAt) return { kind: 'confirmed', changed: false, ...common };
    const at = input.time ? instantAt(dayOf(session.start), input.time) : message.sentAt;
    const place = { sessionCode: session.code, personId: input.member };
    const signed = await tx.signIn.findUnique({ where: { sessionCode_personId: place } });
    if (!signed) return { kind: 'not-there', changed: false, ...common };
    if (at >= session.end || at < signed.at) return { kind: 'not-early', changed: false, ...common };
    if (at > message.sentAt) return { kind: 'not-yet', changed: false, ...common, at };
    await tx.signIn.update({ where: { id: signed.id }, data: { leftAt: at } });
    const memo = { id: signed.id, before: signed.leftAt };
    return { kind: 'marked', changed: true, memo, ...common, at, told: input.member };
  },

  reply(outcome) {
    const { name, member } = outcome;
    switch (outcome.kind) {
      case 'marked':
        return `已登记早退：${name}${member}${timeOf(outcome.at)}离开，仍计实到，单列早退。${TAKE_BACK}`;
      case 'not-yet':
        return `没有登记：还没到${timeOf(outcome.at)}。离开后再登记，如“早退 ${member} ${timeOf(outcome.at)}”。`;
      case 'not-there':
        return `没有登记：${member}没有签到${name}。`;
      case 'not-early':
        return `没有登记：离开时间应在签到之后、${name}结束之前，如“早退 ${member} 9:40”。`;
      case 'confirmed':
        return `没有登记：${name}考勤已确认。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'marked'
      ? [{ to: outcome.told, text: `您${outcome.name}已登记早退（${timeOf(outcome.at)}）。如有出入请联系召集人。` }]
      : [],
  async undo(memo, { tx }) {
    const { id, before } = z.object({ id: z.number(), before: z.coerce.date().nullable() }).parse(memo);
    return (await tx.signIn.updateMany({ where: { id }, data: { leftAt: before } })).count === 1;
  },
});
