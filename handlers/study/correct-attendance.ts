import { z } from 'zod';
import { windowOf } from '#bot/domain/attendance.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, others } from '#bot/language/evidence.ts';
import { sessionLookedAfter, upTo } from '#bot/language/study.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { holdsSession } from '#bot/store/session.ts';

const STATUS = ['present', 'late', 'leave', 'absent'] as const;
type Corrected = Outcome & { name: string; member: string } & (
    | { kind: 'corrected'; before: string; after: string; reason: string; told: string }
    | { kind: 'no-reason' | 'not-over' | 'not-expected' | 'same' }
  );

const CORRECTS =
  /^\s*(?:更正|改正|修正|订正|补正)(?:一下)?(?:考勤|签到)[:：\s，,]*|^\s*考勤更正[:：\s，,]*|^\s*(?:请)?[把将](?=[^，。]{2,16}(?:改|更正|调整|订正)(?:为|成)(?:已到|到会|迟到|请假|缺席|公差|病假|事假))/;
const WORDS: [status: (typeof STATUS)[number], words: RegExp][] = [
  ['leave', /请假|公差|病假|事假/],
  ['late', /迟到/],
  ['absent', /缺席|未到|没到/],
  ['present', /已到|到会|到了|出席|正常/],
];
const STATUS_WORDS: Record<string, string> = { present: '已到', late: '迟到', leave: '请假', absent: '缺席' };

/** 更正考勤: after closing the convenor says what is right and why; what was recorded stays (R16, G11). */
export default defineHandler({
  name: 'attendance.correct',
  title: '更正考勤',
  examples: ['更正考勤 雷鸣 请假 会后补交了假条'],
  input: z.object({ session: z.string(), member: z.string(), status: z.enum(STATUS), reason: z.string() }),
  restricted: ['reason'],
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [CORRECTS],
  meant(clause) {
    const match = CORRECTS.exec(clause.text);
    if (!match || clause.reading.chat !== 'direct') return null;
    // A day in the reason is not the session's: 「更正考勤 雷鸣 请假 5月20日补交了假条」.
    const stated = WORDS.map(([, words]) => clause.text.search(words)).filter((at) => at >= 0);
    const session = sessionLookedAfter(upTo(clause, clause.start + Math.min(clause.text.length, ...stated)));
    if (!session || !('one' in session)) return ask(clause, 3, '您要更正哪一场的考勤？请写明日期或主题。');
    const named = [...clause.people.filter(({ people }) => people.length === 1)];
    const [member, second] = others(clause);
    const status = WORDS.find(([, words]) => words.test(clause.text))?.[0];
    if (!member || second || !status)
      return ask(clause, 3, '请写明一位同志、考勤和原因，如“更正考勤 张三 请假 会后补交了假条”。');
    const after = WORDS.find(([one]) => one === status)?.[1] ?? /$/;
    const rest = clause.said.slice((named[0]?.end ?? match[0].length) - clause.start);
    const reason = rest
      .replace(after, '')
      .replace(/^(?:的)?(?:考勤|签到)?(?:情况)?(?:更正|调整|订正)?[\s，,：:为是改成]+/, '')
      .trim();
    return act(clause, 3, { session: session.one.code, member: member.id, status, reason });
  },

  async execute({ input, actor, message, world, tx }): Promise<Corrected> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const member = world.members.find(({ id }) => id === input.member)?.name ?? '';
    const common = { name: sessionName(session), member };
    if (message.sentAt <= windowOf(session).closes) return { kind: 'not-over', changed: false, ...common };
    const found = (await attendancesOf(tx, session)).expected.find(({ id }) => id === input.member);
    if (!found) return { kind: 'not-expected', changed: false, ...common };
    if (found.status === input.status) return { kind: 'same', changed: false, ...common };
    if (input.reason.length < 2) return { kind: 'no-reason', changed: false, ...common };
    const { id } = await tx.attendanceCorrection.create({
      data: {
        ...{ sessionCode: session.code, personId: input.member, status: input.status, reason: input.reason },
        ...{ byId: actor.id, at: message.sentAt },
      },
    });
    const words = { before: STATUS_WORDS[found.status] ?? '', after: STATUS_WORDS[input.status] ?? '' };
    return {
      kind: 'corrected',
      changed: true,
      memo: { id },
      ...common,
      ...words,
      reason: input.reason,
      told: input.member,
    };
  },

  reply(outcome) {
    const { name, member } = outcome;
    switch (outcome.kind) {
      case 'corrected':
        return `已更正：${name}${member}${outcome.before}→${outcome.after}，原因：${outcome.reason}。${TAKE_BACK}`;
      case 'no-reason':
        return `没有更正：请写明原因，如“更正考勤 ${member} 请假 会后补交了假条”。`;
      case 'not-over':
        return `没有更正：${name}签到还没有截止。可请本人签到，或发“代签到 ${member}”。`;
      case 'not-expected':
        return `没有更正：${member}不在${name}的应到范围。`;
      case 'same':
        return `没有更正：${member}在${name}的考勤已是这样。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'corrected'
      ? [{ to: outcome.told, text: `您${outcome.name}的考勤由“${outcome.before}”更正为“${outcome.after}”。` }]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.attendanceCorrection.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});
