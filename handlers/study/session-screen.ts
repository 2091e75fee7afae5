import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { holdsSession } from '#bot/store/session.ts';

type Shown = Outcome &
  ({ kind: 'given'; name: string; link: string } | { kind: 'over'; name: string; state: string } | { kind: 'nowhere' });

const SCREEN = verbose`
  ^\s*(?:请|麻烦|帮我|给我|我要|要)?(?:打开|开启|开|发|生成|来个?|取|显示)?(?:一下)?(?:今天|本场|这场|\d{1,2}月\d{1,2}[日号])?
    (?:的)?(?:会场(?:签到)?屏幕?|签到(?:大?屏幕?|投屏|大屏)|大屏签到|会场大屏|签到码(?:投屏|上?大屏))(?:的)?(?:链接|地址|网址)?
    (?:给我|发我)?[。!！]?\s*$
`;

/** 会场屏幕: the convenor gets a link that shows the changing code on one screen of the room (R14). */
export default defineHandler({
  name: 'session.screen',
  title: '会场屏幕',
  examples: ['会场屏幕', '打开签到大屏'],
  input: z.object({ session: z.string() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [SCREEN],
  meant(clause) {
    const span = cue(clause, SCREEN);
    if (!span || clause.reading.chat !== 'direct') return null;
    const session = sessionAhead(clause);
    if (session && 'one' in session) return act(clause, 2.8, { session: session.one.code });
    return session
      ? ask(clause, 2.8, '您要哪一场的会场屏幕？', sessionChoices(session.several))
      : ask(clause, 2.8, '没有将要举行的学习场次。您要哪一场的会场屏幕？请写明日期或主题。');
  },

  async execute({ input, message, publicUrl, tx }): Promise<Shown> {
    if (!publicUrl) return { kind: 'nowhere', changed: false };
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    const state = stateOf(session, message.sentAt);
    if (!['planned', 'noticed', 'open'].includes(state))
      return { kind: 'over', changed: false, name, state: STATE_WORDS[state] };
    const screenKey = randomBytes(16).toString('hex');
    const signInCode = session.signInCode ?? randomBytes(16).toString('hex');
    await tx.session.update({ where: { code: session.code }, data: { screenKey, screenHeldBy: null, signInCode } });
    return { kind: 'given', changed: true, name, link: `${publicUrl}/screen/${screenKey}` };
  },

  reply(outcome) {
    if (outcome.kind === 'nowhere')
      return '没有会场屏幕：服务没有配置对外网址（PUBLIC_URL），请联系系统管理员；签到码仍可发“签到码”查看。';
    if (outcome.kind === 'over') return `没有会场屏幕：${outcome.name}${outcome.state}。`;
    return `会场屏幕：${outcome.link}\n请在会场电脑上打开，点“在这块屏幕上显示”。只在一块屏幕上有效，请勿转发；${outcome.name}须凭码签到，换屏幕请再发“会场屏幕”。`;
  },
  buttons: ({ kind }) => (kind === 'given' ? [{ label: '截止签到', says: '截止签到' }, REFRESH] : []),
});
