import { z } from 'zod';
import { timeOf } from '#bot/calendar.ts';
import { noticeInWords } from '#bot/domain/attendance-words.ts';
import { STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionLookedAfter } from '#bot/language/study.ts';
import { attendancesOf, keepClosing } from '#bot/store/attendance.ts';
import { absentNames, holdsSession } from '#bot/store/session.ts';

type Closed = Outcome & { name: string } & (
    | { kind: 'closed'; at: Date; notice: string; absent: string[] }
    | { kind: 'not-now'; state: string }
  );

const CLOSES =
  /^\s*(?:请|现在)?(?:截止|关闭|停止|结束|提前截止)(?:一下)?(?:今天|本场|这场)?(?:的)?签到(?:吧)?[。!！]?\s*$|^\s*签到(?:截止|结束|到此为止)[。!！]?\s*$/;

/** 截止签到: the convenor closes sign-in before its time and has the notice at once (R14, R16). */
export default defineHandler({
  name: 'session.close',
  title: '截止签到',
  examples: ['截止签到'],
  input: z.object({ session: z.string() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [CLOSES],
  meant(clause) {
    const span = cue(clause, CLOSES);
    if (!span || clause.reading.chat !== 'direct') return null;
    const session = sessionLookedAfter(clause);
    return session && 'one' in session
      ? act(clause, 3, { session: session.one.code })
      : ask(clause, 3, '您要截止哪一场的签到？请写明日期或主题。');
  },

  async execute({ input, message, tx }): Promise<Closed> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const at = message.sentAt;
    const name = sessionName(session);
    const state = stateOf(session, at);
    if (state !== 'open' || at < session.start)
      return { kind: 'not-now', changed: false, name, state: state === 'open' ? '还没有开始' : STATE_WORDS[state] };
    await tx.session.update({ where: { code: session.code }, data: { closedAt: at } });
    const attendances = await attendancesOf(tx, session);
    await keepClosing(tx, session, attendances, at);
    const absent = absentNames(attendances).map((one) => one.name);
    return {
      kind: 'closed',
      changed: true,
      memo: { code: session.code },
      name,
      at,
      notice: noticeInWords(session, attendances),
      absent,
    };
  },

  reply(outcome) {
    if (outcome.kind === 'not-now') return `没有截止：${outcome.name}${outcome.state}。`;
    const { at, notice, absent } = outcome;
    const names = absent.length > 0 ? `缺席：${absent.join('、')}。` : '';
    return `已于${timeOf(at)}截止签到。${notice}${names}无误请发“确认考勤”；十分钟内可发“撤销”重新开放。`;
  },
  buttons: ({ kind }) => (kind === 'closed' ? [{ label: '确认考勤', says: '确认考勤' }, REFRESH] : []),
  async undo(memo, { tx }) {
    const { code } = z.object({ code: z.string() }).parse(memo);
    const { count } = await tx.session.updateMany({ where: { code, confirmedAt: null }, data: { closedAt: null } });
    return count === 1;
  },
});
