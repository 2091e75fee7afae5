import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { timeOf } from '#bot/calendar.ts';
import { STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { codeAt, codeEndsAt } from '#bot/domain/sign-in-code.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import { holdsSession } from '#bot/store/session.ts';

type Shown = Outcome & { name: string } & (
    | { kind: 'code'; code: string; until: Date }
    | { kind: 'off' }
    | { kind: 'over'; state: string }
  );

const CODE =
  /^\s*(?:请|麻烦|帮我)?(?:开启|启用|生成|显示|打开|出示|看看?|要|用|来个?|换个?)?(?:一下)?(?:今天|本场|这场|会场)?(?:的)?签到码(?:是?多少|发我|发来|看看?|显示|打开|开启)?[。!！?？]?\s*$/;
const OFF = /^\s*(?:关闭|停用|取消|不用|关掉|不要)(?:本场|这场)?(?:的)?签到码(?:了)?[。!！]?\s*$/;

/** 签到码: the convenor asks for a code that changes every minute; from then on signing in needs it (R14). */
export default defineHandler({
  name: 'session.code',
  title: '签到码',
  examples: ['签到码', '关闭签到码'],
  input: z.object({ session: z.string(), on: z.boolean() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'sentence',
  cues: [OFF, CODE],
  meant(clause) {
    const off = OFF.test(clause.text);
    const span = cue(clause, off ? OFF : CODE);
    if (!span || clause.reading.chat !== 'direct') return null;
    const session = sessionLookedAfter(clause);
    if (session && 'one' in session) return act(clause, 2.6, { session: session.one.code, on: !off });
    return session
      ? ask(clause, 2.6, '您要哪一场的签到码？', sessionChoices(session.several))
      : ask(clause, 2.6, '今天没有学习场次。您要哪一场的签到码？请写明日期或主题。');
  },

  async execute({ input, message, tx }): Promise<Shown> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    const state = stateOf(session, message.sentAt);
    if (['closed', 'confirmed', 'cancelled', 'moved'].includes(state))
      return { kind: 'over', changed: false, name, state: STATE_WORDS[state] };
    const before = session.signInCode;
    if (!input.on) {
      await tx.session.update({ where: { code: session.code }, data: { signInCode: null } });
      return { kind: 'off', changed: before !== null, name };
    }
    const secret = before ?? randomBytes(16).toString('hex');
    if (before === null) await tx.session.update({ where: { code: session.code }, data: { signInCode: secret } });
    const at = message.sentAt;
    return { kind: 'code', changed: before === null, name, code: codeAt(secret, at), until: codeEndsAt(at) };
  },

  reply(outcome) {
    const { name } = outcome;
    if (outcome.kind === 'off') return `已关闭签到码：${name}发“签到”即可。`;
    if (outcome.kind === 'over') return `没有签到码：${name}${outcome.state}。`;
    return `签到码 ${outcome.code}，${timeOf(outcome.until)}前有效，每分钟更换，再发“签到码”看新的。${name}须凭码签到，不用时发“关闭签到码”。`;
  },
  buttons: ({ kind }) =>
    kind === 'code' ? [...['签到码', '会场屏幕', '截止签到'].map((says) => ({ label: says, says })), REFRESH] : [],
});
