import { z } from 'zod';
import { windowOf } from '#bot/domain/attendance.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { sessionLookedAfter } from '#bot/language/study.ts';
import { isExpected } from '#bot/store/attendance.ts';
import { holdsSession } from '#bot/store/session.ts';

type Entered = Outcome & { name: string } & (
    | { kind: 'entered'; entered: string[]; already: string[]; guests: number }
    | { kind: 'not-yet' | 'confirmed' }
  );

const PAPER = /^\s*(?:纸质签到|代签到?(?=[:：\s，,])|代签到|代录签到|补录签到|补签到)[:：\s，,]*/;
const ROLES = ['chief', 'leader', 'office', 'head'];

/** 代签到: the convenor enters a paper sheet; what stands on it counts like a sign-in on time (R14). */
export default defineHandler({
  name: 'attendance.paper',
  title: '代录签到',
  examples: ['代签到 温静 雷鸣'],
  input: z.object({ session: z.string(), members: z.array(z.string()).min(1) }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'sentence',
  cues: [PAPER],
  meant(clause) {
    const match = PAPER.exec(clause.text);
    const { reading } = clause;
    const session = match ? sessionLookedAfter(clause) : null;
    const convenes =
      reading.speaker.roles.some((role) => ROLES.includes(role)) ||
      (session && 'one' in session && session.one.convenorId === reading.speaker.id);
    // A colleague's name in a clerk's mouth is signing for another, which signing in refuses.
    if (!match || !convenes || reading.chat !== 'direct') return null;
    if (!session || !('one' in session)) return ask(clause, 3, '您要补录哪一场的签到？请写明日期或主题。');
    const { members, unknown, unclear } = namesIn(clause, match[0].length);
    if (unknown.length > 0)
      return ask(clause, 3, `花名册中没有“${unknown.join('”“')}”，请核对姓名或联系活动办。没有补录任何人。`);
    if (unclear.length > 0)
      return ask(clause, 3, `有多位“${unclear.join('”“')}”，请写全名或带上科室。没有补录任何人。`);
    if (members.length === 0) return ask(clause, 3, '要补录哪几位？请写成“代签到 张三 李四”。');
    return act(clause, 3, { session: session.one.code, members });
  },

  async execute({ input, actor, message, world, tx }): Promise<Entered> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    if (session.confirmedAt) return { kind: 'confirmed', changed: false, name };
    if (message.sentAt < windowOf(session).opens) return { kind: 'not-yet', changed: false, name };
    const entered: string[] = [];
    const already: string[] = [];
    let guests = 0;
    const ids: number[] = [];
    for (const personId of input.members) {
      const place = { sessionCode: session.code, personId };
      const who = world.members.find(({ id }) => id === personId)?.name ?? personId;
      if (await tx.signIn.findUnique({ where: { sessionCode_personId: place } })) {
        already.push(who);
        continue;
      }
      const { id } = await tx.signIn.create({
        data: { ...place, at: session.start, late: false, how: 'paper', enteredBy: actor.id },
      });
      ids.push(id);
      entered.push(who);
      if (!(await isExpected(tx, session, personId))) guests += 1;
    }
    const changed = ids.length > 0;
    return { kind: 'entered', changed, ...(changed && { memo: { ids } }), name, entered, already, guests };
  },

  reply(outcome) {
    const { name } = outcome;
    if (outcome.kind !== 'entered')
      return outcome.kind === 'not-yet'
        ? `没有补录：${name}还没到签到时间。`
        : `没有补录：${name}考勤已确认，请发“更正考勤 张三 已到 原因”。`;
    const { entered, already, guests } = outcome;
    const done = entered.length > 0 ? `已补录纸质签到${entered.length}人：${entered.join('、')}` : '没有补录新的签到';
    const before = already.length > 0 ? `；${already.join('、')}此前已签到` : '';
    const guest = guests > 0 ? `，其中列席${guests}人` : '';
    return `${done}${guest}${before}。${name}。${entered.length > 0 ? TAKE_BACK : ''}`;
  },
  async undo(memo, { tx }) {
    const { ids } = z.object({ ids: z.array(z.number()) }).parse(memo);
    const { count } = await tx.signIn.deleteMany({ where: { id: { in: ids }, how: 'paper' } });
    return count > 0;
  },
});

/** Names after the command: whom they mean, and those that mean nobody or several. */
function namesIn(clause: Clause, from: number) {
  const words = clause.text
    .slice(from)
    .split(/[、，,\s和]+/)
    .map((one) => one.replace(/[。.！!]$/, ''))
    .filter((one) => one.length > 1);
  const members: string[] = [];
  const unknown: string[] = [];
  const unclear: string[] = [];
  for (const word of words) {
    const same = clause.reading.world.members.filter(({ name }) => name === word);
    const heard =
      same.length > 0
        ? same
        : (clause.people.find(({ start, end }) => clause.reading.message.text.slice(start, end) === word)?.people ??
          []);
    const [only, other] = heard;
    if (!only) unknown.push(word);
    else if (other) unclear.push(word);
    else members.push(only.id);
  }
  return { members: [...new Set(members)], unknown, unclear };
}
