import { z } from 'zod';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { mayBecome, STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { photosOf } from '#bot/store/material.ts';
import { holdsSession, readinessOf } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

type Confirmed = Outcome & { name: string } & (
    | { kind: 'confirmed'; figures: string; toGroups: boolean }
    | { kind: 'lacking'; lacks: string[] }
    | { kind: 'no-photo' }
    | { kind: 'not-now'; state: string }
  );

const CONFIRMS = verbose`
  ^\s*(?:确认|核对无误)(?:一下)?(?:今天|昨天|本场|这场)?(?:的)?(?:考勤|考勤通报|签到情况)(?:无误)?[。!！]?\s*$
  | ^\s*(?:考勤|考勤通报|通报)(?:无误|确认|没问题)[。!！]?\s*$ | ^\s*(?:[^，。]{0,12}(?:学习|讲座))?(?:标记)?已组织[。!！]?\s*$
`;

/** 确认考勤: the convenor confirms the notice; a session that lacks one of the four conditions is not held until it is settled (R12, R16). */
export default defineHandler({
  name: 'attendance.confirm',
  title: '确认考勤',
  examples: ['确认考勤', '已组织'],
  input: z.object({ session: z.string() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [CONFIRMS],
  meant(clause) {
    const span = cue(clause, CONFIRMS);
    if (!span || clause.reading.chat !== 'direct') return null;
    const session = sessionLookedAfter(clause);
    if (session && 'one' in session) return act(clause, 3, { session: session.one.code });
    return session
      ? ask(clause, 3, '您要确认哪一场的考勤？', sessionChoices(session.several))
      : ask(clause, 3, '近一周没有学习场次。您要确认哪一场的考勤？请写明日期或主题。');
  },

  async execute({ input, actor, message, tx }): Promise<Confirmed> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    const state = stateOf(session, message.sentAt);
    if (!mayBecome(state, 'confirmed')) return { kind: 'not-now', changed: false, name, state: STATE_WORDS[state] };
    const { lacks } = await readinessOf(tx, session);
    if (lacks.length > 0) return { kind: 'lacking', changed: false, name, lacks };
    if ((await isOn(tx, 'photo', message.sentAt)) && (await photosOf(tx, session.code)).length === 0)
      return { kind: 'no-photo', changed: false, name };
    await tx.session.update({
      where: { code: session.code },
      data: { confirmedAt: message.sentAt, confirmedBy: actor.id },
    });
    const figures = attendanceInWords(await attendancesOf(tx, session));
    const toGroups = session.scope === '[]';
    return { kind: 'confirmed', changed: true, memo: { code: session.code }, name, figures, toGroups };
  },

  reply(outcome) {
    const { name } = outcome;
    if (outcome.kind === 'not-now') return `没有确认：${name}${outcome.state}。`;
    if (outcome.kind === 'no-photo')
      return `没有确认：${name}须附现场照片。请先把照片发来，再说“刚才的照片是学习现场照片”。`;
    if (outcome.kind === 'lacking')
      return `没有确认：${name}四落实缺${outcome.lacks.join('、')}。请先发“学习材料 中央八项规定原文”“主讲人 张三”这样的话补上。`;
    return `已确认：${name}${outcome.figures}。${outcome.toGroups ? '随后发到各群，只发人数。' : ''}${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { code } = z.object({ code: z.string() }).parse(memo);
    const { count } = await tx.session.updateMany({
      where: { code, publishedAt: null },
      data: { confirmedAt: null, confirmedBy: null },
    });
    return count === 1;
  },
});
