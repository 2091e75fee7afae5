import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { covers } from '#bot/domain/leave.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, others, sessionMeant, stretch } from '#bot/language/evidence.ts';
import { leaveKindSaid } from '#bot/language/leave-kinds.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { approverToday, leaveInWords, nameOf } from '#bot/store/leave.ts';
import { nextId } from '#bot/store/number.ts';

const input = z.object({
  member: z.string(),
  session: z.string().optional(),
  from: day.optional(),
  to: day.optional(),
  type: z.enum(['personal', 'sick', 'business', 'annual', 'other']).optional(),
  reason: z.string(),
});
type Input = z.infer<typeof input>;
type Asked = Outcome & { name: string; what: string } & (
    | { kind: 'granted'; member: string; by: string; later: boolean }
    | { kind: 'already' | 'signed-in' | 'over' }
  );

const ASKS = /^\s*(?:代(?:为|办)?请假[:：\s，,]+|(?:代|帮)[^，。:：\s]{2,8}(?:同志)?请(?:个|一下)?假[:：\s，,]+)/;

/**
 * 代请假 (R15): a head enters the leave of somebody whose leave is the head's to decide, who asked by telephone for instance. What
 * is asked and granted in one breath is told to that person, and after the start it stays an absence granted later.
 */
export default defineHandler({
  name: 'leave.for_member',
  title: '代请假',
  examples: ['代请假 雷鸣 明天的学习，病假，来电说发高烧'],
  input,
  restricted: ['reason'],
  allow: {
    doneBy: '请假人的上级领导',
    async permits({ input, actor, message, world, tx }: Execution<Input>) {
      const member = world.members.find(({ id }) => id === input.member);
      return member ? (await approverToday(tx, member, world, message.sentAt))?.id === actor.id : false;
    },
  },

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    const match = ASKS.exec(clause.text);
    if (!match || clause.reading.chat !== 'direct' || clause.mood.asks) return null;
    const [member, second] = others(clause);
    if (!member || second) return ask(clause, 3.2, '给哪一位请假？请写成“代请假 张三 明天的学习，病假，来电说发烧”。');
    const named = clause.people.find(({ people }) => people.some(({ id }) => id === member.id));
    const told = clause.said.slice(Math.max(match[0].length, (named?.end ?? clause.start) - clause.start));
    const reason = told.replace(/^[\s，,：:同志]+/, '').trim();
    const type = leaveKindSaid(clause.text.replace(ASKS, ''));
    const common = { member: member.id, ...(type && { type }), reason };
    const days = stretch(clause, 'ahead');
    const session = sessionMeant(clause, true) ?? (days ? null : sessionAhead(clause));
    if (session && 'one' in session) return act(clause, 3.2, { ...common, session: session.one.code });
    if (session)
      return ask(
        clause,
        3.2,
        '请哪一场的假？',
        sessionChoices(session.several).map(({ label, input: one }) => ({ label, input: { ...common, ...one } })),
      );
    if (!days) return ask(clause, 3.2, '请哪一天、哪一场的假？请写明日期或主题。');
    return act(clause, 3.2, { ...common, from: days.from, to: days.to });
  },

  async execute({ input, actor, message, world, tx }): Promise<Asked> {
    const { member, reason } = input;
    const at = message.sentAt;
    const session = input.session ? await tx.session.findUniqueOrThrow({ where: { code: input.session } }) : null;
    const held = session ? dayOf(session.start) : dayOf(at);
    const [fromOn, toOn] = session ? [held, held] : [input.from ?? held, input.to ?? input.from ?? held];
    const leave = { personId: member, sessionCode: session?.code ?? null, fromOn, toOn, half: null };
    const row = { ...leave, type: input.type ?? null, state: 'approved', decidedAt: at, returnedAt: null };
    const common = { name: nameOf(world, member), what: await leaveInWords(tx, row) };
    if (session ? session.end < at : toOn < dayOf(at)) return { kind: 'over', changed: false, ...common };
    if (session && (await tx.signIn.count({ where: { sessionCode: session.code, personId: member } })) > 0)
      return { kind: 'signed-in', changed: false, ...common };
    const before = await tx.leave.findMany({
      where: { personId: member, state: { in: ['pending', 'approved'] }, returnedAt: null },
    });
    const isAway = before.some((one) =>
      session ? covers(one, session) : one.sessionCode === null && one.fromOn <= fromOn && toOn <= one.toOn,
    );
    if (isAway) return { kind: 'already', changed: false, ...common };
    const id = await nextId(tx.leave);
    await tx.leave.create({
      data: { ...row, id, reason, askedAt: at, approverId: actor.id, decidedBy: actor.id, note: '代请假' },
    });
    const later = session !== null && session.start <= at;
    return { kind: 'granted', changed: true, memo: { id }, ...common, member, by: actor.name, later };
  },

  reply(outcome) {
    const { name, what } = outcome;
    switch (outcome.kind) {
      case 'granted':
        return `已代${name}请假并批准：${what}，已告知本人。${outcome.later ? '学习已开始，按事后批假记，仍计缺席。' : ''}${TAKE_BACK}`;
      case 'already':
        return `没有办理：${name}已请过${what}的假；待批的请发“准假 ${name}”。`;
      case 'signed-in':
        return `没有办理：${name}已签到${what}。`;
      case 'over':
        return `没有办理：${what}已经过去。考勤有误请召集人发“更正考勤 ${name} 请假 原因”。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'granted'
      ? [{ to: outcome.member, text: `${outcome.by}已代您请假并批准：${outcome.what}。能参加请发“销假”。` }]
      : [],
  async undo(memo, { actor, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const leave = await tx.leave.findUniqueOrThrow({ where: { id } });
    if (leave.state !== 'approved' || leave.returnedAt) return false;
    await tx.leave.update({ where: { id }, data: { state: 'withdrawn' } });
    return [
      { to: leave.personId, text: `${actor.name}已收回代您${await leaveInWords(tx, leave)}的请假，请按时参加。` },
    ];
  },
});
