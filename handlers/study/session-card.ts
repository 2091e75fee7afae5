import { z } from 'zod';
import { cardOf } from '#bot/domain/session-card.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionAhead, sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import type { Button } from '#bot/message.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
import { holdsSession, readinessWithSources } from '#bot/store/session.ts';

type Shown = Outcome & { kind: 'shown'; text: string; buttons: Button[] };

const CARD = verbose`
  ^\s*(?:请|麻烦|帮我|给我|我要)?(?:看看|看一?下?|查看|打开|刷新|更新|发|调出|显示)?(?:一下|下)?
    (?:今天|明天|本场|这场|这次|下一?场|\d{1,2}月\d{1,2}[日号])?(?:的)?(?:学习|集中学习|讲座)?(?:的)?(?:
      场次卡片? | 召集(?:人)?卡片? | 学习卡片? | 四落实(?:情况|进度|来源|(?:分别|都)?是?谁(?:定|落实|填|安排)的?|怎么来的)?
      | 组织情况卡 | 场次进展
    )(?:给我|发我)?[。!！?？]?\s*$
`;

/** 场次卡: the convenor's one card of a session: 四落实 ticks, the count so far, closing, making the notice (R12, R14, R16). */
export default defineHandler({
  name: 'session.card',
  title: '场次卡',
  examples: ['场次卡', '看看四落实情况', '四落实来源', '四落实是谁定的'],
  input: z.object({ session: z.string(), sources: z.boolean().optional() }),
  reads: true,
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [CARD],
  meant(clause) {
    if (!cue(clause, CARD) || clause.reading.chat !== 'direct') return null;
    const { lexicon, now } = clause.reading;
    // What is on or was just held comes before what is far ahead.
    const held = sessionLookedAfter(clause);
    const ahead = sessionAhead(clause);
    const soon = ahead && 'one' in ahead && ahead.one.from - now.getTime() < DAY_MS ? ahead : null;
    const onNow = lexicon.sessions.all.some(({ from, to }) => from <= now.getTime() && now.getTime() <= to + HALF_MS);
    // A day that is named is the day that is meant.
    const dated = clause.days('near').length > 0;
    const session = dated ? held : ((onNow ? held : (soon ?? held)) ?? ahead);
    // 「四落实来源」 asks for more than the card has room for.
    const sources = /四落实/.test(clause.text) && { sources: true };
    if (session && 'one' in session) return act(clause, 2.8, { session: session.one.code, ...sources });
    return session
      ? ask(clause, 2.8, '您要哪一场的场次卡？', sessionChoices(session.several))
      : ask(clause, 2.8, '近期没有学习场次。您要哪一场的场次卡？请写明日期或主题。');
  },

  async execute({ input, message, tx }): Promise<Shown> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const ticks = await readinessWithSources(tx, session);
    const facts = { session, ticks, attendances: await attendancesOf(tx, session), inDetail: input.sources };
    return { kind: 'shown', changed: false, ...cardOf(facts, message.sentAt) };
  },

  reply: ({ text }) => text,
  buttons: ({ buttons }) => buttons,
});

const DAY_MS = 24 * 3_600_000;
const HALF_MS = 30 * 60_000;
